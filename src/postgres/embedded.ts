import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import { openScratch } from '../database/scratch.ts';
import { asFastpyError, fail } from '../errors.ts';
import { acquireLock, type Lock, lockHolder } from '../lifecycle/lock.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Cluster, socketUrl } from './cluster.ts';
import { embeddedHome, socketFolder } from './embeddedHome.ts';
import { createEmbedded, type Identity, readIdentity, rememberPort } from './embeddedIdentity.ts';
import { type Keeper, logOf, startKeeper } from './keeper.ts';
import { freePort } from './port.ts';
import { endServer, findPostmaster, isAlive, pidFile, readPid } from './processes.ts';
import { shortenLog } from './serverLog.ts';
import { withoutReaders } from './serverSettings.ts';
import { isCluster, removeAbandonedDrafts, SUPERUSER } from './template.ts';

const WHAT = 'the embedded database of this project';
const PORT_ATTEMPTS = 3;

/** A server that is up, with the port it got. */
interface Running {
  readonly keeper: Keeper;
  readonly port: number;
}

/**
 * Starts the project's own durable server, making it at the first use. It belongs to this process alone until `stop`, or its end;
 * any program of this machine can connect with `url(database)`, which holds the password and a port that stays the same while it can.
 * @throws CLUSTER_OWNED  when another process runs it
 * @throws SERVER_NOT_STARTED
 * @throws BINARIES_NOT_FOUND
 */
export async function startEmbedded(project: Project): Promise<Cluster> {
  const directory = embeddedHome(project.root);
  const lock = await ownCluster(`${directory}.lock`);
  try {
    return await startOwned(project, directory, lock);
  } catch (error) {
    lock.release();
    throw asFastpyError(error);
  }
}

async function ownCluster(path: string): Promise<Lock> {
  const lock = await acquireLock(path);
  if (lock) return lock;
  const pid = lockHolder(path);
  throw fail('CLUSTER_OWNED', { owner: pid ? `process ${pid}` : 'another process' });
}

async function startOwned(project: Project, directory: string, lock: Lock): Promise<Cluster> {
  await endPredecessor(directory);
  const binaries = await binariesFor(project, directory);
  if (!(await isCluster(directory))) await createEmbedded({ root: project.root, directory, binaries });
  await removeAbandonedDrafts(directory);
  await shortenLog(directory);
  const identity = await readIdentity(directory);
  const sockets = socketFolder(directory);
  const { keeper, port } = await startOnFreePort({ binaries, directory, sockets, identity });
  const local = (database: string, role: string) => socketUrl({ folder: sockets, port, database, role });
  await prepare(local(SUPERUSER, SUPERUSER), identity).catch((error) => abandon(keeper, error));
  return {
    major: binaries.major,
    version: binaries.version,
    database: identity.database,
    directory,
    log: logOf(directory),
    url: (database, role) => (role ? local(database, role) : tcpUrl(identity, port, database)),
    isRunning: () => keeper.isRunning(),
    stop: () => keeper.stop().finally(() => lock.release()),
  };
}

function tcpUrl(identity: Identity, port: number, database: string): string {
  return `postgresql://${SUPERUSER}:${encodeURIComponent(identity.password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

async function abandon(keeper: Keeper, error: unknown): Promise<never> {
  await keeper.stop();
  throw error;
}

/** Lets the server of a killed owner finish its clean stop, and stops it where its keeper was killed too. */
async function endPredecessor(directory: string): Promise<void> {
  if (!(await endServer(directory, 'SIGINT'))) {
    const pid = await findPostmaster(directory);
    throw fail('SERVER_NOT_STARTED', { what: WHAT, reason: `its earlier server, process ${pid}, does not end`, log: logOf(directory) });
  }
  // PostgreSQL refuses to start while any process of its user has the number written here: after a restart of the machine,
  // or in a copy of a project, that is a stranger.
  const stranger = await readPid(pidFile(directory));
  if (stranger !== undefined && isAlive(stranger)) await rm(pidFile(directory), { force: true });
}

/** The newest binaries for a new cluster; for an existing one those of its major, since another major cannot read it. */
async function binariesFor(project: Project, directory: string): Promise<Binaries> {
  const made = Number(await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => '')) || undefined;
  const newest = await findBinaries(undefined, project.root).catch((error) => (made ? undefined : Promise.reject(error)));
  if (newest && (made === undefined || newest.major === made)) return newest;
  try {
    return await findBinaries(made, project.root);
  } catch (cause) {
    const hint = asFastpyError(cause).hint ?? '';
    const reason = `its data was made by PostgreSQL ${made}, of which no binaries are found here; nothing was changed. ${hint}`;
    throw fail('SERVER_NOT_STARTED', { what: WHAT, reason: reason.trim() }, { cause });
  }
}

async function startOnFreePort(order: {
  readonly binaries: Binaries;
  readonly directory: string;
  readonly sockets: string;
  readonly identity: Identity;
}): Promise<Running> {
  const { binaries, directory, sockets, identity } = order;
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? identity.port : undefined);
    try {
      const keeper = await startKeeper({
        what: WHAT,
        binaries,
        directory,
        socketFolder: sockets,
        settings: settingsFor(port, binaries.major),
      });
      await rememberPort(directory, port);
      return { keeper, port };
    } catch (error) {
      const isTaken = /Address already in use|could not create any TCP\/IP sockets/.test((error as Error).message);
      if (!isTaken || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

function settingsFor(port: number, major: number): Readonly<Record<string, string>> {
  return {
    ...withoutReaders(major),
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    // Enough to change three thousand tables at once; twice as many would take 7 MB more.
    max_locks_per_transaction: '256',
  };
}

/** Makes what a first start that was killed may have left out; nothing is changed that is there. */
async function prepare(url: string, identity: Identity): Promise<void> {
  const server = openScratch(url);
  try {
    await server.session(async ({ query }) => {
      const [role] = await query<{ missing: boolean }>('SELECT rolpassword IS NULL AS missing FROM pg_authid WHERE rolname = $1', [
        SUPERUSER,
      ]);
      if (role?.missing) await query(`ALTER ROLE ${quoteIdentifier(SUPERUSER)} PASSWORD ${quoteLiteral(identity.password)}`);
      const found = await query('SELECT FROM pg_database WHERE datname = $1', [identity.database]);
      if (found.length === 0) await query(`CREATE DATABASE ${quoteIdentifier(identity.database)}`);
    });
  } finally {
    await server.close();
  }
}
