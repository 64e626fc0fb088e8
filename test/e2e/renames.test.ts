import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DiffResult } from '../../src/protocol/methods.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const ASKED = { exit: 3, code: 'ANSWERS_NEEDED' };
const USAGE = { exit: 64, code: 'USAGE' };

let project: CliProject;
test.before(async () => {
  project = await cliProject();
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

async function suggestion(...flags: readonly string[]) {
  const { stdout } = await project.succeed('db:diff', '--json', ...flags);
  const { suggestion: found } = JSON.parse(stdout) as DiffResult;
  if (found === null) throw new Error('nothing is suggested');
  return found;
}

const ENUM = `CREATE TYPE status AS ENUM ('draft', 'live', 'gone'); CREATE TABLE posts (id int PRIMARY KEY, status status NOT NULL DEFAULT 'draft');`;

test('an enum value that rows hold is asked by its place, and --rename renames it in place', async () => {
  await story(ENUM, `INSERT INTO posts VALUES (1, 'draft')`, ENUM.replaceAll('draft', 'new'));
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, 'enum value public.status.draft (in 1 row) renamed to public.status.new');
  assert.match(stderr, 'same position');
  await migrate('--rename', 'public.status.draft:new');
  assert.match(written(), `RENAME VALUE 'draft' TO 'new'`);
  assert.match(written(), '// enum value public.status.draft was renamed to new (--rename public.status.draft:new)');
  assert.equal(await project.query('SELECT status FROM posts'), [{ status: 'new' }]);
  await comesBack('SELECT * FROM posts');
});

test('an enum value that a model says was renamed is renamed without asking', async () => {
  const to = ENUM.replaceAll('draft', 'new').replace("('new'", "(\n'new' -- @renamed from=draft\n");
  await story(ENUM, `INSERT INTO posts VALUES (1, 'draft')`, to);
  await migrate();
  assert.match(written(), 'stated in models/schema.sql:2');
  assert.equal(await project.query('SELECT status FROM posts'), [{ status: 'new' }]);
  assert.match((await project.succeed('db:migrate', '-m', 'third')).stdout, 'nothing to make');
});

test('attributes of a composite type are asked and renamed', async () => {
  const from = 'CREATE TYPE pair AS (one int, two text); CREATE TABLE t (id int, pair pair);';
  await story(from, `INSERT INTO t VALUES (1, (1, 'a'))`, from.replace('one', 'first'));
  await project.refused(ASKED, 'db:migrate', '-m', 'second');
  await migrate('--rename', 'public.pair.one:first');
  assert.equal(await project.query('SELECT (pair).first FROM t'), [{ first: 1 }]);
  await comesBack('SELECT * FROM t');
});

test('--json has the candidates of a question with confidence and evidence', async () => {
  await story(
    'CREATE TABLE posts (id int, title text);',
    `INSERT INTO posts VALUES (1, 'a')`,
    'CREATE TABLE posts (id int, headline text);',
  );
  const [question] = (await suggestion()).questions;
  assert.equal(question?.candidates, [
    {
      name: 'public.posts.headline',
      flag: '--rename public.posts.title:headline',
      confidence: 0.84,
      evidence: ['same type text', 'same position', 'same definition'],
    },
  ]);
  assert.match(question?.message ?? '', '84 %: same type text, same position');
  await migrate('--force');
  assert.match(written(), '// column public.posts.title was dropped, not renamed to headline (--force)');
});

test('an index, a constraint, a policy, a trigger, a view and a function with another name alone are renamed, and told as renames', async () => {
  const schema = (name: string): string => `
    CREATE TABLE posts (id int, title text, CONSTRAINT ${name}_check CHECK (id > 0));
    ALTER TABLE posts ENABLE ROW LEVEL SECURITY;
    CREATE POLICY ${name}_policy ON posts USING (id > 1);
    CREATE INDEX ${name}_index ON posts (title);
    CREATE FUNCTION ${name}_function() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER ${name}_trigger BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION ${name}_function();
    CREATE VIEW ${name}_view AS SELECT id FROM posts;
    CREATE MATERIALIZED VIEW ${name}_kept AS SELECT id FROM posts;
    CREATE DOMAIN ${name}_domain AS text;
    CREATE TYPE ${name}_enum AS ENUM ('x', 'y');
    CREATE TYPE ${name}_pair AS (x int, y ${name}_domain);
    CREATE TABLE users (status ${name}_enum DEFAULT 'x', name ${name}_domain);`;
  await story(schema('old'), `INSERT INTO users VALUES ('y', 'me')`, schema('young'));
  const { changes, up } = await suggestion();
  assert.equal([...new Set(changes.map(({ action }) => action))], ['rename']);
  assert.is(changes.length, 10);
  assert.ok(
    up.every((statement) => statement.includes(' RENAME ')),
    up.join('\n'),
  );
  await migrate();
  await comesBack('SELECT * FROM users');
});

test('a renamed table takes its key, its identity and its serial along, and columns change with it', async () => {
  const from = 'CREATE TABLE posts (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n serial, title varchar(20), body text);';
  const to = `-- @renamed from=posts
    CREATE TABLE articles (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n serial,
      headline text, -- @renamed from=title
      body text, slug text);`;
  await story(from, `INSERT INTO posts (title) VALUES ('a'), ('b')`, to);
  await migrate();
  assert.not.match(written(), /DROP/.source.concat(' IDENTITY'));
  await project.query(`INSERT INTO articles (headline) VALUES ('c')`);
  assert.equal(await project.query('SELECT id, n, headline FROM articles ORDER BY id'), [
    { id: 1, n: 1, headline: 'a' },
    { id: 2, n: 2, headline: 'b' },
    { id: 3, n: 3, headline: 'c' },
  ]);
  await comesBack('SELECT * FROM articles');
});

test('a table and its column are renamed by two flags, the column under the old or the new name of the table', async () => {
  const [from, to] = ['CREATE TABLE posts (id int, title text);', 'CREATE TABLE articles (id int, headline text);'];
  for (const column of ['public.posts.title', 'public.articles.title']) {
    await story(from, `INSERT INTO posts VALUES (1, 'a')`, to);
    await migrate('--rename', 'public.posts:articles', '--rename', `${column}:headline`);
    assert.equal(await project.query('SELECT headline FROM articles'), [{ headline: 'a' }]);
  }
});

test('a rename goes with a change of the type', async () => {
  await story('CREATE TABLE t (id int, amount int);', 'INSERT INTO t VALUES (1, 5)', 'CREATE TABLE t (id int, total bigint);');
  await migrate('--rename', 'public.t.amount:total');
  assert.equal(await project.query('SELECT total::int FROM t'), [{ total: 5 }]);
  await comesBack('SELECT * FROM t');
});

test('two columns change their names, by flags and by what a model says, once', async () => {
  const [from, to] = ['CREATE TABLE t (a int, b text);', 'CREATE TABLE t (b int, a text);'];
  await story(from, `INSERT INTO t VALUES (1, 'x')`, to);
  await migrate('--rename', 'public.t.a:b', '--rename', 'public.t.b:a');
  assert.equal(await project.query('SELECT * FROM t'), [{ b: 1, a: 'x' }]);
  await comesBack('SELECT * FROM t');
  await story(from, `INSERT INTO t VALUES (1, 'x')`, 'CREATE TABLE t (\nb int, -- @renamed from=a\na text -- @renamed from=b\n);');
  await migrate();
  assert.equal(await project.query('SELECT * FROM t'), [{ b: 1, a: 'x' }]);
  assert.match((await project.succeed('db:migrate', '-m', 'third')).stdout, 'nothing to make');
});

test('two tables change their names, with all that is named after them', async () => {
  const table = (name: string, column: string): string =>
    `CREATE TABLE ${name} (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, ${column} text UNIQUE, n serial);`;
  await story(
    table('one', 'x') + table('two', 'y'),
    `INSERT INTO one (x) VALUES ('first'); INSERT INTO two (y) VALUES ('second')`.split(';')[0] ?? '',
    table('two', 'x') + table('one', 'y'),
  );
  await project.query(`INSERT INTO two (y) VALUES ('second'), ('third')`);
  await migrate('--rename', 'public.one:two', '--rename', 'public.two:one');
  assert.not.match(written(), 'DROP');
  assert.equal(await project.query('SELECT id, y, n FROM one ORDER BY id'), [
    { id: 1, y: 'second', n: 1 },
    { id: 2, y: 'third', n: 2 },
  ]);
  await comesBack('SELECT * FROM one');
});

test('parts of partitioned tables, of their partitions and of child tables are renamed where they come from', async () => {
  const schema = (name: string, table: string): string => `
    CREATE TABLE ${table} (id int, day date, CONSTRAINT ${name}_key PRIMARY KEY (id, day), CONSTRAINT ${name}_check CHECK (id > 0)) PARTITION BY RANGE (day);
    CREATE INDEX ${name}_index ON ${table} (day);
    CREATE TABLE part PARTITION OF ${table} FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE INDEX ${name}_own ON part (id);
    CREATE TABLE parent (a int, CONSTRAINT ${name}_positive CHECK (a > 0));
    CREATE TABLE child (b int) INHERITS (parent);`;
  await story(schema('old', 'days'), `INSERT INTO days VALUES (1, '2026-02-01')`, schema('young', 'days'));
  assert.equal([...new Set((await suggestion()).changes.map(({ action }) => action))], ['rename']);
  await migrate();
  await comesBack('SELECT * FROM days');
  project.write('models/schema.sql', schema('third', 'nights'));
  await project.succeed('db:migrate', '-m', 'third', '--rename', 'public.days:nights');
  assert.not.match(written(), 'DROP');
  await comesBack('SELECT * FROM nights');
});

test('names with dots and colons are quoted in flags, and the printed flag is the right one', async () => {
  await story('CREATE TABLE t ("a:b" int, "c.d" text);', `INSERT INTO t VALUES (1, 'x')`, 'CREATE TABLE t ("e:f" int, "g.h" text);');
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, `--rename 'public.t."a:b":"e:f"'`);
  await migrate('--rename', 'public.t."a:b":"e:f"', '--rename', 'public.t."c.d":"g.h"');
  assert.equal(await project.query('SELECT * FROM t'), [{ 'e:f': 1, 'g.h': 'x' }]);
});

