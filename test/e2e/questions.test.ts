import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const POSTS = 'CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL, body text, note text);';
const ROWS = `INSERT INTO posts VALUES (1, 'a', 'b'), (2, 'c', NULL)`;
const ASKED = { exit: 3, code: 'ANSWERS_NEEDED' };

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

/** Begins a story from this schema, applied, with these rows in it. */
async function begin(schema: string, rows: string): Promise<void> {
  await project.reset({ 'schema.sql': schema });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(rows);
}

const become = (schema: string): void => project.write('models/schema.sql', schema);
const migrate = (...flags: readonly string[]) => project.succeed('db:migrate', '-m', 'second', ...flags);

const state = async () => ({
  files: project.migrations(),
  ledger: await project.query('SELECT * FROM fastpyd.migrations'),
  rows: await project.query('SELECT * FROM posts'),
});

/** The command is refused with these flags to add, and neither a file nor the database has changed. */
async function asks(flags: readonly string[], ...args: readonly string[]): Promise<string> {
  const before = await state();
  const { stderr } = await project.refused(ASKED, ...args);
  for (const flag of flags) assert.match(stderr, flag);
  assert.equal(await state(), before);
  return stderr;
}

test('dropping a column with values is asked with their number, and --drop answers', async () => {
  await begin(POSTS, ROWS);
  become('CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL, note text);');
  for (const command of ['db:make second', 'db:migrate -m second'])
    assert.match(await asks(['--drop public.posts.body'], ...command.split(' ')), 'public.posts.body with 1 value');
  for (const command of ['db:make second --dry-run', 'db:migrate -m second --dry-run', 'db:diff --sql']) {
    const { stdout, stderr } = await project.succeed(...command.split(' '));
    assert.match(stdout, 'DROP COLUMN "body"');
    assert.match(stderr, /an answer is needed first: .*public\.posts\.body with 1 value.* \(.*--drop public\.posts\.body.*\)/);
  }
  await migrate('--drop', 'public.posts.body');
  assert.equal(await project.query('SELECT * FROM posts ORDER BY id'), [
    { id: 1, title: 'a', note: null },
    { id: 2, title: 'c', note: null },
  ]);
});

test('of a partitioned table that goes, the rows are asked for whose partitions go, and the others stay', async () => {
  const part = (name: string, year: number): string =>
    `CREATE TABLE ${name} PARTITION OF logs FOR VALUES FROM ('${year}-01-01') TO ('${year + 1}-01-01');`;
  const logs = (by: string): string => `CREATE TABLE logs (day date, what text) PARTITION BY ${by};`;
  const rows = `INSERT INTO logs VALUES ('2026-02-01', 'a'), ('2026-03-01', 'b'), ('2027-02-01', 'c')`;
  await begin(`${POSTS}${logs('RANGE (day)')}${part('logs_26', 2026)}${part('logs_27', 2027)}`, rows);
  become(`${POSTS}${logs('RANGE (day, what)')}CREATE TABLE logs_26 PARTITION OF logs DEFAULT;`);
  const asked = await asks(['--drop public.logs_27'], 'db:make', 'second');
  assert.match(asked, 'public.logs_27 with 1 row?');
  assert.not.match(asked, '--drop public.logs\n');
  await migrate('--drop', 'public.logs_27');
  assert.equal(await project.query('SELECT what FROM logs ORDER BY what'), [{ what: 'a' }, { what: 'b' }]);
});

test('what is dropped from a renamed table is counted where its rows are, under the old name', async () => {
  await begin(POSTS, ROWS);
  become(
    '-- @renamed from=posts\nCREATE TABLE articles (id int PRIMARY KEY, title text NOT NULL, body text, note text, slug text NOT NULL);',
  );
  await asks(['--default public.articles.slug=EXPR'], 'db:make', 'second');
  become('-- @renamed from=posts\nCREATE TABLE articles (id int PRIMARY KEY, title text NOT NULL, note text);');
  assert.match(await asks(['--drop public.articles.body'], 'db:make', 'second'), 'public.articles.body with 1 value');
});

test('what is dropped behind a pending rename is counted, and asked, too', async () => {
  await begin(POSTS, ROWS);
  become('-- @renamed from=posts\nCREATE TABLE articles (id int PRIMARY KEY, title text NOT NULL, body text, note text);');
  await project.succeed('db:make', 'second');
  become('CREATE TABLE articles (id int PRIMARY KEY, title text NOT NULL, note text);');
  await asks(['--drop public.articles.body'], 'db:make', 'third');
  become('CREATE TABLE other (name text);');
  await asks(['--drop public.articles'], 'db:make', 'third');
});

test('dropping a column that holds nothing is not asked in development', async () => {
  await begin(POSTS, ROWS);
  become('CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL, body text);');
  await migrate();
  await project.succeed('db:status', '--check');
});

