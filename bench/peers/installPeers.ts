import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../schema/writeFiles.ts';
import { runTimed } from '../support/command.ts';
import { say } from '../support/progress.ts';

/** Where peers are installed: a folder of the bench alone, so that none becomes a dependency of the package. */
export const PEERS = join(import.meta.dirname, '..', '.peers');

const NPM = { '@supabase/pg-delta': '1.0.0-alpha.34', 'drizzle-kit': '0.31.11', 'drizzle-orm': '0.45.4' } as const;
const PIP = { alembic: '1.20.0', SQLAlchemy: '2.1.1', 'psycopg[binary]': '3.3.6' } as const;
const INSTALL_LIMIT_MS = 180_000;

/** The versions that peers are measured in, by their packages. */
export const PEER_VERSIONS: Readonly<Record<string, string>> = { ...NPM, ...PIP };

/**
 * Installs the peers that come by npm, once. Rejects where they cannot be had.
 * @returns the folder of their packages
 */
export async function installFromNpm(): Promise<string> {
  const manifest = `${JSON.stringify({ private: true, dependencies: NPM })}\n`;
  const modules = join(PEERS, 'node_modules');
  if (existsSync(modules) && readText(join(PEERS, 'package.json')) === manifest) return modules;
  say('installing peers from npm');
  const npm = ['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'] as const;
  writeFiles(PEERS, { 'package.json': '{}\n' });
  await runTimed([...npm, '--no-save', ...pinned(NPM, '@')], { cwd: PEERS, limitMs: INSTALL_LIMIT_MS });
  writeFiles(PEERS, { 'package.json': manifest });
  return modules;
}

/**
 * Installs the peers that come by pip, once, into a virtual environment. Rejects where there is no Python, or they cannot be had.
 * @returns the environment's Python
 */
export async function installFromPip(): Promise<string> {
  const python = join(PEERS, 'python', 'bin', 'python');
  const wanted = pinned(PIP, '==').join('\n');
  if (existsSync(python) && readText(join(PEERS, 'python.txt')) === wanted) return python;
  say('installing peers from pip');
  await runTimed(['python3', '-m', 'venv', join(PEERS, 'python')], { limitMs: INSTALL_LIMIT_MS });
  const pip = [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1', '--timeout', '20'] as const;
  await runTimed([...pip, ...pinned(PIP, '==')], { limitMs: INSTALL_LIMIT_MS });
  writeFiles(PEERS, { 'python.txt': wanted });
  return python;
}

/** Installs packages in these versions into a folder of their own, once: where they are, its manifest says so. Rejects where they cannot be had. */
export async function installInto(folder: string, versions: Readonly<Record<string, string>>): Promise<void> {
  const manifest = `${JSON.stringify({ private: true, type: 'module', dependencies: versions })}\n`;
  if (readText(join(folder, 'package.json')) === manifest) return;
  say('installing peers from npm');
  writeFiles(folder, { 'package.json': '{"private":true,"type":"module"}\n' });
  const npm = [
    'npm',
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--ignore-scripts',
    '--legacy-peer-deps',
  ] as const;
  await runTimed([...npm, ...pinned(versions, '@')], { cwd: folder, limitMs: INSTALL_LIMIT_MS });
  writeFiles(folder, { 'package.json': manifest });
}

const pinned = (versions: Readonly<Record<string, string>>, sign: string): readonly string[] =>
  Object.entries(versions).map(([name, version]) => `${name}${sign}${version}`);

function readText(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