test('answers that name nothing are refused with the nearest names', async () => {
  await story('CREATE TABLE t (id int, title text);', `INSERT INTO t VALUES (1, 'x')`, 'CREATE TABLE t (id int, slug text NOT NULL);');
  for (const [flag, value, near] of [
    ['--rename', 'public.t.titel:slug', 'public.t.title'],
    ['--rename', 'public.t.title:slog', 'public.t.slug'],
    ['--drop', 'public.t.titel', 'public.t.title'],
    ['--drop', 'public.t.id', 'public.t.title'],
    ['--default', 'public.t.slog=1', 'public.t.slug'],
  ] as const) {
    const { stderr } = await project.refused(USAGE, 'db:migrate', '-m', 'second', flag, value);
    assert.match(stderr, near);
  }
  assert.is(project.migrations().length, 1);
});

test('what may be a rename and costs no rows is no question, but is mentioned and kept in the migration', async () => {
  await story('CREATE TABLE t (id int, title text);', 'SELECT 1', 'CREATE TABLE t (id int, headline text);');
  const { stderr } = await migrate();
  assert.match(stderr, 'say so with --rename public.t.title:headline');
  assert.match(written(), '// column public.t.title was dropped, not renamed to headline (nobody was asked, since no row is lost)');
});

test('a function is renamed by its bare name with all its overloads', async () => {
  const functions = (name: string, body: string): string =>
    ['int', 'text'].map((type) => `CREATE FUNCTION ${name}(a ${type}) RETURNS int LANGUAGE sql AS 'SELECT ${body}';`).join('\n');
  await story(functions('f', '1'), 'SELECT 1', functions('g', '2'));
  await migrate('--rename', 'public.f:g');
  assert.is(written().match(/RENAME TO "g"/g)?.length, 2);
  await comesBack('SELECT g(1)');
});

