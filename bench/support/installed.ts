import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The compiled client, run as a user's `fastpy` is. */
export const FASTPY = [process.execPath, join(root, 'dist', 'fastpy.js')] as const;

/** The compiled daemon. */
export const FASTPYD = [process.execPath, join(root, 'dist', 'fastpyd.js')] as const;

/** Compiles the sources, so that what is measured is what is installed. */
export function build(): void {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`the build ended with ${status}`);
}
