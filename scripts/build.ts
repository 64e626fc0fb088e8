/**
 * Makes `dist/`: bundles of the command line and of the daemon, the types of what projects import, and the launchers. What was there before is
 * replaced at once. Types are not checked here (`npm run check` and `npm test` do), so that installing never fails for them.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleClient } from './bundleClient.ts';
import { bundleModules } from './bundleModules.ts';
import { notices } from './notices.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const fresh = join(root, `dist.${process.pid}`);

process.exitCode = await build();

async function build(): Promise<number> {
  try {
    const declared = declareTypes();
    if (declared !== 0) return declared;
    const bundles = [await bundleModules(fresh), await bundleClient(join(fresh, 'client'))];
    writeFileSync(join(fresh, 'THIRD_PARTY_NOTICES.txt'), notices(bundles.map(({ metafile }) => metafile)));
    addLaunchers();
    rmSync(dist, { recursive: true, force: true });
    renameSync(fresh, dist);
    return 0;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function declareTypes(): number {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/** The launchers are CommonJS; the modules in the folders beside them are not. */
function addLaunchers(): void {
  cpSync(join(root, 'bin'), fresh, { recursive: true });
  for (const file of ['fastpy.js', 'fastpyd.js']) chmodSync(join(fresh, file), 0o755);
  for (const folder of ['client', 'src']) writeFileSync(join(fresh, folder, 'package.json'), '{ "type": "module" }\n');
}