test('a schema is asked as a whole, and renamed with what lies in it', async () => {
  project.write('fastpyd.config.json', '{ "schemas": ["*"] }');
  const schema = (name: string): string =>
    `CREATE SCHEMA ${name}; CREATE TABLE ${name}.t (id int PRIMARY KEY); CREATE VIEW ${name}.v AS SELECT id FROM ${name}.t;`;
  await story(schema('app'), 'INSERT INTO app.t VALUES (1)', schema('shop'));
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, '1 answer needed');
  assert.match(stderr, 'schema app (1 row) renamed to shop');
  await migrate('--rename', 'app:shop');
  assert.equal(await project.query('SELECT * FROM shop.t'), [{ id: 1 }]);
  await comesBack('SELECT * FROM shop.v');
  project.write('fastpyd.config.json', '{}');
});

test('a sequence that was used is asked, and goes on where it was', async () => {
  await story('CREATE SEQUENCE numbers;', `SELECT nextval('numbers')`, 'CREATE SEQUENCE counter;');
  assert.match((await suggestion()).up.join(), 'RENAME TO');
  await migrate();
  assert.equal(await project.query(`SELECT nextval('counter')::int`), [{ nextval: 2 }]);
});

const typescript = (name: string, previous: (name: string) => string): string => `
  import { check, column, compositeType, enumType, func, index, policy, sql, table, trigger, view } from 'fastpyd/model';
  export const Status = enumType('${name}_status', ['${name}_draft', 'live'])${previous('status')}${
    previous('x') === '' ? '' : `.renamedValues({ ${name}_draft: 'old_draft' })`
  };
  export const Pair = compositeType('${name}_pair', { ${name}One: column.integer()${previous('one')}, two: column.text() })${previous('pair')};
  export const Post = table('posts', { id: column.integer().primaryKey(), status: column.enum(Status) }, (post) => [
    index('${name}_index', post.status)${previous('index')},
    check('${name}_check', sql\`\${post.id} > ${previous('x') === '' ? 0 : 1}\`)${previous('check')},
    policy('${name}_policy', { using: sql\`\${post.id} > ${previous('x') === '' ? 0 : 1}\` })${previous('policy')},
  ]);
  export const Live = view('${name}_view', sql\`SELECT \${Post.id}${previous('x') === '' ? '' : ' + 1 AS id'} FROM \${Post}\`)${previous('view')};`;

test('everything that a TypeScript model can name can say what it was called', async () => {
  await project.reset({ 'post.ts': typescript('old', () => '') });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(`INSERT INTO posts VALUES (2, 'old_draft')`);
  project.write(
    'models/post.ts',
    typescript('young', (what) => `.renamedFrom('old_${what}')`),
  );
  await migrate();
  for (const what of ['status', 'pair', 'index', 'check', 'policy', 'view'])
    assert.match(written(), `was renamed to young_${what} (stated in`);
  for (const [from, to] of Object.entries({ draft: 'young_draft', one: 'young_one' }))
    assert.match(written(), `_${from} was renamed to ${to} (stated in`);
  assert.equal(await project.query('SELECT status FROM posts'), [{ status: 'young_draft' }]);
  assert.match((await project.succeed('db:migrate', '-m', 'third')).stdout, 'nothing to make');
});

test.run();
