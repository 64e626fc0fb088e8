import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { createDatabase } from '../support/servers.ts';
import { assertExit, type CliProject, cliProject } from './cliProject.ts';

const USERS = 'CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);';
const POSTS = 'CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL);';
const USAGE = { exit: 64, code: 'USAGE' };
const DRIFT = { exit: 7, code: 'DRIFT' };

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

const names = () => project.migrations().map((file) => file.replace(/^\d+_|\.ts$/g, ''));
const ids = () => project.migrations().map((file) => file.replace(/\.ts$/, ''));
const applied = async () =>
  (await project.query<{ id: string }>('SELECT id FROM fastpyd.migrations ORDER BY position')).map(({ id }) => id);
const upOf = (file: string | undefined): string => readFileSync(project.path('migrations', file ?? ''), 'utf8');
const status = async () => JSON.parse((await project.fastpy('db:status', '--json')).stdout);

/** A database with one table and a row in it, which no migration made. */
async function inherit(models: Readonly<Record<string, string>>): Promise<void> {
  await project.reset(models);
  await project.query(`${USERS} INSERT INTO users VALUES (1, 'Ada')`);
}

test('the first db:make adopts a database that is not empty, and then makes what is new', async () => {
  await inherit({ 'schema.sql': USERS + POSTS });
  const { stdout } = await project.succeed('db:make', 'Add posts');
  assert.match(stdout, /Adopted the database as it is: migrations\/\d{14}_baseline\.ts/);
  assert.equal(names(), ['baseline', 'add_posts']);
  assert.not.match(upOf(project.migrations()[1]), 'users');
  assert.equal(await applied(), ids().slice(0, 1));
  await project.succeed('db:migrate');
  assert.equal(await project.query('SELECT name FROM users'), [{ name: 'Ada' }]);
  await project.succeed('db:status', '--check');
});

test('adopting a database that the models describe already writes the baseline alone', async () => {
  await inherit({ 'schema.sql': USERS });
  const { stdout } = await project.succeed('db:migrate', '-m', 'Start');
  assert.match(stdout, 'Adopted the database as it is');
  assert.equal(names(), ['baseline']);
  await project.succeed('db:status', '--check');
});

test('the baseline is not rolled back, except by --to empty', async () => {
  const baseline = ids()[0] ?? '';
  const nothing = await project.succeed('db:rollback');
  assert.match(nothing.stdout + nothing.stderr, 'Nothing to roll back');
  assert.match(nothing.stderr, 'baseline');
  await project.refused(USAGE, 'db:rollback', '--steps', '1');
  project.write('models/schema.sql', USERS + POSTS);
  await project.succeed('db:migrate', '-m', 'Add posts');
  await project.refused(USAGE, 'db:rollback', '--steps', '2');
  assert.is((await applied()).length, 2);
  await project.succeed('db:rollback', '--to', baseline);
  assert.equal(await applied(), [baseline]);
  assert.equal(await project.query('SELECT name FROM users'), [{ name: 'Ada' }]);
  await project.succeed('db:rollback', '--to', 'empty');
  assert.equal(await project.query(`SELECT to_regclass('public.users') AS users`), [{ users: null }]);
  assert.equal(await applied(), []);
});

test('a second copy of an adopted database is taken over, and a database that is neither empty nor the same is refused', async () => {
  await inherit({ 'schema.sql': USERS });
  await project.succeed('db:migrate', '-m', 'Start');
  const copy = await createDatabase();
  const scratch = openScratch(copy.url);
  await scratch.session((session) => session.query(`${USERS} INSERT INTO users VALUES (2, 'Grace')`));
  const taken = await project.run(['db:migrate'], { env: { DATABASE_URL: copy.url } });
  assertExit(taken, 0, ['db:migrate']);
  assert.match(taken.stderr, 'marked as applied, nothing was run');
  assertExit(await project.run(['db:status', '--check'], { env: { DATABASE_URL: copy.url } }), 0, ['db:status']);
  assert.equal(await scratch.session((session) => session.query('SELECT name FROM users')), [{ name: 'Grace' }]);
  await scratch.session((session) => session.query('DROP SCHEMA fastpyd CASCADE; ALTER TABLE users ADD age int'));
  assertExit(await project.run(['db:migrate'], { env: { DATABASE_URL: copy.url } }), 7, ['db:migrate']);
  await scratch.close();
  await copy.drop();
});

