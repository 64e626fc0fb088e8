import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { StatusResult } from '../../src/protocol/methods.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const POSTS = 'CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL); CREATE VIEW titles AS SELECT title FROM posts;';
const MORE = `${POSTS} CREATE TABLE tags (id int);`;
const ANSWERS = { exit: 3, code: 'ANSWERS_NEEDED' };
const DRIFT = { exit: 7, code: 'DRIFT' };
const USAGE = { exit: 64, code: 'USAGE' };

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

/** A database that is as its one migration left it, with a row in its table. */
async function begin(): Promise<void> {
  project.write('fastpyd.config.json', '{}');
  await project.reset({ 'schema.sql': POSTS });
  await project.succeed('db:migrate', '-m', 'Create posts');
  await project.query(`INSERT INTO posts VALUES (1, 'Hello')`);
}

const ignore = (...entries: readonly { readonly object: string; readonly reason: string }[]): void =>
  project.write('fastpyd.config.json', JSON.stringify({ ignoreDrift: entries }));
const status = async (): Promise<StatusResult> => JSON.parse((await project.succeed('db:status', '--json')).stdout);
const columns = async () =>
  (
    await project.query<{ name: string }>(
      `SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 'posts'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY 1`,
    )
  ).map(({ name }) => name);

test('drift in the way is refused with the three ways out of it, as commands', async () => {
  await begin();
  await project.query('ALTER TABLE posts ADD COLUMN by_hand int');
  project.write('models/schema.sql', MORE);
  const { stderr } = await project.refused(DRIFT, 'db:migrate', '-m', "Add the author's tags");
  assert.match(stderr, `fastpy db:migrate -m 'Add the author'\\''s tags' --adopt`);
  assert.match(stderr, 'fastpy db:migrate --revert-drift');
  assert.match(stderr, '"ignoreDrift": [{"object":"column:public.posts.by_hand"');
  const dry = await project.refused(DRIFT, 'db:migrate', '-m', "Add the author's tags", '--dry-run');
  assert.is(dry.stderr, stderr, 'a dry run tells what would happen');
  assert.match((await project.succeed('db:migrate', '-m', 'Add tags', '--adopt', '--dry-run')).stdout, 'CREATE TABLE "public"."tags"');
});

test('a reversion keeps no copies, and says so instead of losing rows that were to be kept', async () => {
  const { stderr } = await project.refused(USAGE, 'db:migrate', '--revert-drift', '--keep', '--force');
  assert.match(stderr, '--revert-drift keeps nothing');
});

test('what nobody put a row into is reverted at once, and the migration can be made', async () => {
  const dry = await project.succeed('db:migrate', '--revert-drift', '--dry-run');
  assert.match(dry.stdout, 'ALTER TABLE "public"."posts" DROP COLUMN "by_hand";');
  assert.equal(await columns(), ['by_hand', 'id', 'title'], 'a dry run changes nothing');
  const { stdout } = await project.succeed('db:migrate', '--revert-drift');
  assert.match(stdout, 'Reverted the drift:\n  - column public.posts.by_hand');
  assert.equal(await columns(), ['id', 'title']);
  await project.succeed('db:migrate', '-m', 'Add tags');
  assert.equal(await project.query('SELECT title FROM posts'), [{ title: 'Hello' }]);
  const again = await project.succeed('db:migrate', '--revert-drift');
  assert.match(again.stdout, 'Nothing to revert');
});

test('reverting what is missing, different and new is one transaction that leaves what history says', async () => {
  await begin();
  await project.query(`DROP VIEW titles; ALTER TABLE posts ALTER COLUMN title DROP NOT NULL; CREATE INDEX by_hand ON posts (title)`);
  await project.succeed('db:migrate', '--revert-drift');
  assert.equal((await status()).drift, []);
  await project.succeed('db:status', '--check');
});

test('rows that a reversion would lose are asked for', async () => {
  await begin();
  await project.query(`ALTER TABLE posts ADD COLUMN by_hand int; UPDATE posts SET by_hand = 1`);
  const { stderr } = await project.refused(ANSWERS, 'db:migrate', '--revert-drift');
  assert.match(stderr, '--drop public.posts.by_hand');
  const dry = await project.succeed('db:migrate', '--revert-drift', '--dry-run');
  assert.match(dry.stdout, 'DROP COLUMN "by_hand"');
  assert.match(dry.stderr, /an answer is needed first: .*--drop public\.posts\.by_hand/);
  assert.equal(await columns(), ['by_hand', 'id', 'title']);
  await project.succeed('db:migrate', '--revert-drift', '--drop', 'public.posts.by_hand');
  assert.equal(await columns(), ['id', 'title']);
});

test('a column that was renamed by hand gets its name back with its rows', async () => {
  await begin();
  await project.query('ALTER TABLE posts RENAME COLUMN title TO headline');
  const { stderr } = await project.refused(ANSWERS, 'db:migrate', '--revert-drift');
  assert.match(stderr, '--rename public.posts.headline:title');
  await project.succeed('db:migrate', '--revert-drift', '--rename', 'public.posts.headline:title');
  assert.equal(await project.query('SELECT title FROM posts'), [{ title: 'Hello' }]);
  assert.equal((await status()).drift, []);
});

