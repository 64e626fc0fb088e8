/** `--keep` on the real command line: what migrations take away is copied, and comes back when they are taken back. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const REFUSED = { exit: 1, code: 'KEEP_REFUSED' };

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

/** A database with these models and rows, whose models then become others; the migration between them is applied with `--keep`. */
async function change(
  { from, rows, to }: { readonly from: string; readonly rows: string; readonly to: string },
  ...flags: readonly string[]
) {
  await project.query('DROP SCHEMA IF EXISTS fastpyd_kept CASCADE; DROP TYPE IF EXISTS status CASCADE');
  await project.reset({ 'schema.sql': from });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(rows);
  project.write('models/schema.sql', to);
  return project.succeed('db:migrate', '-m', 'second', '--keep', '--force', ...flags);
}

const kept = async () =>
  JSON.parse((await project.succeed('db:kept', '--json')).stdout).kept as readonly { name: string; object: string; rows: number }[];
const objects = async () => (await kept()).map(({ object, rows }) => `${object} ${rows}`);

const USERS = 'CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);';
const POSTS = 'CREATE TABLE posts (id int PRIMARY KEY, author int NOT NULL REFERENCES users, title text);';
const ROWS = `INSERT INTO users (name) VALUES ('Ada'), ('Grace'); INSERT INTO posts VALUES (1, 1, 'a'), (2, 2, 'b')`;

test('a dropped required column comes back with its values and its rule, also where rows were changed and removed since', async () => {
  await change({ from: USERS, rows: `INSERT INTO users (name) VALUES ('Ada'), ('Grace')`, to: USERS.replace(', name text NOT NULL', '') });
  assert.equal(await objects(), ['public.users.name 2']);
  const [{ comment } = { comment: '' }] = await project.query<{ comment: string }>(
    `SELECT obj_description('fastpyd_kept.k1_users_name'::regclass) AS comment`,
  );
  assert.match(comment, /^column public\.users\.name as it was before \d{14}_second was applied on 20/);
  await project.succeed('db:status', '--check');
  await project.query('DELETE FROM users WHERE id = 2');
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT id, name FROM users'), [{ id: 1, name: 'Ada' }]);
  assert.equal(await kept(), []);
});

test('rows that were added since get nothing where nothing is required, and stop the rollback whole where something is', async () => {
  const nullable = USERS.replace(' NOT NULL', '');
  await change({ from: nullable, rows: `INSERT INTO users (name) VALUES ('Ada')`, to: USERS.replace(', name text NOT NULL', '') });
  await project.query('INSERT INTO users DEFAULT VALUES');
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT name FROM users ORDER BY id'), [{ name: 'Ada' }, { name: null }]);
  await change({ from: USERS, rows: `INSERT INTO users (name) VALUES ('Ada')`, to: USERS.replace(', name text NOT NULL', '') });
  await project.query('INSERT INTO users DEFAULT VALUES');
  const { stderr } = await project.refused({ exit: 1, code: 'STATEMENT_FAILED' }, 'db:rollback');
  assert.match(stderr, 'putting public.users.name back failed: column "name" of relation "users" contains null values');
  assert.equal(await objects(), ['public.users.name 1']);
});

test('dropped tables come back before the keys between them, and their numbers go on', async () => {
  await change({ from: USERS + POSTS, rows: ROWS, to: 'CREATE TABLE other (id int);' });
  assert.equal((await objects()).toSorted(), ['public.posts 2', 'public.users 2']);
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT p.title, u.name FROM posts p JOIN users u ON u.id = p.author ORDER BY 1'), [
    { title: 'a', name: 'Ada' },
    { title: 'b', name: 'Grace' },
  ]);
  assert.equal(await project.query(`INSERT INTO users (name) VALUES ('Alan') RETURNING id`), [{ id: 3 }]);
  await project.succeed('db:status', '--json');
});

test('a table that others still point to comes back before their keys do', async () => {
  const alone = POSTS.replace(' REFERENCES users', '');
  await change({ from: USERS + POSTS, rows: ROWS, to: alone });
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT count(*)::int AS rows FROM users'), [{ rows: 2 }]);
});

