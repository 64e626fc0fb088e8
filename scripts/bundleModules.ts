/** Puts the daemon, its children and the modules that projects import into few files: that halves the CPU time of a daemon's start. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildResult, build } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** What is started or imported from outside, by its place; besides these, every child process. */
const ENTRIES = [
  'src/main.ts',
  'src/lifecycle/openProject.ts',
  'src/model/index.ts',
  'src/migration/index.ts',
  'src/seed/index.ts',
  'client/index.ts',
];

/** CommonJS packages in an ESM file ask for Node's own modules by a `require` that ESM does not have. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

/**
 * Bundles every entry with what it imports, packages too, at the place below the folder that it has in the sources. What two entries share is
 * in `src/shared/`, and so exists once in a process: a module that looks for a file of its own starts at `../`, which is `src/` for all of them.
 */
export function bundleModules(folder: string, { write = true } = {}): Promise<BuildResult<{ metafile: true }>> {
  return build({
    entryPoints: [...ENTRIES, ...globSync('src/*/child.ts', { cwd: root })],
    outbase: root,
    outdir: folder,
    chunkNames: 'src/shared/[name]-[hash]',
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    write,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    keepNames: true,
    // Faker is big, and for seeders alone; what is native and optional was not installed with us.
    external: ['@faker-js/faker', 'pg-native'],
    banner: { js: REQUIRE },
    logLevel: 'warning',
  });
}
