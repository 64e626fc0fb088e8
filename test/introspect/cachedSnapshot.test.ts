import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadProject } from '../../src/config/loadProject.ts';
import { openDatabase } from '../../src/database/live.ts';
import { openScratch, type ScratchDatabase } from '../../src/database/scratch.ts';
import type { Database } from '../../src/database/session.ts';
import { cachedSnapshot } from '../../src/introspect/cachedSnapshot.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { SnapshotCache } from '../../src/introspect/snapshotCache.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { startEmbedded } from '../../src/postgres/embedded.ts';
import { startShadow } from '../../src/postgres/shadow.ts';
import { runChild } from '../support/child.ts';
import { temporaryEmbedded } from '../support/embedded.ts';
import { plain } from '../support/plainSnapshot.ts';
import { temporaryProject } from '../support/project.ts';
import { createDatabase, withServer } from '../support/servers.ts';
import { type WatchedSession, watchedSession } from '../support/watchedSession.ts';

const TABLES =
  'CREATE TABLE users (id int PRIMARY KEY, name text); CREATE TABLE posts (id int, author int REFERENCES users); CREATE VIEW names AS SELECT name FROM users';

const cached = suite('cached snapshots');
const opened: Database[] = [];

/** Opens a database until the end of the test. */
function open(url: string): ScratchDatabase {
  const database = openScratch(url);
  opened.push(database);
  return database;
}

async function closeAll(): Promise<void> {
  for (const database of opened.splice(0)) await database.close();
}

cached.after.each(closeAll);

/** A folder for files, and a database with some tables. */
async function start() {
  const { path: inFolder } = temporaryProject();
  const made = await createDatabase();
  const database = open(made.url);
  await database.session((session) => session.script(TABLES));
  return {
    ...made,
    database,
    folder: inFolder('cache'),
    files: () => readdirSync(inFolder('cache')).map((name) => inFolder('cache', name)),
  };
}

/** Looks at the database through the cache, and tells what that took. */
async function look(database: ScratchDatabase, cache: SnapshotCache) {
  const seen = await database.session(async (session) => {
    const watched: WatchedSession = watchedSession(session);
    return { watched, snapshot: await cachedSnapshot(watched, cache) };
  });
  return { ...seen.watched, snapshot: seen.snapshot };
}

const tablesOf = ({ objects }: SchemaSnapshot): readonly string[] =>
  [...objects.values()].filter(({ kind }) => kind === 'table').map(({ name }) => name);

const wholeOf = async (database: ScratchDatabase) => plain(await database.session(introspect));

cached('as long as nobody commits anything, one question is asked', async () => {
  const { database, folder } = await start();
  const cache = new SnapshotCache(folder, 'here');
  const first = await look(database, cache);
  assert.is(first.wholeReads, 1);
  const again = await look(database, cache);
  assert.is(again.queries, 1);
  assert.is(again.snapshot, first.snapshot);
});

cached('rows and rolled back changes leave the very snapshot that was known', async () => {
  const { database, folder } = await start();
  const cache = new SnapshotCache(folder, 'here');
  const { snapshot } = await look(database, cache);
  await database.session((session) => session.script("INSERT INTO users VALUES (1, 'Ada'); ANALYZE; BEGIN; DROP TABLE posts; ROLLBACK"));
  const again = await look(database, cache);
  assert.is(again.snapshot, snapshot);
  assert.equal([again.wholeReads, again.partReads], [0, []]);
});

cached('a change is read alone, through the driver of live databases too', async () => {
  const { database, folder, url } = await start();
  const cache = new SnapshotCache(folder, 'here');
  const live = await openDatabase(url);
  opened.push(live);
  await live.session((session) => cachedSnapshot(session, cache));
  await database.session((session) => session.query('ALTER TABLE posts ADD COLUMN title text'));
  const seen = await live.session(async (session) => {
    const watched = watchedSession(session);
    return { snapshot: await cachedSnapshot(watched, cache), watched };
  });
  assert.equal([seen.watched.wholeReads, seen.watched.partReads], [0, [['posts']]]);
  assert.equal(plain(seen.snapshot), await wholeOf(database));
});

cached('another process begins with what this one knew, and sees what changed since', async () => {
  const { database, folder, url, files } = await start();
  const cache = new SnapshotCache(folder, 'here');
  await look(database, cache);
  await cache.flush();
  assert.equal(
    files().map((file) => statSync(file).mode & 0o777),
    [0o600],
  );
  await database.session((session) => session.query('ALTER TABLE posts ADD COLUMN title text'));
  const child = runChild(`
    const { openScratch } = await import(src + 'database/scratch.ts');
    const { cachedSnapshot } = await import(src + 'introspect/cachedSnapshot.ts');
    const { SnapshotCache } = await import(src + 'introspect/snapshotCache.ts');
    const { watchedSession } = await import(src + '../test/support/watchedSession.ts');
    const { plain } = await import(src + '../test/support/plainSnapshot.ts');
    const database = openScratch(${JSON.stringify(url)});
    await database.session(async (session) => {
      const watched = watchedSession(session);
      const snapshot = await cachedSnapshot(watched, new SnapshotCache(${JSON.stringify(folder)}, 'here'));
      tell({ wholeReads: watched.wholeReads, partReads: watched.partReads, snapshot: plain(snapshot) });
    });
    await database.close();
  `);
  const told = await child.next<{ wholeReads: number; partReads: string[][]; snapshot: unknown }>();
  assert.equal([told.wholeReads, told.partReads], [0, [['posts']]]);
  assert.equal(told.snapshot, JSON.parse(JSON.stringify(await wholeOf(database))));
});

