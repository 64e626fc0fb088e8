import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DiffResult } from '../../src/protocol/methods.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const ASKED = { exit: 3, code: 'ANSWERS_NEEDED' };

let project: CliProject;
test.before(async () => {
  project = await cliProject({ files: { 'fastpyd.config.json': '{ "schemas": ["public", "archive"] }' } });
});
test.after(() => project.end());

/** Begins a story from this schema, applied, with these rows in it, and goes on with another. */
async function story(schema: string, rows: string, then: string): Promise<void> {
  await project.reset({ 'schema.sql': schema });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(rows);
  project.write('models/schema.sql', then);
}

const migrate = (...flags: readonly string[]) => project.succeed('db:migrate', '-m', 'second', ...flags);
const written = (): string => readFileSync(project.path(`migrations/${project.migrations().at(-1)}`), 'utf8');

/** Up did what was wanted, and down leads back to where rows are again as they were. */
async function comesBack(query: string): Promise<void> {
  await project.succeed('db:status', '--check');
  const rows = await project.query(query);
  await project.succeed('db:rollback');
  await project.succeed('db:migrate');
  assert.equal(await project.query(query), rows);
  await project.succeed('db:status', '--check');
}

const POSTS = `CREATE TABLE posts (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n serial, title text);
  CREATE INDEX ON posts (title); CREATE VIEW titles AS SELECT title FROM posts;
  CREATE TABLE notes (post int REFERENCES posts);`;
const MOVED = `CREATE SCHEMA archive; ${POSTS.replace('TABLE posts', 'TABLE archive.posts')
  .replace('ON posts', 'ON archive.posts')
  .replace('FROM posts', 'FROM archive.posts')
  .replace('REFERENCES posts', 'REFERENCES archive.posts')}`;

test('a table with rows that is gone and is in another schema is asked, and --rename moves it with its key, its sequences and what depends on it', async () => {
  await story(POSTS, `INSERT INTO posts (title) VALUES ('a'), ('b')`, MOVED);
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, 'table public.posts (2 rows) renamed to archive.posts');
  assert.match(stderr, 'same name');
  assert.match(stderr, '--rename public.posts:archive.posts');
  await migrate('--rename', 'public.posts:archive.posts');
  assert.match(written(), 'ALTER TABLE "public"."posts" SET SCHEMA "archive"');
  assert.not.match(written(), 'DROP TABLE');
  assert.match(written(), '// table public.posts was renamed to archive.posts (--rename public.posts:archive.posts)');
  await project.query(`INSERT INTO archive.posts (title) VALUES ('c')`);
  assert.equal(await project.query('SELECT id, n FROM archive.posts ORDER BY id'), [
    { id: 1, n: 1 },
    { id: 2, n: 2 },
    { id: 3, n: 3 },
  ]);
  await comesBack('SELECT * FROM titles');
});

test('a model says where something was, in SQL, and says it on without effect', async () => {
  await story(
    POSTS,
    `INSERT INTO posts (title) VALUES ('a')`,
    MOVED.replace('CREATE TABLE archive', '\n-- @renamed from=public.posts\nCREATE TABLE archive'),
  );
  await migrate();
  assert.match(written(), 'was renamed to archive.posts (stated in models/schema.sql:2)');
  assert.equal(await project.query('SELECT title FROM archive.posts'), [{ title: 'a' }]);
  assert.match((await project.succeed('db:migrate', '-m', 'third')).stdout, 'nothing to make');
  await project.succeed('db:rollback');
  assert.equal(await project.query(`SELECT title, to_regnamespace('archive')::text AS archive FROM posts`), [
    { title: 'a', archive: null },
  ]);
});

test('a model says where something was, in TypeScript', async () => {
  const model = (schema: string, then: string): string => `
    import { column, enumType, schema, table } from 'fastpyd/model';
    export const Archive = schema('archive');
    export const Status = enumType({ schema: '${schema}', name: 'status' }, ['draft'])${then.replace('X', 'status')};
    export const Post = table({ schema: '${schema}', name: 'posts' }, { id: column.integer(), status: column.enum(Status) })${then.replace('X', 'posts')};`;
  await project.reset({ 'post.ts': model('public', '') });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(`INSERT INTO posts VALUES (1, 'draft')`);
  project.write('models/post.ts', model('archive', `.renamedFrom('public.X')`));
  await migrate();
  assert.equal(await project.query('SELECT * FROM archive.posts'), [{ id: 1, status: 'draft' }]);
  await project.succeed('db:status', '--check');
});

