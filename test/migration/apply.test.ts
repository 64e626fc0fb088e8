import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { applyMigrations } from '../../src/migration/apply.ts';
import { compareHistory } from '../../src/migration/history.ts';
import { readRevisions } from '../../src/migration/ledger.ts';
import type { Migration } from '../../src/migration/migrationFile.ts';
import { rollbackMigrations } from '../../src/migration/rollback.ts';
import { failureOf, type TestHistory, testHistory } from './history.ts';

const optionsFor = ({ project }: TestHistory) => ({ root: project.root, lockTimeoutMs: 5_000 });

async function apply(history: TestHistory, migrations?: readonly Migration[]) {
  return applyMigrations(history.database, migrations ?? (await history.read()), optionsFor(history));
}

const USERS = `up: [sql\`CREATE TABLE users (id int PRIMARY KEY, first_name text, last_name text)\`, sql\`INSERT INTO users VALUES (1, 'Ada', 'Lovelace'), (2, 'Alan', 'Turing')\`],
  down: [sql\`DROP TABLE users\`]`;

test('migrations are applied in the order of their parents, once, and rolled back', async () => {
  const history = await testHistory({
    '20260102000000_posts': `parent: '20260103000000_users', up: [sql\`CREATE TABLE posts (author int REFERENCES users)\`], down: [sql\`DROP TABLE posts\`]`,
    '20260103000000_users': `parent: null, ${USERS}`,
  });
  const { applied } = await apply(history);
  assert.equal(
    applied.map(({ id }) => id),
    ['20260103000000_users', '20260102000000_posts'],
  );
  assert.equal((await apply(history)).applied, []);
  const migrations = await history.read();
  const compared = compareHistory(migrations, await readRevisions(history.database));
  assert.is(compared.pending.length, 0);
  const back = await rollbackMigrations(history.database, [...migrations].reverse(), optionsFor(history));
  assert.is(back.length, 2);
  assert.is(await history.value(`select to_regclass('users')`), null);
  assert.equal(await readRevisions(history.database), []);
  await history.end();
});

test('a data step in SQL stands beside the change of the schema, in one transaction', async () => {
  const history = await testHistory({
    '20260101000000_users': USERS,
    '20260102000000_full_name': `up: [sql\`ALTER TABLE users ADD COLUMN full_name varchar(200)\`,
      sql\`UPDATE users SET full_name = first_name || ' ' || last_name\`], down: [sql\`ALTER TABLE users DROP COLUMN full_name\`]`,
  });
  await apply(history);
  assert.is(await history.value('select full_name from users where id = 1'), 'Ada Lovelace');
  await history.end();
});

test('a data step in TypeScript stands beside the change of the schema, in one transaction', async () => {
  const history = await testHistory({
    '20260101000000_users': USERS,
    '20260102000000_full_name': `up: [
      sql\`ALTER TABLE "users" ADD COLUMN "full_name" varchar(200)\`,
      async ({ query }) => {
        for (const user of await query<{ id: number; first_name: string; last_name: string }>(sql\`SELECT * FROM users\`))
          await query(sql\`UPDATE "users" SET "full_name" = \${\`\${user.first_name} \${user.last_name}\`} WHERE id = \${user.id}\`);
        await query('INSERT INTO users (id, full_name) VALUES ($1, $2)', [3, "O'Hara \\\\ $1"]);
      },
    ], down: [sql\`ALTER TABLE "users" DROP COLUMN "full_name"\`]`,
  });
  await apply(history);
  assert.is(await history.value('select full_name from users where id = 2'), 'Alan Turing');
  assert.is(await history.value('select full_name from users where id = 3'), "O'Hara \\ $1");
  await history.end();
});

for (const [kind, step] of [
  ['SQL', 'sql`UPDATE users SET full_name = 1 / (id - 2)`'],
  ['TypeScript', "async ({ query }) => { await query(sql`UPDATE users SET full_name = 'x'`); throw new Error('no more names'); }"],
  ['TypeScript whose query is refused', 'async ({ query, sql }) => { await query(sql`UPDATE users SET full_name = 1 / (id - 2)`); }'],
] as const) {
  test(`a data step in ${kind} that fails takes the change of the schema back with it`, async () => {
    const history = await testHistory({
      '20260101000000_users': USERS,
      '20260102000000_full_name': `up: [sql\`ALTER TABLE users ADD COLUMN full_name text\`, ${step}], down: null`,
    });
    const error = await failureOf(apply(history));
    assert.is(error.code, 'STATEMENT_FAILED');
    assert.match(error.message, 'step 2 of 20260102000000_full_name');
    assert.match(error.message, kind === 'TypeScript' ? 'no more names' : 'division by zero');
    assert.is(error.hint, 'Nothing of 20260102000000_full_name was applied. 20260101000000_users before it is applied.');
    assert.is(error.location?.file, 'migrations/20260102000000_full_name.ts');
    if (kind !== 'SQL') assert.is(error.location?.line, 2);
    assert.is(await history.value(`select count(*) from pg_attribute where attrelid = 'users'::regclass and attname = 'full_name'`), 0);
    assert.equal(
      (await readRevisions(history.database)).map(({ id }) => id),
      ['20260101000000_users'],
    );
    await history.end();
  });
}

test('a statement that fails is shown with its place', async () => {
  const history = await testHistory({ '20260101000000_x': 'up: [sql`SELECT 1;\nCREATE TABLE ok ();\n\nSELECT\n  nothing`]' });
  const error = await failureOf(apply(history));
  assert.equal(error.location, { file: 'migrations/20260101000000_x.ts', line: 6, column: 3, statement: '  nothing' });
  assert.is(await history.value(`select to_regclass('ok')`), null);
  await history.end();
});