cached('a file that is torn, that a bit fell over in, or that is of another database counts for nothing', async () => {
  const { database, folder, files } = await start();
  const cache = new SnapshotCache(folder, 'here');
  await look(database, cache);
  await cache.flush();
  const [file = ''] = files();
  const text = readFileSync(file, 'utf8');
  for (const broken of [text.slice(0, text.length / 2), text.replace('"name"', '"nome"'), text.replace(/"identity":"/, '$&x'), '', 'x']) {
    writeFileSync(file, broken);
    const seen = await look(database, new SnapshotCache(folder, 'here'));
    assert.is(seen.wholeReads, 1);
    assert.equal(plain(seen.snapshot), await wholeOf(database));
  }
});

cached('two databases of one name on two servers are two, and so is one that was made again', async () => {
  const { path: inFolder } = temporaryProject();
  // Both are copies of one cluster, so that they have even the numbers of their databases in common.
  const servers = [await startShadow({ major: 18 }), await startShadow({ major: 18 })];
  for (const [index, server] of [...servers, ...servers].entries()) {
    await query(server.url(server.database), 'DROP DATABASE IF EXISTS namesake');
    await query(server.url(server.database), 'CREATE DATABASE namesake');
    const url = server.url('namesake');
    await query(url, `CREATE TABLE of_number_${index} (id int)`);
    const cache = new SnapshotCache(inFolder('cache'), url);
    const { snapshot } = await look(open(url), cache);
    assert.equal(tablesOf(snapshot), [`public.of_number_${index}`]);
    await cache.flush();
    await closeAll();
  }
  assert.is(readdirSync(inFolder('cache')).length, 4);
  for (const server of servers) await server.stop();
});

cached('few files are kept, those that were used last', async () => {
  const { database, folder, files } = await start();
  for (let i = 0; i < 6; i++) {
    await database.session((session) => session.query(`DROP ROLE IF EXISTS cached_${i}`));
    await database.session((session) => session.query(`CREATE ROLE cached_${i} SUPERUSER`));
    const cache = new SnapshotCache(folder, 'here');
    await database.session(async (session) => {
      await session.query(`SET ROLE cached_${i}`);
      await cachedSnapshot(session, cache);
    });
    await cache.flush();
  }
  assert.is(files().length, 4);
});

cached('a role without any rights knows a database as well, also where it may not ask who the server is', async () => {
  const { database, folder, name } = await start();
  const server = await withServer(18);
  await database.session((session) => session.script('DROP ROLE IF EXISTS nobody_much; CREATE ROLE nobody_much LOGIN'));
  for (const closing of ['SELECT 1', 'REVOKE EXECUTE ON FUNCTION pg_control_system(), pg_control_checkpoint() FROM PUBLIC']) {
    await database.session((session) => session.query(closing));
    const limited = open(server.url(name, 'nobody_much'));
    const cache = new SnapshotCache(folder, 'here');
    await look(limited, cache);
    await database.session((session) => session.query('ALTER TABLE users ADD COLUMN more int'));
    const seen = await look(limited, cache);
    assert.is(seen.wholeReads, 0);
    assert.equal(seen.partReads, [['users'], ['names', 'users']]);
    assert.equal(plain(seen.snapshot), await wholeOf(limited));
    await database.session((session) => session.query('ALTER TABLE users DROP COLUMN more'));
  }
});

cached('a server that is put back to an earlier state, and goes another way by the same numbers, is read again', async () => {
  const project = temporaryEmbedded();
  const [folder, copy] = [project.path('cache'), project.path('copy')];
  const settings = await loadProject(project.root);
  const beginning = await startEmbedded(settings);
  await query(beginning.url(beginning.database), 'CREATE TABLE users (id int, name text)');
  await beginning.stop();
  execFileSync('cp', ['-a', beginning.directory, copy]);
  const seen: unknown[] = [];
  for (const word of ['one', 'two']) {
    const server = await startEmbedded(settings);
    const url = server.url(server.database);
    await query(url, `ALTER TABLE users ALTER COLUMN name SET DEFAULT '${word}'`);
    const database = open(url);
    const cache = new SnapshotCache(folder, 'here');
    const { snapshot } = await look(database, cache);
    seen.push(snapshot.objects.get('default:public.users.name'));
    assert.equal(plain(snapshot), await wholeOf(database));
    await cache.flush();
    await database.close();
    await server.stop();
    execFileSync('rm', ['-rf', server.directory]);
    execFileSync('cp', ['-a', copy, server.directory]);
  }
  assert.match(JSON.stringify(seen[1]), 'two');
});

async function query(url: string, text: string): Promise<void> {
  const database = openScratch(url);
  await database.session((session) => session.query(text));
  await database.close();
}

cached.run();
