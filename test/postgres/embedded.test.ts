import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Project } from '../../src/config/project.ts';
import { openDatabase } from '../../src/database/live.ts';
import { startEmbedded } from '../../src/postgres/embedded.ts';
import { databaseName } from '../../src/postgres/embeddedIdentity.ts';
import { findKeeper, findPostmaster } from '../../src/postgres/processes.ts';
import { runChild } from '../support/child.ts';
import { temporaryEmbedded } from '../support/embedded.ts';
import { type TemporaryProject, temporaryProject } from '../support/project.ts';
import { waitUntil } from '../support/waitUntil.ts';

interface Started {
  readonly url: string;
  readonly directory: string;
}

const isRoot = process.getuid?.() === 0;
const projectOf = (folder: TemporaryProject): Project => ({ root: folder.root }) as Project;

const ask = async (url: string, text: string): Promise<unknown> => {
  const database = await openDatabase(url);
  const rows = await database.session((session) => session.query(text)).finally(() => database.close());
  return Object.values(rows[0] ?? {})[0];
};

/** An owner in a process of its own, which writes rows without end and tells each one that is committed. */
const owner = (root: string): string => `
  const { startEmbedded } = await import(src + 'postgres/embedded.ts');
  const { openDatabase } = await import(src + 'database/live.ts');
  const cluster = await startEmbedded({ root: ${JSON.stringify(root)} });
  const database = await openDatabase(cluster.url(cluster.database));
  await database.session(({ query }) => query('CREATE TABLE IF NOT EXISTS seen (id int PRIMARY KEY)'));
  tell({ url: cluster.url(cluster.database), directory: cluster.directory });
  for (let id = 1; ; id++) {
    await database.session(({ query }) => query('INSERT INTO seen VALUES ($1)', [id]));
    tell(id);
  }
`;

test('the database of a project is there at the first start, over TCP with a password and over the socket', async () => {
  const folder = temporaryEmbedded();
  const cluster = await startEmbedded(projectOf(folder));
  assert.match(cluster.url(cluster.database), /^postgresql:\/\/postgres:[\w-]{20,}@127\.0\.0\.1:\d+\/[a-z_]/);
  assert.is(await ask(cluster.url(cluster.database), 'SELECT current_database()'), cluster.database);
  assert.is(await ask(cluster.url(cluster.database, 'postgres'), 'SHOW fsync'), 'on');
  const wrong = cluster.url(cluster.database).replace(/:[\w-]+@/, ':guess@');
  const error = await openDatabase(wrong).catch((reason) => reason);
  assert.is(error.code, 'DATABASE_UNREACHABLE');
  assert.not.match(error.message, 'guess');
  assert.is(readFileSync(folder.path('.fastpy', '.gitignore'), 'utf8'), '*\n');
  assert.is(statSync(folder.path('.fastpy')).mode & 0o777, 0o700);
  assert.is(statSync(cluster.directory).mode & 0o777, 0o700);
  await cluster.stop();
});

test('the data and the URL are the same at the next start', async () => {
  const folder = temporaryEmbedded();
  const first = await startEmbedded(projectOf(folder));
  const url = first.url(first.database);
  await ask(url, 'CREATE TABLE kept (id int)');
  await first.stop();
  const second = await startEmbedded(projectOf(folder));
  assert.is(second.url(second.database), url);
  assert.is(await ask(url, 'SELECT count(*) FROM kept'), 0);
  await second.stop();
});

test('a port that is taken meanwhile is replaced by a free one', async () => {
  const folder = temporaryEmbedded();
  const first = await startEmbedded(projectOf(folder));
  const port = Number(new URL(first.url('x')).port);
  await first.stop();
  const squatter = createServer().listen(port, '127.0.0.1');
  const second = await startEmbedded(projectOf(folder));
  assert.is.not(Number(new URL(second.url('x')).port), port);
  assert.is(await ask(second.url(second.database), 'SELECT 1'), 1);
  await second.stop();
  squatter.close();
});

test('a second owner is refused and told who the first is', async () => {
  const folder = temporaryEmbedded();
  const child = runChild(owner(folder.root));
  const { url } = await child.next<Started>();
  const error = await startEmbedded(projectOf(folder)).catch((reason) => reason);
  assert.is(error.code, 'CLUSTER_OWNED');
  assert.match(error.message, `process ${child.pid}`);
  assert.ok(Number(await ask(url, 'SELECT count(*) FROM seen')) >= 0);
  await child.kill('SIGKILL');
});

test('kill -9 of the owner leaves no server and loses no committed row', async () => {
  const folder = temporaryEmbedded();
  const child = runChild(owner(folder.root));
  const { directory } = await child.next<Started>();
  let last = 0;
  while (last < 20) last = await child.next<number>();
  await child.kill('SIGKILL');
  await waitUntil('the server has ended', async () => (await findPostmaster(directory)) === undefined);
  assert.not(existsSync(join(directory, 'postmaster.pid')));
  const cluster = await startEmbedded(projectOf(folder));
  assert.ok(Number(await ask(cluster.url(cluster.database), 'SELECT max(id) FROM seen')) >= last);
  await cluster.stop();
});

