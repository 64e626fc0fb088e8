import { existsSync, realpathSync } from 'node:fs';
import { FastpyError, fail } from '../src/errors.ts';
import { checkSocketOwner, type Endpoint, endpointOf } from '../src/protocol/endpoint.ts';
import { identity } from '../src/protocol/identity.ts';
import { type HelloResult, PROTOCOL_VERSION } from '../src/protocol/methods.ts';
import { type Channel, openChannel } from './channel.ts';

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
  const { startAndConnect } = await import('./autostart.ts');
  return startAndConnect(root, endpoint, () => tryConnect(root, endpoint, options));
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