test('dropping a table is asked when it has rows, and not when it has none', async () => {
  await begin(`${POSTS} CREATE TABLE old (id int); CREATE TABLE empty (id int);`, `${ROWS}; `.replace('; ', ''));
  await project.query('INSERT INTO old VALUES (1), (2), (3)');
  become(POSTS);
  const stderr = await asks(['--drop public.old'], 'db:migrate', '-m', 'second');
  assert.match(stderr, 'table public.old with 3 rows');
  assert.not.match(stderr, 'public.empty');
  await migrate('--drop', 'public.old');
  assert.equal(await project.query(`SELECT to_regclass('public.old') AS old, to_regclass('public.empty') AS empty`), [
    { old: null, empty: null },
  ]);
});

test('--force accepts the losses, naming each and the --rename that would have kept its data', async () => {
  await begin(POSTS, ROWS);
  become('CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL, content text);');
  await asks(['--rename public.posts.body:content', '--drop public.posts.body'], 'db:migrate', '-m', 'second');
  const { stderr } = await migrate('--force');
  assert.match(stderr, 'public.posts.body');
  assert.match(stderr, '--rename public.posts.body:content');
  assert.equal(await project.query('SELECT * FROM posts WHERE id = 1'), [{ id: 1, title: 'a', content: null }]);
});

test('--rename keeps the data of a column, and so does rolling back', async () => {
  await begin(POSTS, ROWS);
  become('CREATE TABLE posts (id int PRIMARY KEY, headline text NOT NULL, body text, note text);');
  await asks(['--rename public.posts.title:headline'], 'db:make', 'second');
  await migrate('--rename', 'public.posts.title:headline');
  assert.equal(await project.query('SELECT headline FROM posts ORDER BY id'), [{ headline: 'a' }, { headline: 'c' }]);
  const { stderr } = await project.succeed('db:rollback');
  assert.not.match(stderr, 'lost', 'nothing is lost by renaming back');
  assert.equal(await project.query('SELECT title FROM posts ORDER BY id'), [{ title: 'a' }, { title: 'c' }]);
});

test('--rename keeps the rows of a table', async () => {
  await begin(POSTS, ROWS);
  become(POSTS.replace('TABLE posts', 'TABLE articles'));
  await asks(['--rename public.posts:articles'], 'db:migrate', '-m', 'second');
  await migrate('--rename', 'public.posts:articles');
  assert.equal(await project.query('SELECT count(*)::int AS rows FROM articles'), [{ rows: 2 }]);
  await project.succeed('db:status', '--check');
});

test('names with dots, blanks and quotes, and a column that is called as its type, are renamed by the very flags that are printed', async () => {
  await begin(
    'CREATE TABLE posts (id int PRIMARY KEY, "a.b" text, "it\'s" int, date date);',
    `INSERT INTO posts VALUES (1, 'a', 2, '2026-01-02')`,
  );
  become('CREATE TABLE posts (id int PRIMARY KEY, "c.d" text, "is t" int, day date);');
  const flags = ['--rename public.posts.a.b:c.d', `--rename 'public.posts.it'\\''s:is t'`, '--rename public.posts.date:day'];
  await asks(flags, 'db:migrate', '-m', 'second');
  await migrate('--rename', 'public.posts.a.b:c.d', '--rename', "public.posts.it's:is t", '--rename', 'public.posts.date:day');
  assert.equal(await project.query('SELECT "c.d", "is t", day::text FROM posts'), [{ 'c.d': 'a', 'is t': 2, day: '2026-01-02' }]);
  await project.succeed('db:status', '--check');
});

test('a --rename that does not fit is refused with 64', async () => {
  await begin(POSTS, ROWS);
  await project.refused({ exit: 64, code: 'USAGE' }, 'db:migrate', '-m', 'second', '--rename', 'public.posts.titel:headline');
  await project.refused({ exit: 64, code: 'USAGE' }, 'db:migrate', '-m', 'second', '--rename', 'title');
});

test('a new required column of a table with rows asks for a value, which --default gives and --force does not', async () => {
  await begin(POSTS, ROWS);
  become(POSTS.replace('body text', 'body text, slug text NOT NULL'));
  assert.match(await asks(['--default public.posts.slug=EXPR'], 'db:migrate', '-m', 'second'), '2 rows');
  assert.not.match(await asks(['--default public.posts.slug=EXPR'], 'db:migrate', '-m', 'second', '--force'), 'or --force');
  const wrong = { exit: 64, code: 'USAGE' };
  await project.refused(wrong, 'db:migrate', '-m', 'second', '--default', 'public.posts.slug=NULL');
  const { stderr } = await project.refused(wrong, 'db:migrate', '-m', 'second', '--default', 'public.posts.slug=nobody');
  assert.match(stderr, 'PostgreSQL refuses the value of --default public.posts.slug=nobody: ');
  const slug = (value: string) => ['--default', `public.posts.slug=${value}`];
  const two = await project.refused(wrong, 'db:migrate', '-m', 'second', ...slug('1'), ...slug('2'));
  assert.match(two.stderr, '--default gives public.posts.slug two values: 1 and 2');
  await migrate('--default', `public.posts.slug='it''s'`);
  assert.equal(await project.query('SELECT slug FROM posts'), [{ slug: "it's" }, { slug: "it's" }]);
  const defaults = `SELECT column_default AS value FROM information_schema.columns WHERE table_name = 'posts' AND column_name = 'slug'`;
  assert.equal(await project.query(defaults), [{ value: null }], 'the value is for the rows that exist only');
  await project.succeed('db:status', '--check');
});

