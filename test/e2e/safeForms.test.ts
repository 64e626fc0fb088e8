/** Migrations in their safe form, from the command line to rows that others write meanwhile. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const POSTS = 'CREATE TABLE posts (id int, title text);';
const BETTER =
  "CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL CHECK (title <> ''), token uuid NOT NULL DEFAULT gen_random_uuid());";
const INDEXED = `${BETTER} CREATE INDEX by_title ON posts (title);`;

let project: CliProject;

test.before.each(async () => {
  project = await cliProject({ files: { 'models/posts.sql': POSTS } });
  await project.succeed('db:migrate', '-m', 'posts');
  await project.query("INSERT INTO posts SELECT i, 'a' FROM generate_series(1, 1000) i");
});
test.after.each(() => project.end());

const newest = (): string => readFileSync(project.path(`migrations/${project.migrations().at(-1)}`), 'utf8');

test('--safe makes a migration without a transaction, which is applied, verified and rolled back', async () => {
  project.write('models/posts.sql', INDEXED);
  await project.succeed('db:migrate', '-m', 'better', '--safe');
  const text = newest();
  for (const part of ['transaction: false', 'NOT VALID', 'VALIDATE CONSTRAINT', 'INDEX CONCURRENTLY by_title', 'USING INDEX', 'COMMIT;'])
    assert.match(text, part);
  await project.succeed('db:status', '--check');
  const [filled] = await project.query<{ tokens: number }>('SELECT count(DISTINCT token)::int AS tokens FROM posts');
  assert.is(filled?.tokens, 1000);
  assert.match((await project.succeed('db:verify')).stdout, 'better');
  await project.succeed('db:rollback', '--force');
  const status = JSON.parse((await project.succeed('db:status', '--json')).stdout) as { drift: unknown[]; pending: unknown[] };
  assert.equal([status.drift, status.pending.length], [[], 1]);
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
});

test('rows are not filled where a trigger would notice: it could change more, or keep the row as it was', async () => {
  const guarded = (type: string): string => `CREATE TABLE posts (id int, title text, touched int); CREATE TABLE fixed (id int, n ${type});
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.touched := 1; RETURN NEW; END';
    CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER touching BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE TRIGGER keeping BEFORE UPDATE ON fixed FOR EACH ROW EXECUTE FUNCTION keep();`;
  project.write('models/posts.sql', guarded('int'));
  await project.succeed('db:migrate', '-m', 'guards');
  await project.query('INSERT INTO fixed VALUES (1, 5)');
  project.write('models/posts.sql', guarded('bigint').replace('touched int', 'touched int, token uuid NOT NULL DEFAULT gen_random_uuid()'));
  await project.succeed('db:migrate', '-m', 'better', '--safe');
  assert.equal(await project.query('SELECT n::int AS n FROM fixed'), [{ n: 5 }]);
  assert.equal(await project.query('SELECT count(touched)::int AS touched, count(DISTINCT token)::int AS tokens FROM posts'), [
    { touched: 0, tokens: 1000 },
  ]);
  await project.succeed('db:status', '--check');
});

test('the rows that are there are numbered from 1 on', async () => {
  project.write('models/posts.sql', 'CREATE TABLE posts (id int, title text, number int GENERATED ALWAYS AS IDENTITY);');
  await project.succeed('db:migrate', '-m', 'number', '--safe');
  assert.match(newest(), 'posts_number_counter');
  assert.equal(await project.query('SELECT min(number) AS min, max(number) AS max FROM posts'), [{ min: 1, max: 1000 }]);
});

/** A migration that ends in its middle, since its unique index meets rows that are alike. */
async function halfApply(): Promise<void> {
  project.write('models/posts.sql', 'CREATE TABLE posts (id bigint, title text UNIQUE);');
  await project.succeed('db:make', 'unique titles', '--safe');
  await project.refused({ exit: 1, code: 'STATEMENT_FAILED' }, 'db:migrate');
}

const idType = async (): Promise<string | undefined> =>
  (
    await project.query<{ type: string }>(
      "SELECT format_type(atttypid, NULL) AS type FROM pg_attribute WHERE attrelid = 'posts'::regclass AND attname = 'id'",
    )
  )[0]?.type;

test('a migration that is half applied is named, and nothing below it is rolled back', async () => {
  await halfApply();
  assert.match((await project.succeed('db:status')).stderr, 'is half applied: ');
  const { stderr } = await project.refused({ exit: 7, code: 'HISTORY_CONFLICT' }, 'db:rollback', '--force');
  assert.match(stderr, 'unique_titles is half applied');
  for (const command of [
    ['db:rollback', '--dry-run'],
    ['db:migrate', '-m', 'more', '--dry-run'],
  ])
    await project.refused({ exit: 7, code: 'HISTORY_CONFLICT' }, ...command);
  await project.query('UPDATE posts SET title = id');
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
  await project.succeed('db:rollback', '--force');
});

