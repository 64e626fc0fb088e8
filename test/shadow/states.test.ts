import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch, type ScratchDatabase } from '../../src/database/scratch.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { keptHome } from '../../src/postgres/keptHome.ts';
import { startKeptShadow } from '../../src/postgres/keptShadow.ts';
import { startShadow } from '../../src/postgres/shadow.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { type Read, type State, States, type StatesOptions } from '../../src/shadow/states.ts';
import { type Child, runChild } from '../support/child.ts';
import { temporaryKept } from '../support/kept.ts';
import { waitUntil } from '../support/waitUntil.ts';

interface Options extends StatesOptions {
  readonly role?: string;
}

/** States of one shadow, with what was done to make them. */
interface Opened {
  readonly shadow: Shadow;
  readonly states: States;
  readonly done: string[];
  /** The state of these statements as a history. */
  chain(...statements: readonly string[]): Promise<State>;
  /** The state of one statement, as a whole. */
  get(statement: string): Promise<State>;
  close(): Promise<void>;
}

async function open(root: string | undefined, options: Options = {}): Promise<Opened> {
  const server = root === undefined ? await startShadow() : await startKeptShadow({ root });
  const shadow = await Shadow.open(server, options.role ?? 'postgres');
  const states = new States(shadow, options);
  const done: string[] = [];
  const run = async (database: ScratchDatabase, statement: string): Promise<void> => {
    done.push(statement);
    await database.session((session) => session.script(statement));
  };
  return {
    shadow,
    states,
    done,
    chain: (...statements) =>
      states.chain('statements', statements, async (database, known) => {
        for (const statement of statements.slice(known)) await run(database, statement);
        return undefined;
      }),
    get: (statement) =>
      states.get(['statement', statement], async (database) => {
        await run(database, statement);
        return [`warning of ${statement}`];
      }),
    close: async () => {
      await states.close();
      await shadow.close();
    },
  };
}

const table = (name: string): string => `CREATE TABLE ${name} (id int PRIMARY KEY)`;
const tablesOf = ({ snapshot }: State): readonly string[] =>
  [...snapshot.objects.values()].flatMap(({ kind, name }) => (kind === 'table' ? [name.replace('public.', '')] : [])).sort();
const inDatabase = ({ database }: State): Promise<readonly { name: string }[]> =>
  database.session(({ query }) => query("SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' AND oid >= 16384 ORDER BY 1"));

test('a state is made once, and found again by its content', async () => {
  const { get, done, close } = await open(undefined);
  const [first, second] = [await get(table('a')), await get(table('a'))];
  assert.is(first, second);
  await get(table('b'));
  assert.equal(done, [table('a'), table('b')]);
  assert.equal(first.warnings, [`warning of ${table('a')}`]);
  await close();
});

test('two that want the same state at once wait for one building of it', async () => {
  const { get, done, close } = await open(undefined);
  await Promise.all([get(table('a')), get(table('a'))]);
  assert.is(done.length, 1);
  await close();
});

test('a build that fails keeps nothing, and its error is the answer', async () => {
  const { get, done, shadow, close } = await open(undefined);
  const error = await get('CREATE TABLE a (id txet)').catch((reason) => reason);
  assert.match(error.message, 'txet');
  await get('CREATE TABLE a (id txet)').catch(() => undefined);
  assert.is(done.length, 2);
  assert.equal(await shadow.names('fastpyd_'), []);
  await close();
});

test('after a restart a state is found without building or reading it', async () => {
  const { root } = temporaryKept();
  const first = await open(root);
  const before = await first.chain(table('a'), table('b'));
  const models = await first.get(table('c'));
  await first.close();
  const neverRead: Read = () => Promise.reject(new Error('it was read'));
  const second = await open(root, { read: neverRead });
  const after = await second.chain(table('a'), table('b'));
  assert.equal(after.snapshot.objects, before.snapshot.objects);
  assert.equal(after.snapshot.addresses, before.snapshot.addresses);
  assert.equal(await inDatabase(after), [{ name: 'a' }, { name: 'b' }]);
  assert.equal((await second.get(table('c'))).warnings, models.warnings);
  assert.equal(second.done, []);
  await second.close();
});