test('a server whose owner and keeper were both killed is stopped cleanly by the next start', async () => {
  const folder = temporaryEmbedded();
  const child = runChild(owner(folder.root));
  const { directory } = await child.next<Started>();
  const last = await child.next<number>();
  process.kill((await findKeeper(directory)) ?? 0, 'SIGKILL');
  await child.kill('SIGKILL');
  const orphan = await findPostmaster(directory);
  assert.ok(orphan);
  const cluster = await startEmbedded(projectOf(folder));
  assert.is.not(await findPostmaster(directory), orphan);
  assert.ok(Number(await ask(cluster.url(cluster.database), 'SELECT max(id) FROM seen')) >= last);
  await cluster.stop();
});

test('a start right after kill -9 waits for the old server instead of failing', async () => {
  const folder = temporaryEmbedded();
  for (let round = 0; round < 3; round++) {
    const child = runChild(`${owner(folder.root).replace('INSERT INTO seen VALUES ($1)', 'SELECT $1::int')}`);
    await child.next<Started>();
    await child.kill('SIGKILL');
  }
  const cluster = await startEmbedded(projectOf(folder));
  assert.is(await ask(cluster.url(cluster.database), 'SELECT count(*) FROM seen'), 0);
  await cluster.stop();
});

test('kill -9 during the first start leaves a project that starts', async () => {
  const folder = temporaryEmbedded();
  for (const afterMs of [30, 120, 250, 400]) {
    const child = runChild(`
      const { startEmbedded } = await import(src + 'postgres/embedded.ts');
      tell('starting');
      startEmbedded({ root: ${JSON.stringify(folder.root)} }).catch(() => undefined);
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${afterMs});
      setInterval(() => undefined, 1000);
    `);
    await child.next();
    await child.kill('SIGCONT');
  }
  const cluster = await startEmbedded(projectOf(folder));
  assert.is(await ask(cluster.url(cluster.database), 'SELECT 1'), 1);
  await cluster.stop();
});

test('a postmaster.pid that names a living stranger does not keep the database from starting', async () => {
  const folder = temporaryEmbedded();
  const first = await startEmbedded(projectOf(folder));
  await first.stop();
  writeFileSync(join(first.directory, 'postmaster.pid'), `${process.pid}\n${first.directory}\n0\n5432\n`);
  const second = await startEmbedded(projectOf(folder));
  assert.is(await ask(second.url(second.database), 'SELECT 1'), 1);
  await second.stop();
});

test('data of a major that is not here is refused with the line that installs it, and left alone', async () => {
  const folder = temporaryEmbedded();
  const first = await startEmbedded(projectOf(folder));
  await first.stop();
  writeFileSync(join(first.directory, 'PG_VERSION'), '9\n');
  const error = await startEmbedded(projectOf(folder)).catch((reason) => reason);
  assert.is(error.code, 'SERVER_NOT_STARTED');
  assert.match(error.message, 'PostgreSQL 9');
  assert.match(error.message, '@9');
});

test('a copy of a project has data of its own', async () => {
  if (!isRoot) return console.log('skipped: only as root the data lies outside the project');
  const [folder, copy] = [temporaryEmbedded(), temporaryEmbedded()];
  const first = await startEmbedded(projectOf(folder));
  mkdirSync(copy.path('.fastpy'));
  copyFileSync(folder.path('.fastpy', 'postgres.json'), copy.path('.fastpy', 'postgres.json'));
  const second = await startEmbedded(projectOf(copy));
  assert.is.not(second.directory, first.directory);
  await Promise.all([first.stop(), second.stop()]);
});

test('an ordinary user keeps the data in the project', async () => {
  if (!isRoot) return console.log('skipped: only root can become another user');
  const folder = temporaryProject();
  const { chownSync } = await import('node:fs');
  chownSync(folder.root, 65534, 65534);
  const child = runChild(owner(folder.root), { uid: 65534 });
  const { directory } = await child.next<Started>();
  assert.is(directory, folder.path('.fastpy', 'postgres'));
  assert.ok(Number(await child.next<number>()) > 0);
  await child.kill('SIGKILL');
  await waitUntil('the server has ended', async () => (await findPostmaster(directory)) === undefined);
});

test('the database is named after the folder, in letters that need no quotes', () => {
  assert.is(databaseName('/home/ada/My Blog'), 'my_blog');
  assert.is(databaseName('/srv/2048'), 'db_2048');
  assert.is(databaseName('/srv/postgres'), 'postgres_db');
  assert.is(databaseName('/'), 'db_');
  assert.is(databaseName(`/srv/${'long'.repeat(30)}`).length, 63);
});

test.run();
