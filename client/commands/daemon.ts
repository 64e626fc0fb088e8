import { existsSync, readFileSync, statSync, unwatchFile, watchFile } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '../../src/errors.ts';
import { checkSocketOwner, endpointOf } from '../../src/protocol/endpoint.ts';
import type { DaemonStatusResult } from '../../src/protocol/methods.ts';
import { didYouMean } from '../../src/protocol/nearest.ts';
import { countOption } from '../arguments.ts';
import { type Channel, openChannel } from '../channel.ts';
import type { Command, Invocation } from '../command.ts';
import { connectChannel } from '../connect.ts';

const UNREACHABLE = 5;
const ANSWER_MS = 10_000;

const actions: Readonly<Record<string, (invocation: Invocation) => Promise<number>>> = { start, stop, restart, status, logs };

/** `fastpy daemon`: rarely needed, as any command starts the daemon itself. */
export const daemon: Command = {
  name: 'daemon',
  summary: 'Look after the daemon, which every command starts by itself',
  positionals: 'start|stop|restart|status|logs',
  isEndless: true,
  arity: { least: 1, most: 1 },
  options: {
    lines: { type: 'string', value: 'N', help: 'logs: how many of the last lines (50)' },
    follow: { type: 'boolean', short: 'f', help: 'logs: go on until Ctrl-C' },
  },
  examples: [
    ['fastpy daemon status', 'is it running, since when, with how much memory'],
    ['fastpy daemon restart', 'start anew'],
    ['fastpy daemon logs -f', 'watch its log'],
  ],
  exitCodes: [[UNREACHABLE, 'status: it is not running; else: it does not answer']],
  check({ values, positionals: [action = ''] }) {
    countOption(values, 'lines');
    if (!Object.hasOwn(actions, action))
      throw fail('USAGE', { problem: `there is no fastpy daemon ${action}${didYouMean(action, Object.keys(actions))}` });
  },
  run: async (invocation) => actions[invocation.positionals[0] ?? '']?.(invocation),
};

async function start(invocation: Invocation): Promise<number> {
  const { channel, hello } = await connectChannel({ project: invocation.root(), onNotice: invocation.output.alert });
  await channel.close();
  invocation.output.result({ running: true, pid: hello.pid }, `The daemon is running, pid ${hello.pid}.`);
  return 0;
}

async function stop(invocation: Invocation): Promise<number> {
  const stopped = await stopDaemon(invocation.root());
  invocation.output.result({ running: false, stopped }, stopped ? 'The daemon has stopped.' : 'The daemon was not running.');
  return 0;
}

async function restart(invocation: Invocation): Promise<number> {
  await stopDaemon(invocation.root());
  return start(invocation);
}

async function status({ root, output }: Invocation): Promise<number> {
  const channel = await openDaemon(root());
  if (channel === undefined) {
    output.value({ running: false }, 'The daemon is not running; any command starts it.');
    return UNREACHABLE;
  }
  const result = (await answered(channel.request('daemon.status', {}))) as DaemonStatusResult;
  await channel.close();
  output.value({ running: true, ...result }, renderStatus(result));
  return 0;
}

function renderStatus(result: DaemonStatusResult): string {
  const others = result.clients - 1;
  return [
    `The daemon is running, pid ${result.pid}, since ${result.startedAt}.`,
    `  version  ${result.packageVersion} at ${result.packagePath}`,
    `  memory   ${Math.round(result.rssBytes / 1024 / 1024)} MB`,
    `  clients  ${others} other${others === 1 ? '' : 's'}`,
    `  socket   ${result.socket}`,
    `  log      ${result.log}`,
  ].join('\n');
}

async function logs({ root, values, output, signal }: Invocation): Promise<number> {
  const { log } = endpointOf(root());
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  const lines = text
    .trimEnd()
    .split('\n')
    .slice(-(countOption(values, 'lines') ?? 50));
  output.value({ file: log, lines }, lines.join('\n'));
  if (values.follow === true) await follow(log, signal);
  return 0;
}

async function follow(log: string, signal: AbortSignal): Promise<void> {
  let shown = existsSync(log) ? statSync(log).size : 0;
  watchFile(log, { interval: 200 }, ({ size }) => {
    // A smaller file is a new one: the daemon begins another when the log has grown.
    process.stdout.write(readFileSync(log).subarray(size < shown ? 0 : shown));
    shown = size;
  });
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  unwatchFile(log);
}

/** @returns false when none was running */
async function stopDaemon(root: string): Promise<boolean> {
  const channel = await openDaemon(root);
  if (channel === undefined) return false;
  await answered(channel.request('daemon.stop', {}));
  await channel.closed;
  return true;
}

async function openDaemon(root: string): Promise<Channel | undefined> {
  const { socket } = endpointOf(root);
  checkSocketOwner(socket);
  return openChannel(socket);
}

async function answered<T>(answer: Promise<T>): Promise<T> {
  const timeout = sleep(ANSWER_MS, undefined, { ref: false }).then(() => {
    throw fail('DAEMON_UNREACHABLE', { reason: `no answer within ${ANSWER_MS / 1000} s` });
  });
  return Promise.race([answer, timeout]);
}