test('what is kept is what reading it anew gives', async () => {
  const { root } = temporaryKept();
  const first = await open(root);
  await first.chain(table('a'), 'CREATE VIEW v AS SELECT * FROM a', "COMMENT ON TABLE a IS 'x'");
  await first.close();
  const second = await open(root);
  const { database, snapshot } = await second.chain(table('a'), 'CREATE VIEW v AS SELECT * FROM a', "COMMENT ON TABLE a IS 'x'");
  const anew = await database.session(introspect);
  assert.equal(snapshot.objects, anew.objects);
  assert.equal(snapshot.needs, anew.needs);
  await second.close();
});

test('a longer history starts from the one that is kept, and leaves that as it was', async () => {
  const { chain, done, close } = await open(undefined);
  const short = await chain(table('a'), table('b'));
  const long = await chain(table('a'), table('b'), table('c'));
  assert.equal(done, [table('a'), table('b'), table('c')]);
  assert.equal(tablesOf(long), ['a', 'b', 'c']);
  assert.equal(tablesOf(await chain(table('a'), table('b'))), ['a', 'b']);
  assert.equal(await inDatabase(short), [{ name: 'a' }, { name: 'b' }]);
  await close();
});

test('the longest beginning is taken, after a restart too, and another branch starts where the branches part', async () => {
  const { root } = temporaryKept();
  const first = await open(root);
  await first.chain(table('a'));
  await first.chain(table('a'), table('b'), table('c'));
  await first.close();
  const second = await open(root);
  await second.chain(table('a'), table('b'), table('c'), table('d'));
  const branch = await second.chain(table('a'), table('x'));
  assert.equal(second.done, [table('d'), table('x')]);
  assert.equal(tablesOf(branch), ['a', 'x']);
  await second.close();
});

test('whoever reads a state that was copied is told what it was copied from', async () => {
  const known: (readonly string[] | undefined)[] = [];
  const read: Read = (session, before) => {
    known.push(before && [...before.snapshot.objects.keys()].filter((id) => id.startsWith('table:')));
    return introspect(session);
  };
  const { chain, close } = await open(undefined, { read });
  await chain(table('a'));
  await chain(table('a'), table('b'));
  assert.equal(known, [undefined, ['table:public.a']]);
  await close();
});

test('a copy waits for those who work in what is copied', async () => {
  const { chain, close } = await open(undefined);
  const short = await chain(table('a'));
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const work = short.database.session(async ({ query }) => {
    await query('SELECT 1');
    await mayEnd;
  });
  const long = chain(table('a'), table('b'));
  end();
  assert.equal(tablesOf(await long), ['a', 'b']);
  await work;
  await close();
});

test('where somebody works on for long, the history is run from nothing', async () => {
  const { chain, done, close } = await open(undefined);
  const short = await chain(table('a'));
  const long = await short.database.session(async ({ query }) => {
    await query('SELECT 1');
    return chain(table('a'), table('b'));
  });
  assert.equal(tablesOf(long), ['a', 'b']);
  assert.equal(done, [table('a'), table('a'), table('b')]);
  await close();
});

test('what a copy would lack is not copied: settings of the database', async () => {
  const set = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET work_mem = 999', current_database()); END $$";
  const { chain, done, close } = await open(undefined);
  await chain(set);
  const { database } = await chain(set, table('a'));
  assert.equal(done, [set, set, table('a')]);
  assert.equal(await database.session(({ query }) => query('SHOW work_mem')), [{ work_mem: '999kB' }]);
  await close();
});

