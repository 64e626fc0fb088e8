import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { homeIn, isHomeName, type KeptHome, lockHome, ownerOf, removeHome } from './keptHome.ts';
import { endServer } from './processes.ts';

const run = promisify(execFile);
const UNUSED_MS = 14 * 24 * 3_600_000;
/** For all projects but the one at work. */
const MOST_BYTES = 2 ** 30;

interface Found {
  readonly home: KeptHome;
  readonly root: string;
  readonly usedAtMs: number;
}

/**
 * Removes the kept shadows of projects that are gone, those that nobody used for two weeks, and of the others as many as take more than
 * a gigabyte together, the least recently used first. One that a process has is left alone.
 * @param own  the one that was just started; the others lie beside it
 */
export async function removeForgottenShadows(own: KeptHome, mostBytes = MOST_BYTES): Promise<void> {
  const kept = dirname(own.folder);
  const names = (await readdir(kept)).filter(isHomeName);
  const homes = names.map((name) => homeIn(join(kept, name))).filter(({ folder }) => folder !== own.folder);
  const found = homes.map((home) => ({ home, root: '', usedAtMs: 0, ...ownerOf(home) }));
  let bytes = 0;
  for (const each of found.sort((one, other) => other.usedAtMs - one.usedAtMs)) {
    if (isWanted(each)) bytes += await sizeOf(each.home.folder);
    if (!isWanted(each) || bytes > mostBytes) await removeUnlessUsed(each.home);
  }
}

const isWanted = ({ root, usedAtMs }: Found): boolean => existsSync(root) && Date.now() - usedAtMs < UNUSED_MS;

/** Thousands of files: counted by another process, when nothing else is to be done. It complains of files that go meanwhile. */
async function sizeOf(folder: string): Promise<number> {
  const { stdout } = await run('nice', ['-n', '19', 'du', '-sk', folder]).catch((error: { readonly stdout: string }) => error);
  return (Number.parseInt(stdout, 10) || 0) * 1024;
}

async function removeUnlessUsed(home: KeptHome): Promise<void> {
  const lock = await lockHome(home);
  if (lock === null) return;
  try {
    if (await endServer(home.data, 'SIGINT')) await removeHome(home);
  } finally {
    lock.release();
  }
}
