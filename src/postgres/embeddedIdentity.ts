import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { fail } from '../errors.ts';
import { serverAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { templateCluster } from './template.ts';

/** What makes an embedded database reachable; kept in its data directory, so that it goes where the data goes. */
export interface Identity {
  readonly database: string;
  readonly password: string;
  readonly port?: number | undefined;
}

const run = promisify(execFile);
const LONGEST_NAME = 63;
const RESERVED = /^(postgres|template[01])$/;

// The socket's folder is open to this user alone; over TCP anybody on the machine can knock.
const ACCESS = `local all all trust
host all all 127.0.0.1/32 scram-sha-256
`;

/**
 * Makes the data directory of a new embedded database, for the holder of its lock. It appears whole and on the disk, or not at all.
 * @throws SERVER_NOT_STARTED
 */
export async function createEmbedded(order: {
  readonly root: string;
  readonly directory: string;
  readonly binaries: Binaries;
}): Promise<void> {
  const { root, directory, binaries } = order;
  const template = await templateCluster(binaries);
  const draft = `${directory}.${randomUUID()}`;
  const asServer = { env: binaries.env, cwd: '/', ...serverAccount() };
  try {
    await run('cp', ['-a', template, draft], asServer);
    await writeOwned(join(draft, 'pg_hba.conf'), ACCESS);
    await writeIdentity(draft, { database: databaseName(root), password: randomBytes(18).toString('base64url') });
    await run(join(binaries.bindir, 'initdb'), ['--sync-only', '-D', draft], asServer);
    await rename(draft, directory);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    throw fail('SERVER_NOT_STARTED', { what: 'the embedded database of this project', reason: (cause as Error).message }, { cause });
  }
}

/** The folder's name as a database name that needs no quotes. */
export function databaseName(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^(?=\d)|^_*$/, 'db_')
    .slice(0, LONGEST_NAME);
  return RESERVED.test(name) ? `${name}_db` : name;
}

/** The identity of an existing embedded database. */
export async function readIdentity(directory: string): Promise<Identity> {
  return JSON.parse(await readFile(identityFile(directory), 'utf8')) as Identity;
}

/** Keeps the port for the next start, so that URLs given to other programs stay right. */
export async function rememberPort(directory: string, port: number): Promise<void> {
  const identity = await readIdentity(directory);
  if (identity.port !== port) await writeIdentity(directory, { ...identity, port });
}

const identityFile = (directory: string): string => join(directory, 'fastpyd.json');

async function writeIdentity(directory: string, identity: Identity): Promise<void> {
  await writeOwned(`${identityFile(directory)}.new`, `${JSON.stringify(identity)}\n`);
  await rename(`${identityFile(directory)}.new`, identityFile(directory));
}

async function writeOwned(file: string, text: string): Promise<void> {
  const account = serverAccount();
  await writeFile(file, text, { mode: 0o600 });
  if (account) await chown(file, account.uid, account.gid);
}