test('a migration without a down side is refused before anything is rolled back', async () => {
  const history = await testHistory({ '20260101000000_a': 'up: [sql`CREATE TABLE a ()`]', '20260102000000_b': 'up: [], down: []' });
  await apply(history);
  const newestFirst = [...(await history.read())].reverse();
  const error = await failureOf(rollbackMigrations(history.database, newestFirst, optionsFor(history)));
  assert.is(error.code, 'ROLLBACK_IMPOSSIBLE');
  assert.is((await readRevisions(history.database)).length, 2);
  await history.end();
});

test('a step cannot end the transaction of its migration', async () => {
  const history = await testHistory({
    '20260101000000_a': 'up: [sql`CREATE TABLE a ()`]',
    '20260102000000_b': 'up: [\nsql`CREATE TABLE b ();\n commit; CREATE TABLE c ()`]',
  });
  const error = await failureOf(apply(history));
  assert.is(error.code, 'MIGRATION_INVALID');
  assert.match(error.message, 'COMMIT');
  assert.match(error.message, '20260102000000_b.ts:4 is not');
  assert.is(await history.value(`select to_regclass('a')`), null);
  await history.end();
});

test('a function step cannot end the transaction of its migration', async () => {
  const history = await testHistory({
    '20260101000000_a': "up: [sql`CREATE TABLE a ()`, async ({ query }) => { await query('/* ; */ COMMIT'); }]",
  });
  assert.is((await failureOf(apply(history))).code, 'STATEMENT_FAILED');
  assert.is(await history.value(`select to_regclass('a')`), null);
  await history.end();
});

test('a migration that waits for a lock gives up in time, names who holds it, and changes nothing', async () => {
  const history = await testHistory({
    '20260101000000_users': USERS,
    '20260102000000_more': 'up: [sql`ALTER TABLE users ADD COLUMN more int`]',
  });
  const migrations = await history.read();
  await apply(history, migrations.slice(0, 1));
  const error = await history.database.transaction(async (session) => {
    await session.query('select * from users');
    return failureOf(applyMigrations(history.database, migrations, { root: history.project.root, lockTimeoutMs: 600 }));
  });
  assert.is(error.code, 'LOCK_TIMEOUT');
  assert.is(error.exitCode, 4);
  assert.match(error.message, /step 1 of 20260102000000_more.*held by process \d+ \(fastpyd as .*select \* from users/);
  assert.match(error.hint ?? '', 'Nothing of 20260102000000_more was applied.');
  await history.end();
});

test('a migration that finds its table locked is applied when the lock is free', async () => {
  const history = await testHistory({
    '20260101000000_users': USERS,
    '20260102000000_more': 'up: [sql`ALTER TABLE users ADD COLUMN more int`]',
  });
  const migrations = await history.read();
  await apply(history, migrations.slice(0, 1));
  let running: Promise<unknown> | undefined;
  await history.database.transaction(async (session) => {
    await session.query('select * from users');
    running = applyMigrations(history.database, migrations, { root: history.project.root, lockTimeoutMs: 20_000 });
    await session.query('select pg_sleep(2.5)');
  });
  await running;
  assert.is((await readRevisions(history.database)).length, 2);
  await history.end();
});

test('an interrupted run says what it has done', async () => {
  const history = await testHistory({
    '20260101000000_users': USERS,
    '20260102000000_slow': 'up: [sql`CREATE TABLE slow ()`, async () => { await new Promise(() => setInterval(() => 0, 1000)); }]',
  });
  const interruption = new AbortController();
  const running = applyMigrations(history.database, await history.read(), {
    ...optionsFor(history),
    signal: interruption.signal,
    onProgress: ({ message }) => void (message.includes('slow') && setTimeout(() => interruption.abort(), 300)),
  });
  const error = await failureOf(running);
  assert.is(error.code, 'CANCELLED');
  assert.is(error.hint, 'Nothing of 20260102000000_slow was applied. 20260101000000_users before it is applied.');
  assert.is((await readRevisions(history.database)).length, 1);
  await history.end();
});

test('the code of a step sees no secrets of the daemon, and its models insert into the transaction', async () => {
  process.env.DATABASE_URL = 'postgres://secret';
  const model = `import { column, table } from 'fastpyd/model';
    export const Note = table('notes', { id: column.integer(), writtenBy: column.text() });`;
  const history = await testHistory(
    {
      '20260101000000_notes': `up: [sql\`CREATE TABLE notes (id int, written_by text)\`, async () => {
        const { Note } = await import('../models/note.ts');
        await Note.create({ id: 1, writtenBy: String(process.env.DATABASE_URL) });
      }]`,
    },
    { 'models/note.ts': model },
  );
  await apply(history);
  assert.is(await history.value('select written_by from notes'), 'undefined');
  process.env.DATABASE_URL = undefined;
  await history.end();
});

test('settings of one migration do not reach the next one', async () => {
  const history = await testHistory({
    '20260101000000_a': `up: [sql\`SELECT pg_catalog.set_config('search_path', '', false)\`, sql\`SET statement_timeout = '20s'\`, sql\`CREATE TABLE public.a ()\`]`,
    '20260102000000_b': 'up: [sql`CREATE TABLE b ()`]',
  });
  await apply(history);
  assert.is(await history.value(`select to_regclass('b')`), 'b');
  assert.is(await history.value('show statement_timeout'), '0');
  await history.end();
});

test('a function step that forgets to wait for its query still runs it', async () => {
  const history = await testHistory({ '20260101000000_a': "up: [({ query }) => { void query('CREATE TABLE a ()'); }]" });
  await apply(history);
  assert.is(await history.value(`select to_regclass('a')`), 'a');
  await history.end();
});

test.run();
