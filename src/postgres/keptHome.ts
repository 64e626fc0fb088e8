import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { acquireLock, type Lock } from '../lifecycle/lock.ts';
import { serverAccount } from './account.ts';
import { makeFolder, stateFolder } from './state.ts';

/** Where a kept shadow lies; the lock is beside the folder, so that it stays while the folder goes. */
export interface KeptHome {
  readonly folder: string;
  readonly lock: string;
  /** The data directory. */
  readonly data: string;
  /** Files of whoever uses the server, about its databases. */
  readonly sideFolder: string;
  /** Says that the server ended cleanly, and under which circumstances. */
  readonly receipt: string;
  /** Says whose it is; its time is that of the last use. */
  readonly owner: string;
}

/** The home of a project's kept shadow of one major. Nothing is made. */
export function keptHome(root: string, major: number): KeptHome {
  const project = createHash('sha256').update(root).digest('hex').slice(0, 12);
  return homeIn(join(stateFolder().kept, `${project}-${major}`));
}

/** Whether a folder's name is one of a kept shadow. */
export const isHomeName = (name: string): boolean => /^[0-9a-f]{12}-\d+$/.test(basename(name));

/** The home that lies in this folder. */
export function homeIn(folder: string): KeptHome {
  return {
    folder,
    lock: `${folder}.lock`,
    data: join(folder, 'data'),
    sideFolder: join(folder, 'side'),
    receipt: join(folder, 'receipt.json'),
    owner: join(folder, 'owner.json'),
  };
}

/** Makes the folders that are missing and writes down whose they are, and that they were used now. */
export function markUsed(home: KeptHome, root: string): void {
  makeFolder(home.folder, serverAccount());
  mkdirSync(home.sideFolder, { recursive: true, mode: 0o700 });
  writeFileSync(home.owner, `${JSON.stringify({ root })}\n`, { mode: 0o600 });
}

/** Whose the home is, and when it was used last; undefined for one that was never finished. */
export function ownerOf(home: KeptHome): { readonly root: string; readonly usedAtMs: number } | undefined {
  try {
    const { root } = JSON.parse(readFileSync(home.owner, 'utf8')) as { root: string };
    return { root, usedAtMs: statSync(home.owner).mtimeMs };
  } catch {
    return undefined;
  }
}

/** The lock of a home, on the file that lies there now: whoever removed the home meanwhile removed the file that was opened too. */
export async function lockHome(home: KeptHome): Promise<Lock | null> {
  for (;;) {
    const before = fileNumber(home.lock);
    const lock = await acquireLock(home.lock);
    if (lock === null || before === undefined || before === fileNumber(home.lock)) return lock;
    lock.release();
  }
}

/** Removes everything, the lock's file too; for whoever has the lock. */
export async function removeHome(home: KeptHome): Promise<void> {
  await rm(home.folder, { recursive: true, force: true });
  await rm(home.lock, { force: true });
}

const fileNumber = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;