test('of values that are cast only those are kept that read otherwise afterwards', async () => {
  const table = (type: string): string => `CREATE TABLE t (id int PRIMARY KEY, n ${type});`;
  await change({ from: table('numeric'), rows: 'INSERT INTO t VALUES (1, 1), (2, 2.5)', to: table('int') });
  assert.equal(await objects(), ['public.t.n 1']);
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT n::text FROM t ORDER BY id'), [{ n: '1' }, { n: '2.5' }]);
  await change({ from: table('int'), rows: 'INSERT INTO t VALUES (1, 1)', to: table('bigint') });
  assert.equal(await kept(), []);
});

test('a value that goes from an enum comes back to the rows that had it', async () => {
  const models = (values: string): string => `CREATE TYPE status AS ENUM (${values}); CREATE TABLE t (id int PRIMARY KEY, s status);`;
  const change3 = { from: models(`'new', 'gone'`), rows: `INSERT INTO t VALUES (1, 'new'), (2, 'gone')`, to: models(`'new'`) };
  await change(change3, '--map', 'public.status.gone=new');
  assert.equal(await objects(), ['public.t.s 1']);
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT s::text FROM t ORDER BY id'), [{ s: 'new' }, { s: 'gone' }]);
});

test('partitions go and come with their whole, and a child table keeps its own rows', async () => {
  const whole =
    'CREATE TABLE events (id int, at date) PARTITION BY RANGE (at); CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (MINVALUE) TO (MAXVALUE);';
  await change({ from: whole, rows: `INSERT INTO events VALUES (1, '2026-01-01')`, to: 'CREATE TABLE other (id int);' });
  assert.equal(await objects(), ['public.events 1']);
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT id FROM events_1'), [{ id: 1 }]);
  const parent = 'CREATE TABLE a (id int); CREATE TABLE b () INHERITS (a);';
  await change({ from: parent, rows: 'INSERT INTO a VALUES (1); INSERT INTO b VALUES (2)', to: 'CREATE TABLE other (id int);' });
  assert.equal((await objects()).toSorted(), ['public.a 1', 'public.b 1']);
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT id, tableoid::regclass::text AS t FROM a ORDER BY 1'), [
    { id: 1, t: 'a' },
    { id: 2, t: 'b' },
  ]);
});

test('values of a table without a key are refused before anything is changed', async () => {
  const table = (columns: string): string => `CREATE TABLE t (${columns});`;
  await project.reset({ 'schema.sql': table('a int, b int') });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query('INSERT INTO t VALUES (1, 2)');
  project.write('models/schema.sql', table('a int'));
  assert.match((await project.refused(REFUSED, 'db:migrate', '-m', 'second', '--keep', '--force')).stderr, 'public.t.b cannot be kept');
  assert.equal(await project.query('SELECT a, b FROM t'), [{ a: 1, b: 2 }]);
});

test('a column of a parent comes back into its own rows, also where those of a child table have the same keys', async () => {
  const family = (q: string): string =>
    `CREATE TABLE parent (id int PRIMARY KEY${q}); CREATE TABLE child (PRIMARY KEY (id)) INHERITS (parent);`;
  const rows = `INSERT INTO parent VALUES (1, 'parent'); INSERT INTO child VALUES (1, 'child')`;
  await change({ from: family(', q text'), rows, to: family('') });
  await project.succeed('db:rollback');
  assert.equal(await project.query('SELECT tableoid::regclass::text AS source, q FROM parent ORDER BY 1'), [
    { source: 'child', q: 'child' },
    { source: 'parent', q: 'parent' },
  ]);
});

test('what a rollback takes away is kept too, and comes back with the next migration', async () => {
  const change1 = { from: USERS, rows: 'SELECT 1', to: USERS.replace(');', ', bio text);') };
  await change(change1);
  await project.query(`INSERT INTO users (name, bio) VALUES ('Ada', 'counts')`);
  assert.match((await project.succeed('db:rollback', '--dry-run')).stderr, 'loses column public.users.bio with 1 value');
  const { stderr } = await project.succeed('db:rollback', '--keep');
  assert.match(stderr, /^Rolling back \w+_second takes away, and keeps a copy of, column public\.users\.bio with 1 value on /);
  assert.match(stderr, 'kept: column public.users.bio with 1 value');
  await project.succeed('db:migrate');
  assert.equal(await project.query('SELECT bio FROM users'), [{ bio: 'counts' }]);
});