test('the least recently used states go first, with their files, and are made again when they are wanted', async () => {
  const { root } = temporaryKept();
  const { states, get, done, shadow, close } = await open(root, { limits: { count: 2, bytes: 2 ** 30, least: 1 } });
  for (const name of ['a', 'b', 'a', 'c']) await get(table(name));
  await states.settled();
  assert.is((await shadow.names('fastpyd_state_')).length, 2);
  assert.is(readdirSync(shadow.folder ?? '').length, 4);
  await get(table('a'));
  assert.is(done.length, 3);
  await get(table('b'));
  assert.is(done.length, 4);
  await close();
});

test('the order of use outlives a restart', async () => {
  const { root } = temporaryKept();
  const first = await open(root);
  for (const name of ['a', 'b', 'c', 'a']) await first.get(table(name));
  await first.close();
  const second = await open(root, { limits: { count: 2, bytes: 2 ** 30, least: 1 } });
  await second.get(table('d'));
  await second.states.settled();
  await second.get(table('a'));
  assert.equal(second.done, [table('d')]);
  await second.close();
});

test('states that take too much go, but for the last ones', async () => {
  const { states, get, done, shadow, close } = await open(undefined, { limits: { count: 10, bytes: 1, least: 2 } });
  for (const name of ['a', 'b', 'c']) await get(table(name));
  await states.settled();
  assert.is((await shadow.names('fastpyd_')).length, 2);
  await get(table('c'));
  await get(table('b'));
  assert.is(done.length, 3);
  await close();
});

test('a state that somebody holds or works on stays', async () => {
  const { states, get, shadow, close } = await open(undefined, { limits: { count: 1, bytes: 2 ** 30, least: 1 } });
  const held = await get(table('a'));
  const release = states.hold(held);
  await get(table('b'));
  await states.settled();
  assert.equal(await inDatabase(held), [{ name: 'a' }]);
  await held.database.session(async () => {
    release();
    await get(table('c'));
    await states.settled();
    assert.is((await shadow.names('fastpyd_')).length, 2);
  });
  await get(table('d'));
  await states.settled();
  assert.is((await shadow.names('fastpyd_')).length, 1);
  await close();
});

test('a state that was half built when the process was killed is dropped, and built anew', async () => {
  const { root } = temporaryKept();
  const child = runChild(`
    const { startKeptShadow } = await import(src + 'postgres/keptShadow.ts');
    const { Shadow } = await import(src + 'shadow/shadow.ts');
    const { States } = await import(src + 'shadow/states.ts');
    const states = new States(await Shadow.open(await startKeptShadow({ root: ${JSON.stringify(root)} }), 'postgres'));
    states.get(['statement', 'CREATE TABLE whole ()'], async () => undefined).then(() => states.settled()).then(() => states.get(['statement', ${JSON.stringify(table('a'))}], async (database) => {
      await database.session(({ query }) => query('CREATE TABLE half ()'));
      tell('half built');
      await new Promise((resolve) => setTimeout(resolve, 60_000));
    }));
  `);
  await child.next();
  await child.kill('SIGKILL');
  const { get, done, shadow, close } = await open(root);
  assert.is((await shadow.names('fastpyd_')).length, 1);
  assert.equal(tablesOf(await get(table('a'))), ['a']);
  assert.equal(done, [table('a')]);
  await get('CREATE TABLE whole ()');
  assert.equal(done, [table('a')]);
  await close();
});

test('a state whose snapshot is gone, or cannot be read, is built anew', async () => {
  for (const spoil of [rmSync, (file: string) => writeFileSync(file, '{')]) {
    const { root, home } = temporaryKept();
    const first = await open(root);
    await first.get(table('a'));
    await first.close();
    const snapshot = readdirSync(home.sideFolder).find((name) => name.endsWith('.snapshot.json')) ?? '';
    spoil(join(home.sideFolder, snapshot));
    const second = await open(root);
    assert.equal(tablesOf(await second.get(table('a'))), ['a']);
    assert.equal(second.done, [table('a')]);
    await second.close();
  }
});

