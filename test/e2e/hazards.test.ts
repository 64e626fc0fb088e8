/** What a migration would do to others, said and consented to by name. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const POSTS = 'CREATE TABLE posts (id int PRIMARY KEY, title text);';
const INDEXED = `${POSTS} CREATE INDEX by_title ON posts (title);`;
const ASKED = { exit: 3, code: 'ANSWERS_NEEDED' };

let project: CliProject;

test.before.each(async () => {
  project = await cliProject({ files: { 'models/posts.sql': POSTS } });
  await project.succeed('db:migrate', '-m', 'posts');
});
test.after.each(() => project.end());

const rows = () => project.query("INSERT INTO posts SELECT i, 'a' FROM generate_series(1, 1000) i");
const protect = () => project.write('fastpyd.config.json', '{ "protected": true, "safe": false }');

test('in development an index on a table with rows is built without a question, and a dry run says what it would do to others', async () => {
  await rows();
  project.write('models/posts.sql', INDEXED);
  const { stderr } = await project.succeed('db:migrate', '-m', 'index', '--dry-run');
  assert.match(stderr, /\(new\): INDEX_BLOCKS_WRITES public\.posts \(\d+ kB.*Nothing can be written to the table while the index is built/);
  await project.succeed('db:migrate', '-m', 'index');
});

test('in a protected database it needs consent by its name, and nothing was written before', async () => {
  await rows();
  protect();
  project.write('models/posts.sql', INDEXED);
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'index', '--force');
  assert.match(stderr, '--allow INDEX_BLOCKS_WRITES');
  assert.match(stderr, 'CONCURRENTLY');
  assert.is(project.migrations().length, 1);
  await project.refused(ASKED, 'db:migrate', '-m', 'index', '--allow', 'TABLE_DROPPED');
  await project.succeed('db:migrate', '-m', 'index', '--allow', 'INDEX_BLOCKS_WRITES');
  await project.succeed('db:status', '--check');
});

test('a pending migration needs it too, and a reason in a comment of it is consent', async () => {
  await rows();
  project.write('models/posts.sql', INDEXED);
  await project.succeed('db:make', 'index');
  protect();
  await project.refused(ASKED, 'db:migrate');
  const [, file = ''] = project.migrations();
  const text = readFileSync(project.path('migrations', file), 'utf8');
  project.write(`migrations/${file}`, text.replace('CREATE INDEX', '-- @allow INDEX_BLOCKS_WRITES: a thousand rows\n      CREATE INDEX'));
  await project.succeed('db:migrate');
});

test('nobody waits for a table without rows', async () => {
  protect();
  project.write('models/posts.sql', INDEXED);
  await project.succeed('db:migrate', '-m', 'index');
});

test('a loss and a hazard are asked for together', async () => {
  await rows();
  protect();
  project.write('models/posts.sql', 'CREATE TABLE posts (id int PRIMARY KEY, note text CHECK (note <> $$$$));');
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'other');
  for (const flag of ['--drop public.posts.title', '--allow CHECK_BLOCKS_QUERIES']) assert.match(stderr, flag);
});

test.run();