test('an adopted history runs from nothing on an empty database', async () => {
  const empty = await createDatabase();
  assertExit(await project.run(['db:migrate'], { env: { DATABASE_URL: empty.url } }), 0, ['db:migrate']);
  assertExit(await project.run(['db:status', '--check'], { env: { DATABASE_URL: empty.url } }), 0, ['db:status']);
  await empty.drop();
});

test('with drift, db:migrate -m changes nothing and names the objects, db:diff --drift shows them, --adopt keeps them', async () => {
  await project.reset({ 'schema.sql': USERS });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query('ALTER TABLE users ADD nick text; CREATE TABLE stray (id int)');
  assertExit(await project.fastpy('db:status', '--check'), 2, ['db:status']);
  project.write('models/schema.sql', USERS + POSTS);
  const { stderr } = await project.refused(DRIFT, 'db:migrate', '-m', 'Add posts');
  for (const part of ['column public.users.nick', 'table public.stray', '--adopt', 'db:diff --drift']) assert.match(stderr, part);
  assert.equal(names(), ['first']);
  const diff = await project.succeed('db:diff', '--drift');
  assert.match(diff.stdout, 'public.users.nick');
  assert.match((await project.succeed('db:diff', '--drift', '--sql')).stdout, 'ADD COLUMN');
  project.write('models/schema.sql', `${USERS.replace(');', ', nick text);')} CREATE TABLE stray (id int); ${POSTS}`);
  await project.succeed('db:migrate', '-m', 'Add posts', '--adopt');
  assert.equal(names(), ['first', 'adopt_drift', 'add_posts']);
  assert.equal(await applied(), ids());
  await project.succeed('db:status', '--check');
});

test('--adopt that is refused, for an answer or for what is pending, adopts nothing', async () => {
  await project.reset({ 'schema.sql': USERS });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query('CREATE TABLE stray (id int); INSERT INTO stray VALUES (1)');
  await project.refused({ exit: 3, code: 'ANSWERS_NEEDED' }, 'db:migrate', '-m', 'Keep', '--adopt');
  assert.equal(names(), ['first']);
  project.write('models/schema.sql', USERS + POSTS);
  await project.succeed('db:make', 'Add posts');
  await project.refused({ exit: 7, code: 'HISTORY_CONFLICT' }, 'db:migrate', '-m', 'Keep', '--adopt', '--force');
  assert.equal(names(), ['first', 'add_posts']);
  assert.equal((await applied()).length, 1);
});

test('db:make never repeats what an earlier db:make has written', async () => {
  await project.reset({ 'schema.sql': USERS });
  await project.succeed('db:make', 'A');
  project.write('models/schema.sql', USERS + POSTS);
  await project.succeed('db:make', 'B');
  assert.not.match(upOf(project.migrations()[1]), 'users');
  assert.match((await project.succeed('db:make', 'C')).stdout, 'nothing to make');
  assert.equal(names(), ['a', 'b']);
  await project.succeed('db:migrate');
  assert.equal(await applied(), ids());
});

test('a dry run prints the SQL and changes neither files nor database', async () => {
  await project.reset({ 'schema.sql': USERS });
  assert.match((await project.succeed('db:migrate', '-m', 'first', '--dry-run')).stdout, 'CREATE TABLE "public"."users"');
  assert.equal(project.migrations(), []);
  assert.equal(await project.query(`SELECT to_regclass('public.users') AS users, to_regclass('fastpyd.migrations') AS ledger`), [
    { users: null, ledger: null },
  ]);
  await project.succeed('db:make', 'first');
  assert.match((await project.succeed('db:migrate', '--dry-run')).stdout, 'CREATE TABLE');
  await project.succeed('db:migrate');
  assert.match((await project.succeed('db:rollback', '--dry-run')).stdout, 'DROP TABLE');
  assert.is((await applied()).length, 1);
});

