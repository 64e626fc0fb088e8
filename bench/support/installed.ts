import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { FastpyClient } from '../../client/index.ts';

const root = join(import.meta.dirname, '..', '..');

/** The compiled client, run as a user's `fastpy` is. */
export const FASTPY = [process.execPath, join(root, 'dist', 'fastpy.js')] as const;

/** The compiled daemon. */
export const FASTPYD = [process.execPath, join(root, 'dist', 'fastpyd.js')] as const;

const PUBLIC_CLIENT = 'fastpyd/client';

/** Connects as a program does that has fastpyd installed: through the compiled package, never starting a daemon. */
export async function connectTo(project: string): Promise<FastpyClient | undefined> {
  // Not a literal: where nothing was compiled yet, there would be no types to check this file with.
  const { connect } = (await import(PUBLIC_CLIENT)) as typeof import('../../client/index.ts');
  return connect({ project, autostart: false }).catch(() => undefined);
}

/** Compiles the sources, so that what is measured is what is installed. */
export function build(): void {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'build.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error(`the build ended with ${status}`);
}
