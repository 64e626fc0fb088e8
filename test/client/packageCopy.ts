import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');

/** What a command line did. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly interruptAfterMs?: number;
}

/** A built copy of this package whose daemon needs no database: what is tested here lies between the user and the handlers. */
export interface PackageCopy {
  readonly path: string;
  /** The file that the command `fastpy` runs. */
  readonly program: string;
  /** Runs `fastpy` from this copy; `interruptAfterMs` sends it Ctrl-C. */
  fastpy(args: readonly string[], options: RunOptions): Promise<Ran>;
  remove(): void;
}

/** Copies and builds the package, with a version of its own and handlers that answer without a database. */
export function packageCopy(version = '9.9.9'): PackageCopy {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'fastpyd-package-')));
  for (const part of ['src', 'client', 'bin', 'scripts', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(repository, part), join(path, part), { recursive: true });
  symlinkSync(join(repository, 'node_modules'), join(path, 'node_modules'));
  const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as object;
  writeFileSync(join(path, 'package.json'), JSON.stringify({ ...manifest, version }));
  const handlers = readFileSync(join(import.meta.dirname, 'daemonWithoutDatabase.ts'), 'utf8');
  writeFileSync(join(path, 'src/daemon.ts'), handlers.replaceAll('../../src/', './'));
  execFileSync(process.execPath, [join(path, 'scripts/build.ts')]);
  const program = join(path, 'dist/fastpy.js');
  return {
    path,
    program,
    fastpy: (args, options) => run([program, ...args], options),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function run(args: readonly string[], { cwd, env, interruptAfterMs }: RunOptions): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, DATABASE_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (interruptAfterMs !== undefined) setTimeout(() => child.kill('SIGINT'), interruptAfterMs);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}
