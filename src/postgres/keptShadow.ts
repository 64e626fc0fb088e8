import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lock } from '../lifecycle/lock.ts';
import type { Logger } from '../support/log.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Cluster, socketUrl } from './cluster.ts';
import { type Keeper, logOf, startKeeper } from './keeper.ts';
import { type KeptHome, keptHome, lockHome, markUsed, removeHome } from './keptHome.ts';
import { endServer } from './processes.ts';
import { doubtsOf, receiptFor } from './receipt.ts';
import { removeForgottenShadows } from './removeForgottenShadows.ts';
import { shortenLog } from './serverLog.ts';
import { type ShadowOptions, startShadow } from './shadow.ts';
import { shadowSettings } from './shadowSettings.ts';
import { SUPERUSER, templateCluster } from './template.ts';

/** Whose shadow it is, and who is told what became of the last one. */
export interface KeptShadowOptions extends ShadowOptions {
  /** The project's folder, symbolic links resolved. */
  readonly root: string;
  readonly log?: Pick<Logger, 'info' | 'warn'> | undefined;
}

/** All that one start needs. */
interface Order extends KeptShadowOptions {
  readonly home: KeptHome;
  readonly binaries: Binaries;
  readonly receipt: string | undefined;
  readonly template?: string | undefined;
}

/**
 * Starts the project's own shadow, with the databases that it had when it was stopped. It still waits for no disk, so it is made anew
 * unless it was stopped cleanly since the machine was started. One process has it at a time: another one, or a second database of the
 * same daemon, gets a disposable shadow in its place, which costs it only time.
 * @throws BINARIES_NOT_FOUND
 * @throws SERVER_NOT_STARTED
 */
export async function startKeptShadow(options: KeptShadowOptions): Promise<Cluster> {
  const binaries = await findBinaries(options.major);
  const home = keptHome(options.root, binaries.major);
  const lock = await lockHome(home);
  if (lock === null) return startShadow(options);
  try {
    if (!(await endServer(home.data, 'SIGINT'))) throw new Error(`the last server of ${home.data} does not end`);
    const receipt = await receiptFor(binaries, shadowSettings(binaries.major));
    const keeper = await startOwned({ ...options, home, binaries, receipt });
    removeForgottenShadows(home).catch((err) => options.log?.warn({ err }, 'removing forgotten shadows'));
    return clusterOf(keeper, { home, binaries, lock, root: options.root });
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startOwned(order: Order): Promise<Keeper> {
  const { home, log } = order;
  const doubts = await doubtsOf(home, order.receipt);
  if (doubts === undefined) {
    const keeper = await run(order).catch((err) => log?.warn({ err }, 'the kept shadow did not start'));
    if (keeper) return keeper;
  }
  log?.info({ doubts: doubts ?? 'it does not start' }, 'the shadow is made anew');
  await rm(home.folder, { recursive: true, force: true });
  return run({ ...order, template: await templateCluster(order.binaries) });
}

/** The receipt goes before the server comes: from then on only another clean end brings one. */
async function run({ home, binaries, receipt, template, root }: Order): Promise<Keeper> {
  markUsed(home, root);
  await rm(home.receipt, { force: true });
  await removeSockets(home.folder);
  await shortenLog(home.data);
  return startKeeper({
    what: `the shadow PostgreSQL ${binaries.version}`,
    binaries,
    directory: home.data,
    template,
    receipt: receipt === undefined ? undefined : { file: home.receipt, text: receipt },
    socketFolder: home.folder,
    settings: shadowSettings(binaries.major),
  });
}

/** Of a killed server: PostgreSQL refuses to start while any process of its user has the number written in the socket's lock. */
async function removeSockets(folder: string): Promise<void> {
  const sockets = (await readdir(folder)).filter((name) => name.startsWith('.s.PGSQL.'));
  for (const name of sockets) await rm(join(folder, name), { force: true });
}

function clusterOf(keeper: Keeper, kept: { home: KeptHome; binaries: Binaries; lock: Lock; root: string }): Cluster {
  const { home, binaries, lock, root } = kept;
  return {
    major: binaries.major,
    version: binaries.version,
    database: 'postgres',
    directory: home.data,
    log: logOf(home.data),
    sideFolder: home.sideFolder,
    url: (database, role = SUPERUSER) => socketUrl({ folder: home.folder, database, role }),
    isRunning: () => keeper.isRunning(),
    stop: () =>
      keeper
        .stop()
        .then(() => leave(home, root))
        .finally(() => lock.release()),
  };
}

/** A project that is gone needs no shadow. */
async function leave(home: KeptHome, root: string): Promise<void> {
  if (existsSync(root)) markUsed(home, root);
  else await removeHome(home);
}
