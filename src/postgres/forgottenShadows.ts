import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { finishRemovals, homesIn, type KeptHome, lockHome, ownerOf, removeHome } from './keptHome.ts';
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
 * Removes the kept shadows of projects that are gone, and those that nobody used for two weeks, but none that a process has.
 * @param own  the one at work; the others lie beside it
 */
export async function removeForgottenShadows(own: KeptHome): Promise<void> {
  await finishRemovals(dirname(own.folder));
  for (const each of await othersThan(own)) if (!isWanted(each)) await removeUnlessUsed(each.home);
}

/** Removes the least recently used shadows beside this one as long as they take more than a gigabyte together, but none that a process has. */
export async function removeLargeShadows(own: KeptHome, mostBytes = MOST_BYTES): Promise<void> {
  let bytes = 0;
  for (const { home } of await othersThan(own)) {
    bytes += await sizeOf(home.folder);
    if (bytes > mostBytes) await removeUnlessUsed(home);
  }
}

/** The latest first. */
async function othersThan(own: KeptHome): Promise<readonly Found[]> {
  const homes = (await homesIn(dirname(own.folder))).filter(({ folder }) => folder !== own.folder);
  const found = homes.map((home) => ({ home, root: '', usedAtMs: 0, ...ownerOf(home) }));
  return found.sort((one, other) => other.usedAtMs - one.usedAtMs);
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
