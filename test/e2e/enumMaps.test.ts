import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { DiffResult } from '../../src/protocol/methods.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const ASKED = { exit: 3, code: 'ANSWERS_NEEDED' };
const USAGE = { exit: 64, code: 'USAGE' };
const POSTS = `CREATE TABLE posts (id int PRIMARY KEY, status status NOT NULL DEFAULT 'draft');`;
const status = (...values: readonly string[]): string => `CREATE TYPE status AS ENUM (${values.map((value) => `'${value}'`).join(', ')});`;
const THREE = status('draft', 'live', 'gone') + POSTS;
const TWO = status('draft', 'live') + POSTS;
const ROWS = `INSERT INTO posts VALUES (1, 'draft'), (2, 'live'), (3, 'gone'), (4, 'gone')`;

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
const statuses = async (): Promise<string> => {
  const rows = await project.query<{ status: string }>('SELECT status::text FROM posts ORDER BY id');
  return rows.map((row) => row.status).join(' ');
};
const suggestion = async (...flags: readonly string[]) =>
  (JSON.parse((await project.succeed('db:diff', '--json', ...flags)).stdout) as DiffResult).suggestion;

test('a value that goes is asked for by the rows that have it, and --map says what they get', async () => {
  await story(THREE, ROWS, TWO);
  for (const command of ['db:make second', 'db:migrate -m second']) {
    const { stderr } = await project.refused(ASKED, ...command.split(' '));
    assert.match(stderr, 'enum value public.status.gone goes, and is in 2 rows: which value do they get?');
    assert.match(stderr, '--map public.status.gone=draft  or  --map public.status.gone=live');
  }
  const both = ['--map', 'public.status.gone=live', '--map', 'public.status.gone=draft'];
  assert.match((await project.refused(USAGE, 'db:migrate', '-m', 'second', ...both)).stderr, 'contradict each other');
  const { stdout } = await migrate('--map', 'public.status.gone=live');
  assert.match(stdout, 'MERGES_VALUES');
  assert.is(await statuses(), 'draft live live live');
  assert.match(written(), `CASE "status"::text WHEN 'gone' THEN 'live' ELSE "status"::text END`);
  assert.match(written(), '// rows with gone of public.status get live (--map public.status.gone=live)');
  await project.succeed('db:status', '--check');
  await project.succeed('db:rollback');
  assert.is(await statuses(), 'draft live live live');
  await project.query(`INSERT INTO posts VALUES (5, 'gone')`);
});

test('the suggestion says that what is merged has no way back', async () => {
  await story(THREE, ROWS, TWO);
  const open = await suggestion();
  assert.equal(
    open?.questions.map(({ kind, flags }) => ({ kind, flags })),
    [{ kind: 'map', flags: ['--map public.status.gone=draft', '--map public.status.gone=live'] }],
  );
  const settled = await suggestion('--map', 'public.status.gone=live');
  assert.equal([settled?.questions, settled?.reversible], [[], 'lossy']);
});

test('a value that no row has goes without a question', async () => {
  await story(THREE, `INSERT INTO posts VALUES (1, 'draft')`, TWO);
  await migrate();
  await project.succeed('db:status', '--check');
});

test('another order of the values asks nothing and changes no row', async () => {
  await story(THREE, ROWS, status('gone', 'live', 'draft') + POSTS);
  assert.is((await suggestion())?.reversible, 'exact');
  await migrate();
  assert.is(await statuses(), 'draft live gone gone');
  assert.equal(await project.query('SELECT id FROM posts ORDER BY status, id'), [{ id: 3 }, { id: 4 }, { id: 2 }, { id: 1 }]);
  await project.succeed('db:rollback');
  assert.is(await statuses(), 'draft live gone gone');
});

test('--force chooses no value: the question stays', async () => {
  await story(THREE, ROWS, TWO);
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second', '--force');
  assert.match(stderr, '--map public.status.gone=draft');
});

test('a value that may have been renamed can be mapped too, and comes back where the new one is its own', async () => {
  await story(THREE, ROWS, status('draft', 'live', 'archived') + POSTS);
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, 'renamed to public.status.archived');
  assert.match(stderr, '--rename public.status.gone:archived  or  --map public.status.gone=draft');
  await project.refused(ASKED, 'db:migrate', '-m', 'second', '--drop', 'public.status.gone');
  assert.is((await suggestion('--map', 'public.status.gone=archived'))?.reversible, 'exact');
  await migrate('--map', 'public.status.gone=archived');
  assert.match(written(), 'was dropped, not renamed to archived (--map public.status.gone=archived)');
  assert.is(await statuses(), 'draft live archived archived');
  await project.succeed('db:rollback');
  assert.is(await statuses(), 'draft live gone gone');
});

