import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fail } from '../errors.ts';
import { serverAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { endServer, KEEPER_NAME, pidFile } from './processes.ts';

/** What a keeper is told to run. */
export interface KeeperOrder {
  readonly what: string;
  readonly binaries: Binaries;
  /** The data directory. */
  readonly directory: string;
  /** Copied to `directory` first; absent for a cluster that is there. */
  readonly template?: string | undefined;
  /** Removed with everything in it at the end, however that comes. */
  readonly isDisposable?: boolean | undefined;
  /** What the keeper writes, and where, once the server has ended cleanly. */
  readonly receipt?: { readonly file: string; readonly text: string } | undefined;
  readonly socketFolder: string;
  readonly settings: Readonly<Record<string, string>>;
}

/** A server under its keeper. */
export interface Keeper {
  isRunning(): boolean;
  stop(): Promise<void>;
}

const READY_POLL_MS = 5;
const READY_LIMIT_MS = 60_000;

// The keeper is a shell in a session of its own. It holds the reading end of a pipe whose writing end only this process has, so the
// kernel tells it of this process's end even after kill -9, and a signal to the terminal or the process group does not reach it.
// A server that has not set its handlers yet ends by TERM, which is why its default is restored; a later one obeys the second signal.
// Both are sent until it ends, since a process that has only just been forked still ignores them as its parent does.
// cp -R under this umask gives the same files as cp -a, which takes five times as long for their attributes.
const SCRIPT = `
umask 077
trap '' HUP INT QUIT TERM PIPE
directory=$1 template=$2 signal=$3 disposable=$4 receipt=$5 text=$6
shift 6
if [ -n "$template" ]; then
  mkdir "$directory" && echo $$ >"$directory/keeper" && cp -R "$template/." "$directory/" || exit 1
else
  echo $$ >"$directory/keeper" || exit 1
fi
( trap - HUP TERM; exec "$@" </dev/null 2>>"$directory/server.log" ) &
server=$!
exec >/dev/null
while read -r _; do :; done
( while kill -TERM $server && kill -"$signal" $server; do sleep 0.1 || sleep 1; done ) 2>/dev/null &
stopper=$!
wait $server
status=$?
kill -KILL $stopper
[ $status -ne 0 ] || [ -z "$receipt" ] || { printf %s "$text" >"$receipt.new" && mv "$receipt.new" "$receipt"; }
rm -f "$directory/keeper"
[ -z "$disposable" ] || rm -rf "$directory"
`;

/**
 * Starts a server under a keeper, and returns when it accepts connections. The server never outlives this process: a disposable one
 * is then stopped at once and its directory removed, another one is stopped cleanly.
 * @throws SERVER_NOT_STARTED
 */
export async function startKeeper(order: KeeperOrder): Promise<Keeper> {
  const earlier = await recordOf(order.directory);
  const child = spawnKeeper(order);
  const server = new KeptServer(order, child);
  try {
    await waitUntilReady(order, server, earlier);
    return server;
  } catch (cause) {
    const reason = await explain(order, server, cause as Error);
    await server.stop();
    throw fail('SERVER_NOT_STARTED', { what: order.what, reason, log: order.isDisposable ? undefined : logOf(order.directory) }, { cause });
  }
}

/** PostgreSQL's own log in a data directory. */
export const logOf = (directory: string): string => join(directory, 'server.log');

function spawnKeeper(order: KeeperOrder): ChildProcess {
  const { binaries, directory, template = '', isDisposable, receipt } = order;
  const settings = { unix_socket_directories: order.socketFolder, ...order.settings };
  const server = [
    join(binaries.bindir, 'postgres'),
    '-D',
    directory,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const end = isDisposable ? ['QUIT', 'disposable', '', ''] : ['INT', '', receipt?.file ?? '', receipt?.text ?? ''];
  return spawn('/bin/sh', ['-c', SCRIPT, KEEPER_NAME, directory, template, ...end, ...server], {
    cwd: '/',
    env: binaries.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...serverAccount(),
  });
}

/** The server inherits the keeper's standard output and writes nothing there: its end is the end of the server. */
class KeptServer implements Keeper {
  readonly #order: KeeperOrder;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #isRunning = true;
  complaint = '';

  constructor(order: KeeperOrder, child: ChildProcess) {
    this.#order = order;
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once('exit', () => resolve()).once('error', () => resolve()));
    child.once('error', (error) => {
      this.complaint = error.message;
      this.#isRunning = false;
    });
    child.stdout?.once('close', () => {
      this.#isRunning = false;
    });
    child.stdout?.resume();
    child.stderr?.on('data', (text) => {
      this.complaint += text;
    });
    child.stdin?.on('error', () => undefined);
    this.#holdEventLoop(false);
  }

  isRunning(): boolean {
    return this.#isRunning;
  }

  async stop(): Promise<void> {
    this.#holdEventLoop(true);
    this.#child.stdin?.end();
    await this.#ended;
    await this.#finishForKeeper();
    this.#isRunning = false;
    this.#child.stdout?.destroy();
  }

  /** Nothing to do, unless the keeper was killed before it could do its last duty. */
  async #finishForKeeper(): Promise<void> {
    const { directory, isDisposable } = this.#order;
    await endServer(directory, isDisposable ? 'SIGQUIT' : 'SIGINT');
    if (isDisposable) await rm(directory, { recursive: true, force: true });
  }

  /** A server that nobody stopped must not keep this process from ending; one that is being stopped must. */
  #holdEventLoop(isHeld: boolean): void {
    for (const handle of [this.#child, this.#child.stdin, this.#child.stdout, this.#child.stderr]) {
      const holder = handle as { ref?(): void; unref?(): void } | null;
      if (isHeld) holder?.ref?.();
      else holder?.unref?.();
    }
  }
}

/** A server that was killed has left its record behind, which still says `ready`: only another one counts. */
async function waitUntilReady(order: KeeperOrder, server: KeptServer, earlier: string): Promise<void> {
  const limit = Date.now() + READY_LIMIT_MS;
  for (let record = earlier; record === earlier || !isReady(record); record = await recordOf(order.directory)) {
    if (!server.isRunning()) throw new Error('it ended at once');
    if (Date.now() > limit) throw new Error(`it was not ready after ${READY_LIMIT_MS / 1000} s`);
    await delay(READY_POLL_MS);
  }
}

/** What the server of a data directory, or the last one, says of itself; its process and its start are among it. */
const recordOf = (directory: string): Promise<string> => readFile(pidFile(directory), 'utf8').catch(() => '');

// The eighth line is the server's state, since PostgreSQL 10: src/include/utils/pidfile.h
const isReady = (record: string): boolean => record.split('\n')[7]?.trim() === 'ready';

async function explain(order: KeeperOrder, server: KeptServer, error: Error): Promise<string> {
  const log = await readFile(logOf(order.directory), 'utf8').catch(() => '');
  const lines = log.split('\n').filter((line) => line !== '');
  const telling = lines.filter((line) => /FATAL|PANIC|could not/.test(line));
  const said = telling.length > 0 ? telling : lines;
  return [error.message, server.complaint.trim(), ...said.slice(-3)].filter((text) => text !== '').join(': ');
}
