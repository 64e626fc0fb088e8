import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTarget } from '../../src/database/target.ts';
import { serverAccount } from '../../src/postgres/account.ts';
import { atExit } from './atExit.ts';
import { canConnect } from './canConnect.ts';
import { waitUntil } from './waitUntil.ts';

/** Null, and a line on standard output, where this machine has none. */
export const hasPgBouncer = (): boolean => {
  const isThere = spawnSync('pgbouncer', ['--version']).status === 0;
  if (!isThere) console.log('skipped: no pgbouncer on this machine');
  return isThere;
};

/** A PgBouncer of its own before one database, on loopback; it ends with the test process. */
export async function startPgBouncer(url: string, { mode, size }: { readonly mode: 'session' | 'transaction'; readonly size: number }) {
  const { host, port, user, password, database } = parseTarget(url);
  const folder = mkdtempSync(join(tmpdir(), 'fastpyd-pooler-'));
  const account = serverAccount();
  const own = await freePort();
  const settings = join(folder, 'pgbouncer.ini');
  writeFileSync(
    settings,
    `[databases]
pooled = host=${host} port=${port} user=${user} dbname=${database}${password ? ` password=${password}` : ''}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
default_pool_size = ${size}
ignore_startup_parameters = extra_float_digits, options
`,
  );
  if (account) for (const path of [folder, settings]) chownSync(path, account.uid, account.gid);
  chmodSync(folder, 0o700);
  const child = spawn('pgbouncer', [settings], { stdio: 'ignore', ...account });
  const stop = (): void => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  atExit(stop);
  await waitUntil('pgbouncer listens', () => canConnect(own), 10_000);
  return { url: `postgresql://anyone@127.0.0.1:${own}/pooled`, stop };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(0, '127.0.0.1', () => resolve((server.address() as { readonly port: number }).port));
  const port = await promise;
  await new Promise((done) => server.close(done));
  return port;
}