test('a reversion that fails in the database changes nothing', async () => {
  await begin();
  await project.query(`ALTER TABLE posts ALTER COLUMN title DROP NOT NULL; ALTER TABLE posts ADD COLUMN by_hand int;
    INSERT INTO posts VALUES (2, NULL)`);
  const { stderr } = await project.refused({ exit: 1, code: 'STATEMENT_FAILED' }, 'db:migrate', '--revert-drift');
  assert.match(stderr, 'contains null values');
  assert.equal(await columns(), ['by_hand', 'id', 'title']);
});

test('--revert-drift is done alone, and --adopt is not', async () => {
  await project.refused(USAGE, 'db:migrate', '--adopt');
  await project.refused(USAGE, 'db:migrate', '--revert-drift', '--adopt');
  await project.refused(USAGE, 'db:migrate', '--revert-drift', '-m', 'Add tags');
});

test('ignored drift is named with its reason, and is in nobody’s way', async () => {
  await begin();
  await project.query('CREATE TABLE audit_log (id serial PRIMARY KEY, at date); CREATE INDEX tuned ON posts (title)');
  ignore(
    { object: 'public.audit_*', reason: 'the audit tool makes them' },
    { object: 'index:public.posts.*', reason: 'tuned in production' },
  );
  const { drift, ignoredDrift, warnings } = await status();
  assert.equal(drift, []);
  assert.equal(
    ignoredDrift.map(({ action, kind, name, reason }) => `${action} ${kind} ${name}: ${reason}`),
    ['create index public.tuned: tuned in production', 'create table public.audit_log: the audit tool makes them'],
  );
  assert.equal(warnings, []);
  assert.match((await project.succeed('db:status', '--check')).stdout, '+ index public.tuned  tuned in production');
  const diff = await project.succeed('db:diff', '--drift');
  assert.match(diff.stdout, 'No drift');
  assert.match(diff.stdout, '+ table public.audit_log  the audit tool makes them');
  project.write('models/schema.sql', MORE);
  await project.succeed('db:migrate', '-m', 'Add tags');
});

test('what is ignored is neither reverted nor adopted with the rest', async () => {
  await project.query('CREATE TABLE by_hand (id int)');
  await project.succeed('db:migrate', '--revert-drift');
  assert.equal((await status()).ignoredDrift.length, 2);
  await project.query('ALTER TABLE posts ADD COLUMN by_hand int');
  await project.succeed('db:migrate', '-m', 'Keep it', '--adopt', '--drop', 'public.posts.by_hand');
  const [adopted] = project.migrations().filter((file) => file.endsWith('adopt_drift.ts'));
  assert.ok(adopted);
  assert.not.match(readFileSync(project.path('migrations', adopted ?? ''), 'utf8'), /audit_log|tuned/);
  assert.equal((await status()).ignoredDrift.length, 2);
});

test('an entry that matches nothing is a warning, and one without a reason an error', async () => {
  await begin();
  ignore({ object: 'public.nothing_*', reason: 'once there was something' });
  assert.match((await status()).warnings.join('\n'), '"public.nothing_*" of "ignoreDrift" matches nothing');
  project.write('fastpyd.config.json', '{ "ignoreDrift": [{ "object": "public.audit_*" }] }');
  const { stderr } = await project.refused({ exit: 64, code: 'CONFIG_INVALID' }, 'db:status');
  assert.match(stderr, '"reason"');
});

test('an INVALID index is drift that --sql tells too, and that the settings can let stand', async () => {
  project.write('fastpyd.config.json', '{}');
  await project.reset({ 'schema.sql': 'CREATE TABLE posts (id int PRIMARY KEY, title text); CREATE INDEX by_title ON posts (title);' });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_title'::regclass`);
  assert.match((await project.succeed('db:diff', '--drift')).stdout, '~ index public.by_title');
  assert.match((await project.succeed('db:diff', '--drift', '--sql')).stdout, '-- index "public"."by_title" is there and INVALID');
  const warning = 'warning: index "public"."by_title" is INVALID';
  assert.match((await project.succeed('db:migrate')).stderr, warning);
  ignore({ object: 'index:public.posts.*', reason: 'the DBA builds it at night' });
  assert.not.match((await project.succeed('db:migrate')).stderr, warning);
  assert.match((await project.succeed('db:diff', '--drift', '--sql')).stdout, '-- nothing to change');
});

test('the triggers behind a foreign key that somebody switched off are drift, and are switched on again', async () => {
  project.write('fastpyd.config.json', '{}');
  await project.reset({ 'schema.sql': `${POSTS} CREATE TABLE notes (post int CONSTRAINT notes_post REFERENCES posts);` });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query('ALTER TABLE posts DISABLE TRIGGER ALL');
  assert.match((await project.succeed('db:diff', '--drift')).stdout, 'internal triggers public.posts of notes_post');
  await project.succeed('db:migrate', '--revert-drift');
  assert.equal(await project.query(`SELECT count(*)::int FROM pg_trigger WHERE tgenabled <> 'O'`), [{ count: 0 }]);
  await project.query('ALTER TABLE notes DISABLE TRIGGER ALL');
  project.write('models/schema.sql', '');
  await project.succeed('db:pull', '--force');
  await project.succeed('db:migrate', '-m', 'keep it', '--adopt');
  await project.succeed('db:status', '--check');
});

test.run();