test('another schema and another name at once are two statements, whatever is called so already', async () => {
  const other = 'CREATE SCHEMA archive; CREATE TABLE archive.posts (other int);';
  await story(
    `CREATE TABLE posts (id int, title text); ${other}`,
    `INSERT INTO posts VALUES (1, 'a')`,
    `CREATE TABLE archive.old (id int, title text); ${other}`,
  );
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, '--rename public.posts:archive.old');
  await migrate('--rename', 'public.posts:archive.old');
  assert.equal(await project.query('SELECT * FROM archive.old'), [{ id: 1, title: 'a' }]);
  await comesBack('SELECT * FROM archive.old');
});

test('types, domains, functions, sequences and views are moved without a question where nothing but the schema differs', async () => {
  const schema = (place: string): string => `CREATE SCHEMA archive;
    CREATE TYPE ${place}.status AS ENUM ('a', 'b');
    CREATE TYPE ${place}.pair AS (x int, y text);
    CREATE DOMAIN ${place}.positive AS int CHECK (VALUE > 0);
    CREATE SEQUENCE ${place}.numbers;
    CREATE FUNCTION ${place}.f(a int) RETURNS int LANGUAGE sql AS 'SELECT a';
    CREATE FUNCTION ${place}.g(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1';
    CREATE TABLE posts (id ${place}.positive, status ${place}.status, pair ${place}.pair);
    CREATE VIEW ${place}.ids AS SELECT id FROM posts;
    CREATE MATERIALIZED VIEW ${place}.kept AS SELECT status FROM posts;`;
  await story(schema('public'), `INSERT INTO posts VALUES (1, 'a', (1, 'x'))`, schema('archive'));
  await project.query(`SELECT nextval('numbers')`);
  const { stdout } = await project.succeed('db:diff', '--json');
  const { suggestion } = JSON.parse(stdout) as DiffResult;
  assert.equal([...new Set(suggestion?.changes.map(({ action }) => action))], ['rename']);
  assert.ok(suggestion?.up.every((statement) => statement.includes(' SET SCHEMA ')));
  await migrate();
  assert.match(written(), '// view public.ids was renamed to archive.ids (nothing but its schema differs)');
  assert.equal(await project.query(`SELECT nextval('archive.numbers')::int`), [{ nextval: 2 }]);
  await comesBack('SELECT * FROM archive.ids');
});

test('a moved table and its columns change their names by flags, under the old or the new place', async () => {
  for (const column of ['public.posts.title', 'archive.posts.title']) {
    await story(
      'CREATE TABLE posts (id int, title text);',
      `INSERT INTO posts VALUES (1, 'a')`,
      'CREATE SCHEMA archive; CREATE TABLE archive.posts (id int, headline text);',
    );
    await migrate('--rename', 'public.posts:archive.posts', '--rename', `${column}:headline`);
    assert.equal(await project.query('SELECT headline FROM archive.posts'), [{ headline: 'a' }]);
  }
});

test('tables of two schemas change places', async () => {
  const schema = (one: string, other: string): string =>
    `CREATE SCHEMA archive; CREATE TABLE ${one}.posts (a int); CREATE TABLE ${other}.posts (b text);`;
  await story(schema('public', 'archive'), 'INSERT INTO posts VALUES (1)', schema('archive', 'public'));
  await migrate('--rename', 'public.posts:archive.posts', '--rename', 'archive.posts:public.posts');
  assert.equal(await project.query('SELECT a FROM archive.posts'), [{ a: 1 }]);
  await comesBack('SELECT a FROM archive.posts');
});

test('what is left of a schema that goes is moved out of it before', async () => {
  const rest = 'CREATE SCHEMA archive; CREATE TABLE archive.posts (id int, title text);';
  await story(rest, `INSERT INTO archive.posts VALUES (1, 'a')`, 'CREATE TABLE posts (id int, title text);');
  await migrate('--rename', 'archive.posts:public.posts');
  assert.match(written(), 'DROP SCHEMA "archive"');
  await comesBack('SELECT * FROM posts');
});

test.run();
