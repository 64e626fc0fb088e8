import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Candidate, renameProposals } from '../../src/diff/renameEvidence.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import { materialise } from '../../src/shadow/materialise.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';

const test = suite('evidence of renames');
const shadow = await Shadow.open(await withServer(18), 'postgres');

const snapshotOf = (sql: string): Promise<SchemaSnapshot> =>
  shadow.scratch(async (database) => {
    await materialise(database, modelSet([readSqlModel(sql, 'model.sql')]));
    return database.session(introspect);
  });

/** `old -> new 87 (same type text, same position)` for each that is gone, with a `!` where renaming costs nothing. */
async function proposals(from: string, to: string): Promise<readonly string[]> {
  const found = renameProposals(await snapshotOf(from), await snapshotOf(to));
  const text = ({ after, confidence, evidence, isFree }: Candidate): string =>
    `${after.own} ${Math.round(confidence * 100)}${isFree ? '!' : ''} (${evidence.join(', ')})`;
  return found.map(({ before, candidates }) => `${before.kind} ${before.own} -> ${candidates.map(text).join(' or ') || 'nothing'}`);
}

test('a column of the same type in the same place is likely the same', async () => {
  assert.equal(await proposals('CREATE TABLE t (id int, title text, n int)', 'CREATE TABLE t (id int, headline text, n int)'), [
    'column title -> headline 84 (same type text, same position, same definition)',
  ]);
});

test('a column of another type in another place is another one', async () => {
  assert.equal(await proposals('CREATE TABLE t (title text, id int, n int)', 'CREATE TABLE t (id int, n int, born date)'), [
    'column title -> nothing',
  ]);
});

test('a type of another length is evidence still, and so are a like name and what depends on the column', async () => {
  const table = (column: string, type: string): string =>
    `CREATE TABLE t (id int, ${column} ${type}); CREATE VIEW v AS SELECT ${column} AS x FROM t;`;
  assert.equal(await proposals(table('title', 'varchar(20)'), table('titles', 'varchar(200)')), [
    'column title -> titles 72 (similar type character varying(200), same position, same dependents, similar name)',
  ]);
});

test('each new column is offered once, to the likeliest, and the second best comes behind', async () => {
  assert.equal(await proposals('CREATE TABLE t (id int, body text, note text)', 'CREATE TABLE t (id int, bodies text)'), [
    'column body -> bodies 92 (same type text, same position, same definition, similar name)',
    'column note -> nothing',
  ]);
  assert.equal(await proposals('CREATE TABLE t (id int, body text)', 'CREATE TABLE t (id int, text text, bodies text)'), [
    'column body -> bodies 88 (same type text, near position, same definition, similar name) or text 84 (same type text, same position, same definition)',
  ]);
});

test('a table is compared by its columns', async () => {
  assert.equal(
    await proposals(
      'CREATE TABLE posts (id int, title text, body text, born date); CREATE TABLE tags (id int)',
      'CREATE TABLE articles (id int, title text, body text); CREATE TABLE other (name text, x int)',
    ),
    ['table posts -> articles 69 (3 of 4 parts the same)', 'table tags -> nothing'],
  );
});

test('what lies in a table that is gone is left to the table', async () => {
  const table = (name: string): string => `CREATE TABLE ${name} (id int PRIMARY KEY, title text); CREATE INDEX ON ${name} (title);`;
  assert.equal(await proposals(table('posts'), table('articles')), ['table posts -> articles 80 (2 of 2 parts the same)']);
});

test('an enum value is found by its neighbours', async () => {
  const type = (...labels: readonly string[]): string => `CREATE TYPE e AS ENUM (${labels.map((label) => `'${label}'`).join(', ')})`;
  assert.equal(await proposals(type('a', 'b', 'c'), type('a', 'x', 'c')), ['enum value b -> x 77 (same position)']);
  assert.equal(await proposals(type('a', 'b', 'c'), type('a', 'c', 'x')), ['enum value b -> nothing']);
  assert.equal(await proposals(type('draft', 'live', 'c'), type('drafts', 'alive', 'c')), [
    'enum value draft -> drafts 96 (same position, similar name)',
    'enum value live -> alive 95 (same position, similar name)',
  ]);
});

