import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { KEEPER_NAME } from './keeper.ts';

const run = promisify(execFile);

/** The keeper that runs the server of this data directory now, told from a stranger with its number by its command line. */
export async function findKeeper(directory: string): Promise<number | undefined> {
  return findProcess({ file: join(directory, 'keeper'), directory, name: KEEPER_NAME });
}

/** The PostgreSQL server that runs on this data directory now, kept or orphaned. */
export async function findPostmaster(directory: string): Promise<number | undefined> {
  return findProcess({ file: join(directory, 'postmaster.pid'), directory, name: 'postgres' });
}

async function findProcess(sought: {
  readonly file: string;
  readonly directory: string;
  readonly name: string;
}): Promise<number | undefined> {
  const pid = Number((await readFile(sought.file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  const command = await commandOf(pid);
  return command.includes(sought.directory) && command.includes(sought.name) ? pid : undefined;
}

/** The command line of a process, or an empty text when there is none such (a zombie has none either). */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === 'linux')
    return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (text) => text.replaceAll('\0', ' '),
      () => '',
    );
  return run('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}
