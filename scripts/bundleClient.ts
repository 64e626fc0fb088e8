/** Puts the command line into one file, from which a command starts several times faster than from the modules that it is made of. */
import { join } from 'node:path';
import { type BuildResult, build, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '..');

/** The daemon's own code, which `--no-daemon` imports: it stays where it is, and is looked for when it is needed. */
const daemonStaysOutside: Plugin = {
  name: 'daemon stays outside',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/src\/lifecycle\// }, ({ path }) => ({ path: path.replace(/\.ts$/, '.js'), external: true })),
};

/**
 * Bundles `client/cli.ts` with what it imports. The bundle is CommonJS: a module that imports `node:fs` as ESM loads all that hangs on its
 * getters (streams, promises, TextDecoder) before its first line runs.
 * @param folder  the one that takes the place of `client/`
 * @returns what went into it, and the files themselves when they are not to be written
 */
export function bundleClient(folder: string, { write = true } = {}): Promise<BuildResult<{ metafile: true }>> {
  return build({
    entryPoints: [join(root, 'client/cli.ts')],
    outfile: join(folder, 'cli.cjs'),
    absWorkingDir: root,
    bundle: true,
    write,
    metafile: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    plugins: [daemonStaysOutside],
    logLevel: 'warning',
  });
}
