import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from '../support/atExit.ts';

/** A file system of its own that gets full. */
export interface SmallDisk {
  readonly path: string;
  /** Leaves only so many bytes free. */
  fill(free: number): void;
  /** Makes it one that nobody may write to. */
  protect(): void;
  /** Takes both back. */
  clear(): void;
  end(): void;
}

/** Null where this process may not mount one. */
export function smallDisk(bytes: number, path = mkdtempSync(join(tmpdir(), 'fastpyd-disk-'))): SmallDisk | null {
  mkdirSync(path, { recursive: true });
  const mount = (...args: readonly string[]) => execFileSync('mount', args, { stdio: 'pipe' });
  try {
    mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path);
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
  const filling = join(path, 'filling');
  let isMounted = true;
  const end = (): void => {
    if (!isMounted) return;
    isMounted = false;
    execFileSync('umount', ['--lazy', path], { stdio: 'pipe' });
    rmSync(path, { recursive: true, force: true });
  };
  atExit(end);
  return {
    path,
    fill: (free) => writeFileSync(filling, Buffer.alloc(bytes - free)),
    protect: () => void mount('-o', 'remount,ro', path),
    clear: () => {
      mount('-o', 'remount,rw', path);
      rmSync(filling, { force: true });
    },
    end,
  };
}