test('a pending migration says how many rows it takes away, and whether a copy is kept', async () => {
  await project.query('DROP SCHEMA IF EXISTS fastpyd_kept CASCADE');
  await project.reset({ 'schema.sql': USERS });
  await project.succeed('db:migrate', '-m', 'first');
  project.write('models/schema.sql', USERS.replace(', name text NOT NULL', ''));
  await project.succeed('db:make', 'second');
  await project.query(`INSERT INTO users (name) VALUES ('Ada')`);
  const id = project.migrations()[1]?.replace('.ts', '');
  assert.match((await project.succeed('db:migrate')).stderr, `loses column public.users.name with 1 value (${id})`);
  await project.query(`DELETE FROM users`);
  await project.succeed('db:rollback');
  await project.query(`INSERT INTO users (name) VALUES ('Ada')`);
  const dry = await project.succeed('db:migrate', '--dry-run', '--keep');
  assert.match(dry.stderr, `keeps a copy of column public.users.name with 1 value (${id})`);
  await project.query(`ALTER TABLE users DROP CONSTRAINT users_pkey`);
  await project.refused(REFUSED, 'db:migrate', '--dry-run', '--keep');
  await project.query(`ALTER TABLE users ADD PRIMARY KEY (id)`);
  assert.match((await project.succeed('db:migrate', '--keep')).stderr, `keeps a copy of column public.users.name with 1 value (${id})`);
});

test('what is kept is named when everything is dropped', async () => {
  await change({ from: USERS, rows: `INSERT INTO users (name) VALUES ('Ada')`, to: 'CREATE TABLE other (id int);' });
  const { stderr } = await project.succeed('db:fresh', '--force');
  assert.match(
    stderr,
    /^Dropping everything that is managed, the kept copy of public\.users with 1 row on \S+ on \S+\nwarning: lost: the kept copy/,
  );
  assert.equal(await kept(), []);
});

test('a value whose migration was squashed does not come back into a later column of the same name', async () => {
  await change({ from: USERS, rows: `INSERT INTO users (name) VALUES ('Ada')`, to: USERS.replace(', name text NOT NULL', '') });
  await project.succeed('db:squash', 'all');
  await project.succeed('db:rollback', '--to', 'empty', '--force');
  await project.succeed('db:migrate');
  await project.query('INSERT INTO users DEFAULT VALUES');
  project.write('models/schema.sql', USERS.replace(' NOT NULL', ''));
  await project.succeed('db:make', 'again');
  await project.succeed('db:migrate');
  assert.equal(await project.query('SELECT name FROM users'), [{ name: null }]);
});

test('db:status names what is kept, db:kept lists it and drops it', async () => {
  await change({ from: USERS, rows: `INSERT INTO users (name) VALUES ('Ada')`, to: 'CREATE TABLE other (id int);' });
  assert.match((await project.succeed('db:status')).stdout, /Kept .*\n.*public\.users, 1 row/);
  const [{ name } = { name: '' }] = await kept();
  await project.refused({ exit: 64, code: 'USAGE' }, 'db:kept', '--drop', 'nothing');
  project.write('fastpyd.config.json', '{ "protected": true }');
  const { stderr } = await project.refused({ exit: 3, code: 'CONFIRMATION_NEEDED' }, 'db:kept', '--drop', 'all', '--force');
  assert.match(stderr, 'Dropping the copies of public.users with 1 row on ');
  project.write('fastpyd.config.json', '{}');
  await project.succeed('db:kept', '--drop', name);
  assert.match((await project.succeed('db:kept')).stdout, 'Nothing is kept');
  assert.equal(await project.query(`SELECT to_regclass('fastpyd_kept.${name}') AS there`), [{ there: null }]);
});

test.run();
