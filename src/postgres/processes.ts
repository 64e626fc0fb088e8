import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The name under which a keeper shows in the list of processes, before its data directory. */
export const KEEPER_NAME = 'fastpyd-keeper';

const run = promisify(execFile);
const STOP_POLL_MS = 10;
const STOP_LIMIT_MS = 60_000;

/** The keeper that runs the server of this data directory now; its command line tells it from a stranger that got its number. */
export async function findKeeper(directory: string): Promise<number | undefined> {
  const pid = await readPid(join(directory, 'keeper'));
  if (pid === undefined) return undefined;
  const command = await commandOf(pid);
  return command.includes(KEEPER_NAME) && command.includes(directory) ? pid : undefined;
}

/** The PostgreSQL server that runs on this data directory now, kept or orphaned, whoever started it. */
export async function findPostmaster(directory: string): Promise<number | undefined> {
  const pid = await readPid(pidFile(directory));
  if (pid === undefined) return undefined;
  const command = await commandOf(pid);
  return command.includes('postgres') && (command.includes(directory) || (await folderOf(pid)) === directory) ? pid : undefined;
}

/** PostgreSQL's own record of the process that serves a data directory. */
export const pidFile = (directory: string): string => join(directory, 'postmaster.pid');

/**
 * Waits until no server runs on this data directory. One that a living keeper is stopping is left to it; an orphan gets the signal.
 * @returns false when it still runs after a minute
 */
export async function endServer(directory: string, signal: 'SIGINT' | 'SIGQUIT'): Promise<boolean> {
  const limit = Date.now() + STOP_LIMIT_MS;
  let signalled: number | undefined;
  for (;;) {
    const [keeper, server] = [await findKeeper(directory), await findPostmaster(directory)];
    if (keeper === undefined && server === undefined) return true;
    if (Date.now() > limit) return false;
    if (keeper === undefined && server !== undefined && server !== signalled) process.kill(server, signal);
    signalled = keeper === undefined ? server : undefined;
    await delay(STOP_POLL_MS);
  }
}

/** Whether a process with this number exists, of whatever user. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The number in the first line of a file that records a process. */
export async function readPid(file: string): Promise<number | undefined> {
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

/** The command line of a process, or an empty text when there is none such; a zombie has none either. */
async function commandOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)])).stdout;
  } catch {
    return '';
  }
}

/** The working folder of a process, where Linux tells it: a server's is its data directory. */
function folderOf(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${pid}/cwd`).catch(() => undefined);
}
