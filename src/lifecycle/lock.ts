import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** An exclusive lock held by this process. */
export interface Lock {
  release(): void;
}

// Locks are kept here so that the garbage collector never closes, and thereby releases, one that is still held.
const held = new Set<Lock>();

// SQLite's result code for a file that somebody else has locked: https://www.sqlite.org/rescode.html#busy
const SQLITE_BUSY = 5;

/**
 * Takes the lock on this file, or returns null when another holds it. The kernel holds it, through SQLite's lock on the file,
 * and so releases it at any kind of death. The file stays; never remove or read it, since closing it anywhere in the process releases the lock.
 */
export async function acquireLock(path: string): Promise<Lock | null> {
  mkdirSync(dirname(path), { recursive: true });
  const database = openQuietly(path);
  if (!takeExclusively(database)) return null;
  writeFileSync(hintFile(path), `${process.pid}\n`, { mode: 0o600 });
  const lock: Lock = {
    release: () => {
      if (!held.delete(lock)) return;
      rmSync(hintFile(path), { force: true });
      database.close();
    },
  };
  held.add(lock);
  return lock;
}

/** The process that took this lock last, for messages; a hint only, since it may be gone. */
export function lockHolder(path: string): number | undefined {
  try {
    return Number(readFileSync(hintFile(path), 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

const hintFile = (path: string): string => `${path}.pid`;

function takeExclusively(database: DatabaseSync): boolean {
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}

/** Node announces its own SQLite as experimental, once, to a user who did not ask for it: that one warning is held back. */
function openQuietly(path: string): DatabaseSync {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
    return new DatabaseSync(path);
  } finally {
    process.emitWarning = emitWarning;
  }
}