test('db:status --check exits 2 for a pending file, for drift and for a model change, and says which', async () => {
  await project.reset({ 'schema.sql': USERS });
  assertExit(await project.fastpy('db:status', '--check'), 2, ['db:status']);
  assert.ok((await status()).changes.length > 0);
  await project.succeed('db:make', 'first');
  assertExit(await project.fastpy('db:status', '--check'), 2, ['db:status']);
  assert.is((await status()).pending.length, 1);
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
  await project.query('CREATE INDEX stray ON users (name)');
  assertExit(await project.fastpy('db:status', '--check'), 2, ['db:status']);
  assert.is((await status()).drift[0].name, 'public.stray');
});

test('a dry run says that a database would be adopted, and does not adopt it', async () => {
  await inherit({ 'schema.sql': USERS });
  assert.match((await project.succeed('db:migrate', '-m', 'Start', '--dry-run')).stderr, 'would become the baseline');
  assert.equal(project.migrations(), []);
  assert.equal(await project.query(`SELECT to_regclass('fastpyd.migrations') AS ledger`), [{ ledger: null }]);
});

test('only the managed schemas are touched, also by db:fresh', async () => {
  await project.reset({ 'schema.sql': 'CREATE SCHEMA app; CREATE TABLE app.users (id int PRIMARY KEY);' });
  project.write('fastpyd.config.json', '{ "schemas": ["app"] }');
  await project.query('CREATE TABLE public.theirs (id int); CREATE SCHEMA other; CREATE TABLE other.theirs (id int)');
  await project.succeed('db:migrate', '-m', 'first');
  assert.equal(names(), ['first']);
  await project.succeed('db:status', '--check');
  await project.succeed('db:fresh');
  await project.succeed('db:status', '--check');
  assert.equal(
    await project.query(
      `SELECT to_regclass('public.theirs') IS NOT NULL AS a, to_regclass('other.theirs') IS NOT NULL AS b, to_regclass('app.users') IS NOT NULL AS c`,
    ),
    [{ a: true, b: true, c: true }],
  );
});

test('with every schema managed, what is in none of the models is adopted with its schema', async () => {
  await project.reset({ 'schema.sql': `CREATE SCHEMA other; CREATE TABLE other.theirs (id int); ${USERS}` });
  project.write('fastpyd.config.json', '{ "schemas": ["*"] }');
  await project.query('CREATE SCHEMA other; CREATE TABLE other.theirs (id int)');
  await project.succeed('db:migrate', '-m', 'Add users');
  assert.equal(names(), ['baseline', 'add_users']);
  await project.succeed('db:status', '--check');
  await project.succeed('db:fresh');
  await project.succeed('db:status', '--check');
});

test('a protected database is dropped only with its name', async () => {
  await project.reset({ 'schema.sql': USERS });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(`INSERT INTO users VALUES (1, 'Ada')`);
  project.write('fastpyd.config.json', '{ "protected": true }');
  const [{ name } = { name: '' }] = await project.query<{ name: string }>('SELECT current_database()::text AS name');
  const needed = { exit: 3, code: 'CONFIRMATION_NEEDED' };
  for (const flags of [[], ['--force'], ['--target', name], ['--force', '--target', 'other']]) {
    const { stderr } = await project.refused(needed, 'db:fresh', ...flags);
    assert.match(stderr, `--force --target ${name}`);
  }
  assert.equal(await project.query('SELECT name FROM users'), [{ name: 'Ada' }]);
  await project.succeed('db:fresh', '--force', '--target', name);
  assert.equal(await project.query('SELECT name FROM users'), []);
});

test('a protected database is rolled back only with its name, also where nothing is lost', async () => {
  const [{ name } = { name: '' }] = await project.query<{ name: string }>('SELECT current_database()::text AS name');
  for (const flags of [[], ['--force'], ['--force', '--target', 'other']]) {
    const { stderr } = await project.refused({ exit: 3, code: 'CONFIRMATION_NEEDED' }, 'db:rollback', ...flags);
    assert.match(stderr, `Rolling back ${ids()[0]} on ${name}`);
  }
  await project.refused({ exit: 3, code: 'CONFIRMATION_NEEDED' }, 'db:seed', '--auto', '--force', '--target', 'other');
  await project.succeed('db:rollback', '--dry-run');
  await project.succeed('db:rollback', '--force', '--target', name);
  assert.equal(await applied(), []);
});

test.run();
