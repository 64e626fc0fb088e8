/**
 * Makes `dist/`: the sources as JavaScript with their types, and the two launchers. What was there before is replaced at once.
 * Types are not checked here (`npm run check` and `npm test` do), so that installing never fails for them.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const fresh = join(root, `dist.${process.pid}`);

process.exitCode = build();

function build(): number {
  try {
    const compiled = compile();
    if (compiled !== 0) return compiled;
    addLaunchers();
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
    return 0;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function compile(): number {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

function addLaunchers(): void {
  for (const file of ['fastpy.js', 'fastpyd.js', 'launch.js']) copyFileSync(join(root, 'bin', file), join(fresh, file));
  for (const file of ['fastpy.js', 'fastpyd.js']) chmodSync(join(fresh, file), 0o755);
}