test('the value for a new required column may be made of the other columns of its row, or be looked up', async () => {
  await begin(POSTS, ROWS);
  become(POSTS.replace('body text', 'body text, slug text NOT NULL, newest int NOT NULL'));
  const values = [
    '--default',
    `public.posts.slug=lower("title") || '-' || id`,
    '--default',
    'public.posts.newest=(select max(id) from posts)',
  ];
  await migrate(...values);
  const asked = "SELECT bool_and(slug = lower(title) || '-' || id AND newest = (SELECT max(id) FROM posts)) AS holds FROM posts";
  assert.equal(await project.query(asked), [{ holds: true }]);
  await project.succeed('db:status', '--check');
  await project.succeed('db:rollback');
});

test('a type that a value does not fit into is refused, and the value is not cut', async () => {
  await begin(POSTS, `INSERT INTO posts VALUES (1, 'longer than ten', 'b')`);
  become(POSTS.replace('title text', 'title varchar(10)'));
  const { stderr } = await project.refused({ exit: 1, code: 'STATEMENT_FAILED' }, 'db:migrate', '-m', 'second');
  assert.match(stderr, 'value too long for type character varying(10)');
  assert.equal(await project.query('SELECT title FROM posts'), [{ title: 'longer than ten' }]);
});

test('a migration that was made and cannot be applied is said to be there, with what is in its way', async () => {
  await begin(POSTS, ROWS);
  become(`${POSTS} GRANT SELECT ON posts TO "nobody there";`);
  const { stderr } = await project.refused({ exit: 1, code: 'STATEMENT_FAILED' }, 'db:migrate', '-m', 'second');
  const [, made] = project.migrations();
  assert.match(stderr, `migrations/${made} was made and is pending`);
  assert.match(stderr, 'CREATE ROLE "nobody there" there first');
  await project.query('CREATE ROLE "nobody there"');
  await project.succeed('db:migrate');
  await project.succeed('db:status', '--check');
  await project.query('DROP OWNED BY "nobody there"; DROP ROLE "nobody there"');
});

test('a column that goes can give its values to the one that comes', async () => {
  await begin(POSTS, ROWS);
  become(POSTS.replace('body text', 'length int NOT NULL'));
  await migrate('--default', 'public.posts.length=coalesce(length(body), 0)', '--drop', 'public.posts.body');
  assert.equal(await project.query('SELECT length FROM posts ORDER BY id'), [{ length: 1 }, { length: 0 }]);
  await project.succeed('db:status', '--check');
});

test('a new required column of an empty table asks nothing', async () => {
  await begin(POSTS, 'SELECT 1');
  become(POSTS.replace('body text', 'body text, slug text NOT NULL'));
  await migrate();
});

test('a rename that a SQL model states keeps the data, and stating it on changes nothing', async () => {
  await begin(POSTS, ROWS);
  become(`CREATE TABLE posts (id int PRIMARY KEY,
    headline text NOT NULL, -- @renamed from=title
    body text, note text);`);
  await migrate();
  assert.equal(await project.query('SELECT headline FROM posts ORDER BY id'), [{ headline: 'a' }, { headline: 'c' }]);
  await project.succeed('db:status', '--check');
  assert.match((await project.succeed('db:migrate', '-m', 'third')).stdout, 'nothing to make');
});

const typescript = (headline: string, table: string): string => `
  import { column, table } from 'fastpyd/model';
  export const Post = table('posts', { id: column.integer().primaryKey(), ${headline} })${table};`;

test('a rename that a TypeScript model states keeps the data, and stating it on changes nothing', async () => {
  await project.reset({ 'post.ts': typescript('title: column.text()', '') });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(`INSERT INTO posts VALUES (1, 'a')`);
  project.write('models/post.ts', typescript(`headline: column.text().renamedFrom('title')`, ''));
  await migrate();
  assert.equal(await project.query('SELECT * FROM posts'), [{ id: 1, headline: 'a' }]);
  await project.succeed('db:status', '--check');
});

test('in a protected database even an empty column is asked', async () => {
  await begin(POSTS, 'SELECT 1');
  project.write('fastpyd.config.json', '{ "protected": true }');
  become('CREATE TABLE posts (id int PRIMARY KEY, title text NOT NULL, body text);');
  await asks(['--drop public.posts.note'], 'db:migrate', '-m', 'second');
  project.write('fastpyd.config.json', '{}');
});

test.run();