test('what other code made is not used', async () => {
  const { root, home } = temporaryKept();
  const first = await open(root);
  await first.get(table('a'));
  await first.close();
  const note = readdirSync(home.sideFolder).find((name) => name.endsWith('.state.json')) ?? '';
  writeFileSync(join(home.sideFolder, note), JSON.stringify({ warnings: [], bytes: 0, isCopyable: true, maker: 'an older release' }));
  const second = await open(root);
  await second.get(table('a'));
  assert.equal(second.done, [table('a')]);
  await second.close();
});

test('under another role the same content is another state', async () => {
  const { root } = temporaryKept();
  const first = await open(root, { role: 'one' });
  await first.shadow.ensureRoles(['other']);
  await first.get(table('a'));
  await first.close();
  const second = await open(root, { role: 'other' });
  const state = await second.get(table('a'));
  assert.equal(second.done, [table('a')]);
  assert.equal(
    await state.database.session(({ query }) => query('SELECT tableowner::text AS owner FROM pg_tables WHERE tablename = $1', ['a'])),
    [{ owner: 'other' }],
  );
  await second.close();
});

test('a disposable shadow has no files, and a server that is shared is left without states', async () => {
  const server = await startShadow();
  const shadow = await Shadow.open({ ...server, isShared: true, stop: async () => undefined }, 'postgres');
  assert.not(shadow.persistent);
  const states = new States(shadow);
  await states.get(['a'], async () => undefined);
  await states.close();
  assert.equal(await shadow.names('fastpyd_'), []);
  await shadow.close();
  await server.stop();
});

test('what a killed process leaves on a server that is shared goes with the next one, and what a living one has stays', async () => {
  const server = await startShadow();
  const begin = (): Child =>
    runChild(`
      const { Shadow } = await import(src + 'shadow/shadow.ts');
      const url = (name, role) => ${JSON.stringify(server.url('NAME', 'postgres'))}.replace('NAME', name);
      const shadow = await Shadow.open({ ...${JSON.stringify({ version: server.version, major: server.major, database: server.database })}, isShared: true, url, isRunning: () => true, stop: async () => undefined }, 'postgres');
      tell((await shadow.create()).name);
      setInterval(() => undefined, 1000);`);
  const [killed, living] = [begin(), begin()];
  const [lost, kept] = [await killed.next<string>(), await living.next<string>()];
  await killed.kill('SIGKILL');
  const admin = openScratch(server.url(server.database));
  await waitUntil('the server has noticed', async () => (await locksOf(admin)) === 1);
  const shadow = await Shadow.open({ ...server, isShared: true, stop: async () => undefined }, 'postgres');
  const names = await shadow.names('fastpyd_');
  await shadow.close();
  await living.kill('SIGKILL');
  await admin.close();
  await server.stop();
  assert.equal(names, [kept]);
  assert.not.equal(kept, lost);
});

test('what a living process works with on a server that is shared stays, though it lost its lock, whatever else is locked there', async () => {
  const server = await startShadow();
  const shared = { ...server, isShared: true, stop: async () => undefined };
  const first = await Shadow.open(shared, 'postgres');
  const { name, database } = await first.create();
  const admin = openScratch(server.url(server.database));
  await database.session(async ({ query }) => {
    await admin.session((session) => session.query("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'"));
    await waitUntil('the lock is gone', async () => (await locksOf(admin)) === 0);
    await query(`select pg_advisory_lock(${0x73686164}, -1)`);
    const second = await Shadow.open(shared, 'postgres');
    assert.equal(await second.names('fastpyd_'), [name]);
    await second.close();
  });
  await database.close();
  await admin.close();
  await first.close();
  await server.stop();
});

const locksOf = (admin: ScratchDatabase): Promise<number> =>
  admin.session(async (session) => {
    const [row] = await session.query<{ count: number }>("select count(*)::int as count from pg_locks where locktype = 'advisory'");
    return row?.count ?? 0;
  });

test('a shadow that stays has its folder', async () => {
  const { root } = temporaryKept();
  const { shadow, close } = await open(root);
  assert.ok(shadow.persistent);
  assert.is(shadow.folder, keptHome(root, 18).sideFolder);
  assert.ok(existsSync(shadow.folder ?? ''));
  await close();
});

test.run();
