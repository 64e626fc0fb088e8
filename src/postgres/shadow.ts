import { randomBytes } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { type Cluster, socketUrl } from './cluster.ts';
import { logOf, startKeeper } from './keeper.ts';
import { endServer, findKeeper, findPostmaster } from './processes.ts';
import { shadowSettings } from './shadowSettings.ts';
import { stateFolder } from './state.ts';
import { SUPERUSER, templateCluster } from './template.ts';

/** Which server a shadow should be; without a major, the newest that is carried along. */
export interface ShadowOptions {
  readonly major?: number | undefined;
}

const STARTING_MS = 60_000;

/**
 * Starts a disposable server on a copy of the template cluster; its directory is removed when it stops, or when this process ends.
 * @throws BINARIES_NOT_FOUND
 * @throws SERVER_NOT_STARTED
 */
export async function startShadow(options: ShadowOptions = {}): Promise<Cluster> {
  const binaries = await findBinaries(options.major);
  const directory = join(stateFolder().shadows, randomBytes(6).toString('hex'));
  const template = await templateCluster(binaries);
  const what = `the shadow PostgreSQL ${binaries.version}`;
  const settings = shadowSettings(binaries.major);
  const keeper = await startKeeper({ what, binaries, directory, template, isDisposable: true, socketFolder: directory, settings });
  removeAbandonedShadows().catch(() => undefined);
  return {
    major: binaries.major,
    version: binaries.version,
    database: 'postgres',
    directory,
    log: logOf(directory),
    url: (database, role = SUPERUSER) => socketUrl({ folder: directory, database, role }),
    isRunning: () => keeper.isRunning(),
    stop: () => keeper.stop(),
  };
}

/** Stops and removes shadows whose keeper was killed; a living keeper does that itself. */
export async function removeAbandonedShadows(): Promise<void> {
  const { shadows } = stateFolder();
  for (const name of await readdir(shadows)) {
    const directory = join(shadows, name);
    if (await isAbandoned(directory)) await removeShadow(directory);
  }
}

async function isAbandoned(directory: string): Promise<boolean> {
  if ((await findKeeper(directory)) !== undefined) return false;
  const made = await stat(join(directory, 'keeper')).catch(() => stat(directory).catch(() => undefined));
  return made !== undefined && ((await findPostmaster(directory)) !== undefined || Date.now() - made.ctimeMs > STARTING_MS);
}

async function removeShadow(directory: string): Promise<void> {
  if (await endServer(directory, 'SIGQUIT')) await rm(directory, { recursive: true, force: true });
}
