import { execFileSync, spawn } from 'node:child_process';
import { existsSync, globSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { endpointOf } from '../../src/protocol/endpoint.ts';
import { atExit } from '../support/atExit.ts';
import { temporaryEmbedded } from '../support/embedded.ts';
import { removeKept } from '../support/kept.ts';
import { type TemporaryProject, temporaryProject } from '../support/project.ts';
import { createDatabase } from '../support/servers.ts';
import { waitUntil } from '../support/waitUntil.ts';

const REPOSITORY = join(import.meta.dirname, '../..');
const SOURCE = join(REPOSITORY, 'client/cli.ts');
const COMPILED = join(REPOSITORY, 'dist/fastpy.js');

// Not by dropping the schema public: a new one would have other privileges than a fresh database has.
const EMPTY_DATABASE = `DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$|^public$' LOOP
    EXECUTE 'DROP SCHEMA ' || name || ' CASCADE';
  END LOOP;
  FOR name IN SELECT quote_ident(relname) FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE 'DROP TABLE IF EXISTS public.' || name || ' CASCADE';
  END LOOP;
END $$`;

/** What one command line did. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project that is driven as users drive it, by command lines, on a database of its own. */
export interface CliProject extends TemporaryProject {
  /** `embedded`, or the URL of the test's database. */
  readonly url: string;
  /** Runs `fastpy` with these arguments in the project. */
  fastpy(...args: readonly string[]): Promise<Ran>;
  /** The same, and it must exit 0. */
  succeed(...args: readonly string[]): Promise<Ran>;
  /** The same, and it must exit with this code, name this error, and print nothing on standard output. */
  refused(refusal: Refusal, ...args: readonly string[]): Promise<Ran>;
  /** `fastpy` in another environment or folder. */
  run(args: readonly string[], options: RunOptions): Promise<Ran>;
  query<Row>(text: string): Promise<readonly Row[]>;
  /** Begins anew with these models: no migrations, an empty database. The daemon lives on. */
  reset(models: Readonly<Record<string, string>>): Promise<void>;
  /** Names of migration files, oldest first. */
  migrations(): readonly string[];
  /** The process that serves the project; undefined when none does. */
  daemonPid(): number | undefined;
  /** Ends the daemon and removes the project and its database. */
  end(): Promise<void>;
}

export interface Refusal {
  readonly exit: number;
  /** As it stands in brackets behind the message, e.g. `USAGE`. */
  readonly code: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly cwd?: string | undefined;
}

interface CliProjectOptions {
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** A new database on the test's own PostgreSQL 18 when absent. */
  readonly database?: 'embedded' | { readonly url: string; drop(): Promise<void> } | undefined;
  /** Runs the compiled client, and compiles it if need be; otherwise it is used when it is there, since it starts faster. */
  readonly compiled?: boolean | undefined;
}

export async function cliProject({ files = {}, database, compiled = false }: CliProjectOptions = {}): Promise<CliProject> {
  const folder = database === 'embedded' ? temporaryEmbedded() : temporaryProject();
  for (const [file, text] of Object.entries(files)) folder.write(file, text);
  const own = database === 'embedded' ? { url: 'embedded', drop: async () => undefined } : (database ?? (await createDatabase()));
  const program = clientProgram(compiled);
  const run = (args: readonly string[], options: RunOptions): Promise<Ran> =>
    runProgram([program, ...args], { cwd: folder.root, ...options, env: { DATABASE_URL: own.url, ...options.env } });
  const daemonPid = () => pidOf(folder.root);
  atExit(() => kill(daemonPid()));
  const query = async <Row>(text: string): Promise<readonly Row[]> => {
    const url = own.url === 'embedded' ? (await run(['db:url'], {})).stdout.trim() : own.url;
    const scratch = openScratch(url);
    return scratch.session((session) => session.query<Row>(text)).finally(() => scratch.close());
  };
  return {
    ...folder,
    url: own.url,
    run,
    daemonPid,
    fastpy: (...args) => run(args, {}),
    succeed: async (...args) => assertExit(await run(args, {}), 0, args),
    refused: async (refusal, ...args) => assertRefused(await run(args, {}), refusal, args),
    query,
    reset: async (models) => {
      for (const part of ['models', 'migrations']) rmSync(folder.path(part), { recursive: true, force: true });
      await query(EMPTY_DATABASE);
      for (const [file, text] of Object.entries(models)) folder.write(`models/${file}`, text);
    },
    migrations: () => (existsSync(folder.path('migrations')) ? readdirSync(folder.path('migrations')).sort() : []),
    end: async () => {
      await run(['daemon', 'stop'], {});
      await own.drop();
      removeKept(folder.root);
      folder.remove();
    },
  };
}

function clientProgram(compiled: boolean): string {
  if (isCompiled()) return COMPILED;
  if (!compiled) return SOURCE;
  execFileSync(process.execPath, [join(REPOSITORY, 'scripts/build.ts')]);
  return COMPILED;
}

/** True when nothing has changed since it was compiled. */
function isCompiled(): boolean {
  if (!existsSync(COMPILED)) return false;
  const { mtimeMs } = statSync(COMPILED);
  return globSync('{src,client}/**/*.ts', { cwd: REPOSITORY }).every((file) => statSync(join(REPOSITORY, file)).mtimeMs < mtimeMs);
}

/** Gives the work a project and ends that, however the work ends. */
export async function withCliProject(options: CliProjectOptions, work: (project: CliProject) => Promise<void>): Promise<void> {
  const project = await cliProject(options);
  await work(project).finally(() => project.end());
}

/** Fails with everything that the command said. */
export function assertExit(ran: Ran, code: number, args: readonly string[]): Ran {
  assert.is(ran.code, code, `fastpy ${args.join(' ')} ended with ${ran.code}, not ${code}\n${ran.stdout}${ran.stderr}`);
  return ran;
}

/** The form of every refusal: one sentence with its code in brackets, what to do next, and no result. */
export function assertRefused(ran: Ran, { exit, code }: Refusal, args: readonly string[]): Ran {
  assertExit(ran, exit, args);
  assert.is(ran.stdout, '');
  assert.match(ran.stderr, /^error: \S/);
  assert.match(ran.stderr, `[${code}]`);
  assert.match(ran.stderr, /^hint: \S/m);
  assert.not.match(ran.stderr, / at .*\.(ts|js):\d+:\d+/, 'it has no stack');
  return ran;
}

function pidOf(root: string): number | undefined {
  const { discovery } = endpointOf(root);
  if (!existsSync(discovery)) return undefined;
  const { pid } = JSON.parse(readFileSync(discovery, 'utf8')) as { pid: number };
  return isAlive(pid) ? pid : undefined;
}

/** Kills a process, as an out-of-memory killer does, and waits for its end. */
export async function killHard(pid: number): Promise<void> {
  kill(pid);
  await waitUntil(`${pid} is gone`, () => !isAlive(pid));
}

function kill(pid: number | undefined): void {
  if (pid !== undefined && isAlive(pid)) process.kill(pid, 'SIGKILL');
}

/** A zombie, whose parent does not ask for it, counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

function runProgram(args: readonly string[], { cwd, env }: RunOptions): Promise<Ran> {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...output })));
}