test('rows are counted and mapped in lists, by way of domains, in partitions, and under what depends on the type', async () => {
  const schema = (values: string, last: string): string => `
    CREATE TYPE status AS ENUM (${values});
    CREATE DOMAIN state AS status DEFAULT '${last}' CHECK (VALUE <> 'draft');
    CREATE DOMAIN states AS status[];
    CREATE TABLE posts (id int PRIMARY KEY, status status NOT NULL DEFAULT '${last}', list status[], state state, states states,
      CHECK (status <> '${last}' OR id > 0));
    CREATE INDEX ON posts (status) WHERE status = '${last}';
    CREATE VIEW ends AS SELECT id FROM posts WHERE status = '${last}';
    CREATE MATERIALIZED VIEW kept AS SELECT id, status FROM posts;
    CREATE TABLE other (id int, day date, status status) PARTITION BY RANGE (day);
    CREATE TABLE part PARTITION OF other FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
    CREATE INDEX ON other (status);`;
  await story(
    schema(`'draft', 'live', 'gone', 'lost'`, 'gone'),
    `INSERT INTO posts VALUES (1, 'gone', '{gone,live,NULL,lost}', 'gone', '{lost}'), (2, 'lost', NULL, NULL, '{}')`,
    schema(`'live', 'draft'`, 'live'),
  );
  await project.query(`INSERT INTO other VALUES (1, '2026-02-01', 'gone')`);
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, 'public.status.gone goes, and is in 4 rows');
  assert.match(stderr, 'public.status.lost goes, and is in 3 rows');
  await migrate('--map', 'public.status.gone=live', '--map', 'public.status.lost=draft');
  assert.equal(await project.query('SELECT id, status, list::text, state::text, states::text FROM posts ORDER BY id'), [
    { id: 1, status: 'live', list: '{live,live,NULL,draft}', state: 'live', states: '{draft}' },
    { id: 2, status: 'draft', list: null, state: null, states: '{}' },
  ]);
  assert.equal(await project.query('SELECT status FROM part'), [{ status: 'live' }]);
  await project.succeed('db:status', '--check');
  await project.succeed('db:rollback');
  await project.succeed('db:migrate');
});

test('a model says which rows a value takes over, in SQL', async () => {
  const to = `CREATE TYPE status AS ENUM (\n'draft', -- @mapped from=gone @mapped from="lost one"\n'live');${POSTS}`;
  await story(status('draft', 'live', 'gone', 'lost one') + POSTS, `${ROWS}, (5, 'lost one')`, to);
  await migrate();
  assert.is(await statuses(), 'draft live draft draft draft');
  assert.match(written(), '// rows with gone of public.status get draft (stated in models/schema.sql:2)');
  assert.match((await project.succeed('db:migrate', '-m', 'third')).stdout, 'nothing to make');
});

test('a model says which rows a value takes over, in TypeScript', async () => {
  const model = (values: string, then = ''): string => `
    import { column, enumType, table } from 'fastpyd/model';
    export const Status = enumType('status', [${values}])${then};
    export const Post = table('posts', { id: column.integer().primaryKey(), status: column.enum(Status) });`;
  await project.reset({ 'post.ts': model(`'draft', 'live', 'gone'`) });
  await project.succeed('db:migrate', '-m', 'first');
  await project.query(ROWS);
  project.write('models/post.ts', model(`'draft', 'live'`, `.mappedValues({ gone: 'draft' })`));
  await migrate();
  assert.is(await statuses(), 'draft live draft draft');
  assert.match((await project.succeed('db:migrate', '-m', 'third')).stdout, 'nothing to make');
});

test('a map that fits nothing is refused with the nearest names', async () => {
  await project.reset({});
  await story(THREE, ROWS, TWO);
  for (const [value, near] of [
    ['public.status.gnoe=live', 'public.status.gone'],
    ['public.status.gone=lvie', 'live'],
    ['public.status.live=draft', 'public.status.gone'],
    ['public.status.gone', '--map public.status.gone=draft'],
  ] as const) {
    const { stderr } = await project.refused(USAGE, 'db:migrate', '-m', 'second', '--map', value);
    assert.match(stderr, near);
  }
  assert.is(await statuses(), 'draft live gone gone');
});

test('a value with a sign in its name is quoted, and the printed flag is the right one', async () => {
  await story(
    status('a=b', 'c') + POSTS.replace('draft', 'c'),
    `INSERT INTO posts VALUES (1, 'a=b')`,
    status('c') + POSTS.replace('draft', 'c'),
  );
  const { stderr } = await project.refused(ASKED, 'db:migrate', '-m', 'second');
  assert.match(stderr, `--map 'public.status."a=b"=c'`);
  await migrate('--map', 'public.status."a=b"=c');
  assert.is(await statuses(), 'c');
});

test.run();
