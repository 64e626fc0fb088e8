import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorData, FastpyError, fail } from '../src/errors.ts';
import { checkSocketOwner, type Endpoint, endpointOf } from '../src/protocol/endpoint.ts';
import { identity } from '../src/protocol/identity.ts';
import { type HelloResult, PROTOCOL_VERSION } from '../src/protocol/methods.ts';
import { type Channel, openChannel } from './channel.ts';
import { type Starting, startDaemon } from './startDaemon.ts';

const DEADLINE_MS = 20_000;
const POLL_MS = 15;
/** A daemon that lost the race for the lock has ended; if the winner is gone too, another one is started after this long. */
const RETRY_MS = 500;

/** How to reach a daemon. */
export interface ConnectOptions {
  /** The project's root folder. */
  readonly project: string;
  /** False: do not start a daemon when none answers. */
  readonly autostart?: boolean | undefined;
  /** Told in one sentence when a daemon of another version had to be restarted. */
  readonly onNotice?: ((text: string) => void) | undefined;
}

/** An open channel to a daemon of this very version. */
export interface Connected {
  readonly channel: Channel;
  readonly hello: HelloResult;
}

/**
 * Connects to the project's daemon, starting it when none answers and restarting it when it is of another version.
 * @throws DAEMON_UNREACHABLE  when none answers within 20 s, with the last lines of its log
 */
export async function connectChannel(options: ConnectOptions): Promise<Connected> {
  const root = realpathSync(options.project);
  const endpoint = endpointOf(root);
  const connected = await tryConnect(root, endpoint, options);
  if (connected !== undefined) return connected;
  if (options.autostart === false) throw fail('DAEMON_UNREACHABLE', { reason: 'it is not running' });
  return startAndConnect(root, endpoint, options);
}

async function startAndConnect(root: string, endpoint: Endpoint, options: ConnectOptions): Promise<Connected> {
  const deadline = Date.now() + DEADLINE_MS;
  let starting = startDaemon(root);
  try {
    while (Date.now() < deadline) {
      const connected = await tryConnect(root, endpoint, options);
      if (connected !== undefined) return connected;
      starting = restartedIfOver(root, endpoint, starting);
      await sleep(POLL_MS);
    }
  } finally {
    starting.forget();
  }
  throw silent(endpoint, `no answer within ${DEADLINE_MS / 1000} s`);
}

/** A start that ended well lost the race to another daemon; one that did not has left the reason behind. */
function restartedIfOver(root: string, endpoint: Endpoint, starting: Starting): Starting {
  const { ended } = starting;
  if (ended === undefined) return starting;
  if (ended.code !== 0) throw failureOf(endpoint, ended.code);
  return Date.now() - ended.at < RETRY_MS ? starting : startDaemon(root);
}

function failureOf(endpoint: Endpoint, code: number): FastpyError {
  try {
    return FastpyError.from(JSON.parse(readFileSync(endpoint.failure, 'utf8')) as ErrorData);
  } catch {
    return silent(endpoint, `it ended with code ${code} at its start`);
  }
}

function silent(endpoint: Endpoint, reason: string): FastpyError {
  const lines = existsSync(endpoint.log) ? readFileSync(endpoint.log, 'utf8').trimEnd().split('\n').slice(-5) : [];
  return fail('DAEMON_UNREACHABLE', { reason: [reason, ...lines.map((line) => `  ${line.slice(0, 300)}`)].join('\n'), log: endpoint.log });
}

/** Connects to the daemon that answers, or returns undefined when none does. */
async function tryConnect(root: string, endpoint: Endpoint, options: ConnectOptions): Promise<Connected | undefined> {
  if (process.platform !== 'win32' && !existsSync(endpoint.socket)) return undefined;
  checkSocketOwner(endpoint.socket);
  const channel = await openChannel(endpoint.socket);
  return channel && greet(root, channel, options);
}

async function greet(root: string, channel: Channel, options: ConnectOptions): Promise<Connected | undefined> {
  try {
    const hello = await channel.greet({ protocolVersion: PROTOCOL_VERSION, ...identity(), project: root });
    return { channel, hello };
  } catch (error) {
    if (error instanceof FastpyError && error.code === 'DAEMON_MISMATCH') return replace(channel, error, options);
    await channel.close();
    // A daemon that is just ending closes instead of answering: the same as none.
    if (error instanceof FastpyError && error.code === 'DAEMON_UNREACHABLE') return undefined;
    throw error;
  }
}

async function replace(channel: Channel, mismatch: FastpyError, { autostart, onNotice }: ConnectOptions): Promise<undefined> {
  if (autostart === false) throw mismatch;
  const { daemon, client } = mismatch.facts as { daemon: string; client: string };
  onNotice?.(`restarting the daemon: it was ${daemon}, this is ${client}`);
  await channel.request('daemon.stop', {}).catch(() => undefined);
  await channel.closed;
  return undefined;
}