test('what ran of a migration that is half applied is reverted as drift, and runs again', async () => {
  await halfApply();
  assert.is(await idType(), 'bigint');
  assert.match((await project.succeed('db:migrate', '--revert-drift', '--force')).stderr, 'it begins with its first step the next time');
  assert.is(await idType(), 'integer');
  assert.not.match((await project.succeed('db:status')).stderr, 'half applied');
  await project.query('UPDATE posts SET title = id');
  await project.succeed('db:migrate');
  assert.is(await idType(), 'bigint');
  await project.succeed('db:status', '--check');
});

test('a migration that is half rolled back is named, and nothing is applied above it', async () => {
  await halfApply();
  await project.query('UPDATE posts SET title = id');
  await project.succeed('db:migrate');
  await project.query('UPDATE posts SET id = 3000000000 WHERE id = 1000');
  await project.refused({ exit: 1, code: 'STATEMENT_FAILED' }, 'db:rollback', '--force');
  project.write('models/posts.sql', 'CREATE TABLE posts (id bigint, title text UNIQUE, body text);');
  const { stderr } = await project.refused({ exit: 7, code: 'HISTORY_CONFLICT' }, 'db:migrate', '-m', 'body');
  assert.match(stderr, 'unique_titles is half rolled back');
  project.write('models/posts.sql', 'CREATE TABLE posts (id bigint, title text UNIQUE);');
  await project.refused({ exit: 7, code: 'HISTORY_CONFLICT' }, 'db:migrate', '--force');
  await project.query('UPDATE posts SET id = 1000 WHERE id = 3000000000');
  await project.succeed('db:rollback', '--force');
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
});

test('in development a migration is plain unless the settings say otherwise', async () => {
  project.write('models/posts.sql', INDEXED);
  await project.succeed('db:make', 'plain');
  assert.not.match(newest(), 'transaction: false');
  await project.query('SELECT 1');
  project.write('fastpyd.config.json', '{ "safe": true }');
  project.write('models/posts.sql', `${INDEXED} CREATE INDEX by_id ON posts (id, title);`);
  await project.succeed('db:make', 'safe');
  assert.match(newest(), 'CREATE INDEX CONCURRENTLY by_id');
  await project.succeed('db:migrate');
});

test('where the database is protected, a migration is safe by itself and needs no consent, and plain on request', async () => {
  project.write('fastpyd.config.json', '{ "protected": true }');
  project.write('models/posts.sql', INDEXED);
  const { stderr } = await project.refused({ exit: 3, code: 'ANSWERS_NEEDED' }, 'db:migrate', '-m', 'plain', '--no-safe');
  assert.match(stderr, '--allow INDEX_BLOCKS_WRITES');
  await project.succeed('db:migrate', '-m', 'safe');
  assert.match(newest(), 'CREATE INDEX CONCURRENTLY by_title');
  await project.succeed('db:status', '--check');
});

test('what has no safe form stays in one transaction', async () => {
  project.write('models/posts.sql', `${POSTS} CREATE VIEW titles AS SELECT title FROM posts;`);
  await project.succeed('db:make', 'view', '--safe');
  assert.not.match(newest(), 'transaction: false');
});

test('a dry run says what each statement locks and rewrites, of what is pending and of what would be made', async () => {
  project.write('models/posts.sql', INDEXED);
  const make = await project.succeed('db:make', '--dry-run', 'better');
  assert.match(make.stdout, /-- SHARE on public\.posts\nCREATE INDEX by_title/);
  assert.match(make.stdout, /-- ACCESS EXCLUSIVE on public\.posts; rewrites public\.posts\nALTER TABLE .* ADD COLUMN "token"/);
  assert.is(project.migrations().length, 1);
  const safe = await project.succeed('db:migrate', '-m', 'better', '--safe', '--dry-run');
  assert.match(safe.stdout, /-- SHARE UPDATE EXCLUSIVE on public\.posts\nCREATE INDEX CONCURRENTLY by_title/);
  assert.match(safe.stdout, /-- ends its transactions by itself; its locks were not seen\nDO /);
  await project.succeed('db:make', 'better');
  const { dryRun } = JSON.parse((await project.succeed('db:migrate', '--dry-run', '--json')).stdout);
  assert.is(dryRun[0].observed.length, dryRun[0].statements.length);
  assert.match((await project.succeed('db:migrate', '--dry-run')).stdout, '-- SHARE on public.posts');
});

test.run();