test('what differs in its name alone costs nothing, and a rival makes it doubtful', async () => {
  const view = (name: string): string => `CREATE VIEW ${name} AS SELECT 1 AS x;`;
  assert.equal(await proposals(view('one'), view('two')), ['view one -> two 80! (same definition)']);
  assert.equal(await proposals(view('one'), view('two') + view('three')), [
    'view one -> three 80 (same definition) or two 80 (same definition)',
  ]);
});

test('an index that is called like its column is compared without its name', async () => {
  const index = (name: string, column: string): string => `CREATE TABLE t (title text, body text); CREATE INDEX ${name} ON t (${column});`;
  assert.equal(await proposals(index('title', 'title'), index('by_title', 'title')), [
    'index title -> by_title 94! (same definition, similar name)',
  ]);
  assert.match((await proposals(index('title', 'title'), index('body', 'body')))[0] ?? '', /definition \d+ % the same/);
});

test('a constraint or a domain of another definition is hardly the same', async () => {
  const table = (name: string, condition: string): string => `CREATE TABLE t (a int, b int, CONSTRAINT ${name} CHECK (${condition}))`;
  assert.equal(await proposals(table('x', 'a > 0'), table('y', 'b < 5 AND a < b')), ['constraint x -> y 44 (definition 55 % the same)']);
  assert.equal(await proposals('CREATE DOMAIN x AS int', 'CREATE DOMAIN y AS text'), ['domain x -> nothing']);
  assert.equal(await proposals('CREATE DOMAIN x AS int', 'CREATE DOMAIN y AS int'), ['domain x -> y 80! (same definition)']);
});

test('a function is compared by its body', async () => {
  const routine = (name: string, body: string): string => `CREATE FUNCTION ${name}(a int) RETURNS int LANGUAGE sql AS 'SELECT ${body}';`;
  assert.equal(await proposals(routine('f', '1'), routine('g', '1')), ['routine f -> g 80! (same definition)']);
  assert.match((await proposals(routine('f', '1'), routine('g', '2')))[0] ?? '', /^routine f -> g \d+ \(definition \d+ % the same\)$/);
});

test('a schema is compared by what lies in it, and never renamed by itself', async () => {
  const schema = (name: string): string => `CREATE SCHEMA ${name}; CREATE TABLE ${name}.t (id int); CREATE SEQUENCE ${name}.s;`;
  assert.equal(await proposals(schema('app'), schema('shop')), [
    'schema app -> shop 84 (2 of 2 parts the same, same dependents)',
    'sequence s -> nothing',
    'table t -> nothing',
  ]);
});

test('what is gone from one schema may be what is new under its name in another, or the same table', async () => {
  const schema = (posts: string): string => `CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE ${posts} (id int, title text);`;
  assert.equal(await proposals(schema('a.posts'), schema('b.posts')), ['table posts -> posts 88 (2 of 2 parts the same, same name)']);
  assert.equal(await proposals(schema('a.posts'), schema('b.articles')), ['table posts -> articles 71 (2 of 2 parts the same)']);
  const view = (place: string): string => `CREATE SCHEMA a; CREATE SCHEMA b; CREATE VIEW ${place}.v AS SELECT 1 AS x;`;
  assert.equal(await proposals(view('a'), view('b')), ['view v -> v 88! (same definition, same name)']);
});

test('what lies in a schema that may have been renamed is not said to have moved', async () => {
  const schema = (name: string): string => `CREATE SCHEMA ${name}; CREATE TABLE ${name}.posts (id int);`;
  const found = await proposals(schema('a'), schema('b'));
  assert.equal(found.length, 2);
  assert.ok(found.includes('table posts -> nothing'));
});

test.after(() => shadow.close());
test.run();
