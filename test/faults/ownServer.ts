import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chmodSync, chownSync, cpSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openScratch } from '../../src/database/scratch.ts';
import { serverAccount } from '../../src/postgres/account.ts';
import { type Binaries, findBinaries } from '../../src/postgres/binaries.ts';
import { type Cluster, socketUrl } from '../../src/postgres/cluster.ts';
import { SUPERUSER, templateCluster } from '../../src/postgres/template.ts';
import { atExit } from '../support/atExit.ts';
import { waitUntil } from '../support/waitUntil.ts';
import type { CutNetwork } from './cutNetwork.ts';

/** A server as users run one, with its crashes survived, and many connections; it ends with the test process. */
export interface OwnServer extends Cluster {
  /** Ends it as `pg_ctl -m immediate` does, and starts it again. */
  restart(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: '',
  max_connections: '150',
  max_prepared_transactions: '5',
  autovacuum: 'off',
  fsync: 'off',
  restart_after_crash: 'on',
};

/** Starts one of the same major; on a network it listens at the server's end, beside its Unix socket. */
export async function startOwnServer({ major }: Cluster, network?: CutNetwork): Promise<OwnServer> {
  const binaries = await findBinaries(major);
  const directory = mkdtempSync(join(tmpdir(), 'fastpyd-faults-'));
  cpSync(await templateCluster(binaries), directory, { recursive: true });
  if (network) appendFileSync(join(directory, 'pg_hba.conf'), 'host all all samenet trust\n');
  giveAway(directory);
  const place = { binaries, directory, network };
  let child = await start(place);
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(directory, { recursive: true, force: true });
  };
  atExit(() => {
    child.kill('SIGQUIT');
    rmSync(directory, { recursive: true, force: true });
  });
  return {
    major,
    version: binaries.version,
    database: 'postgres',
    directory,
    log: '',
    url: (database, role = SUPERUSER) => socketUrl({ folder: directory, database, role }),
    isRunning: () => child.exitCode === null,
    stop,
    restart: async () => {
      await end(child);
      child = await start(place);
    },
  };
}

/** The process that waits for it must live as long. */
async function end(child: ChildProcess): Promise<void> {
  child.ref();
  const ended = once(child, 'exit');
  child.kill('SIGQUIT');
  await ended;
}

/** PostgreSQL refuses to run as root. */
function giveAway(directory: string): void {
  const account = serverAccount();
  if (account) for (const path of ['.', ...globSync('**', { cwd: directory })]) chownSync(join(directory, path), account.uid, account.gid);
  chmodSync(directory, 0o700);
}

interface Place {
  readonly binaries: Binaries;
  readonly directory: string;
  readonly network?: CutNetwork | undefined;
}

async function start({ binaries: { bindir, env }, directory, network }: Place): Promise<ChildProcess> {
  const settings = { ...SETTINGS, unix_socket_directories: directory, ...(network && { listen_addresses: network.address }) };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const account = serverAccount();
  const [program = '', ...args] = [...(network?.at('server', account) ?? []), join(bindir, 'postgres'), '-D', directory, ...flags];
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...process.env, ...env },
    stdio: 'ignore',
    // Who enters a network changes the account by itself.
    ...(network ? {} : account),
  });
  // What still runs when the tests are over must not keep their process alive; `atExit` ends it.
  child.unref();
  const database = openScratch(socketUrl({ folder: directory, database: 'postgres', role: SUPERUSER }), { isRare: true });
  const answers = () =>
    database
      .session((session) => session.query('select 1'))
      .then(
        () => true,
        () => false,
      );
  await waitUntil('the server answers', answers, 30_000);
  await database.close();
  return child;
}
