/** Rows that a new rule would refuse are found before anything is written. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const BEFORE = 'CREATE TABLE users (id int PRIMARY KEY); CREATE TABLE posts (id int PRIMARY KEY, author int, title text, slug text);';
const AFTER = `CREATE TABLE users (id int PRIMARY KEY);
  CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES users, title text NOT NULL CHECK (title <> ''), slug text UNIQUE);
  CREATE UNIQUE INDEX by_title ON posts (lower(title)) WHERE id > 1;`;

let project: CliProject;

test.before(async () => {
  project = await cliProject({ files: { 'models/schema.sql': BEFORE } });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(
    `INSERT INTO users VALUES (1); INSERT INTO posts VALUES (1, 1, '', 'a'), (2, 7, NULL, 'a'), (3, NULL, 'X', 'a'), (4, 1, 'x', NULL)`,
  );
  project.write('models/schema.sql', AFTER);
});
test.after(() => project.end());

test('db:migrate -m names each rule with the number of rows and some of them, and writes nothing', async () => {
  const { stderr } = await project.refused({ exit: 1, code: 'ROWS_IN_THE_WAY' }, 'db:migrate', '-m', 'second');
  for (const said of [
    'column public.posts.title would be violated by 1 row or value, e.g. (2,7,,a)',
    'constraint public.posts.posts_title_check would be violated by 1 row or value, e.g. (1,1,"",a)',
    'constraint public.posts.posts_slug_key would be violated by 1 row or value, e.g. (a) 3 times',
    'constraint public.posts.posts_author_fkey would be violated by 1 row or value, e.g. (7)',
    'index public.by_title would be violated by 1 row or value, e.g. (x) 2 times',
  ])
    assert.match(stderr, said);
  assert.is(project.migrations().length, 1);
});

test('db:make warns, since rows can be corrected before it runs', async () => {
  const { stderr } = await project.succeed('db:make', 'second');
  assert.match(stderr, 'posts_author_fkey would be violated by 1 row');
  await project.query(
    `UPDATE posts SET author = 1 WHERE author = 7; UPDATE posts SET title = 'y' || id WHERE title IS NULL OR title = '' OR id = 4; UPDATE posts SET slug = id::text`,
  );
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
});

test.run();
