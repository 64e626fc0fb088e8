import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ScratchDatabase } from '../../src/database/scratch.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { findWay, type Standing } from '../support/prove.ts';
import { withServer } from '../support/servers.ts';

const rows = suite('plans on tables with rows');
const shadow = await Shadow.open(await withServer(18), 'postgres');

/** One text a row. */
const read = async (database: ScratchDatabase, sql: string): Promise<readonly string[]> =>
  (await database.session((session) => session.query<{ row: string }>(sql))).map(({ row }) => row);

const script = (database: ScratchDatabase, text: string): Promise<void> => database.session((session) => session.script(text));

async function stand(database: ScratchDatabase, text: string): Promise<Standing> {
  await script(database, text);
  return { database, snapshot: await database.session(introspect) };
}

interface Change {
  readonly from: string;
  readonly to: string;
  /** What is written before the way up. */
  readonly rows: string;
  readonly look: string;
}

/** What a query finds when the way up was gone with rows in the tables. */
const after = ({ from, to, rows: written, look }: Change): Promise<readonly string[]> =>
  shadow.scratch((before) =>
    shadow.scratch(async (wanted) => {
      const way = await findWay(await stand(before, from), await stand(wanted, to));
      await script(before, [written, ...way.texts.up].join(';\n'));
      return read(before, look);
    }),
  );

rows('a serial column that comes to a table with rows numbers them', async () => {
  const found = await after({
    from: 'CREATE TABLE a (t text)',
    to: 'CREATE TABLE a (t text, id serial PRIMARY KEY)',
    rows: `INSERT INTO a VALUES ('x'), ('y')`,
    look: 'SELECT id::text AS row FROM a ORDER BY id',
  });
  assert.equal(found, ['1', '2']);
});

rows('an identity column whose sequence gets another name, other bounds and is no more logged goes on counting', async () => {
  const found = await after({
    from: 'CREATE TABLE a (t text, id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME numbers))',
    to: 'CREATE TABLE a (t text, id int GENERATED ALWAYS AS IDENTITY (MINVALUE -5 START 1)); ALTER SEQUENCE a_id_seq SET UNLOGGED',
    rows: `INSERT INTO a VALUES ('x'), ('y')`,
    look: `INSERT INTO a VALUES ('z') RETURNING id::text AS row`,
  });
  assert.equal(found, ['3']);
});

rows('a table that gets a type keeps its rows, and so does one that has one no more', async () => {
  const found = await after({
    from: 'CREATE TYPE pair AS (x int, y int); CREATE TABLE a (x int, y int); CREATE TABLE b OF pair',
    to: 'CREATE TYPE pair AS (x int, y int); CREATE TABLE a OF pair; CREATE TABLE b (x int, y int)',
    rows: 'INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (3, 4)',
    look: 'SELECT a::text AS row FROM a UNION ALL SELECT b::text FROM b ORDER BY 1',
  });
  assert.equal(found, ['(1,2)', '(3,4)']);
});

const NUMBER = `CREATE TYPE number;
  CREATE FUNCTION number_in(cstring) RETURNS number STRICT IMMUTABLE LANGUAGE internal AS 'int4in';
  CREATE FUNCTION number_out(number) RETURNS cstring STRICT IMMUTABLE LANGUAGE internal AS 'int4out';
  CREATE TYPE number (INPUT = number_in, OUTPUT = number_out, LIKE = int4);`;

rows('a base type that is made anew keeps the values of its columns, also in lists', async () => {
  const table = 'CREATE DOMAIN count AS number; CREATE TABLE a (n number, ns number[], c count)';
  const found = await after({
    from: `${NUMBER}${table}`,
    to: `${NUMBER.replaceAll("'int4", "'int8").replace('LIKE = int4', 'LIKE = int8')}${table}`,
    rows: `INSERT INTO a VALUES ('1', '{2,3}', '4')`,
    look: 'SELECT a::text AS row FROM a',
  });
  assert.equal(found, ['(1,"{2,3}",4)']);
});

rows('a base type does not take along what the plan does not know', async () => {
  await shadow.scratch((before) =>
    shadow.scratch(async (wanted) => {
      const way = await findWay(await stand(before, NUMBER), await stand(wanted, ''));
      await script(before, 'CREATE SCHEMA other; CREATE TABLE other.a (n number)');
      const refusal = await script(before, way.texts.up.join(';\n')).then(
        () => undefined,
        (error) => error,
      );
      assert.is(refusal?.sqlState, '2BP01');
      assert.is(refusal?.detail, 'column n of table other.a');
      await script(before, ['DROP TABLE other.a', ...way.texts.up].join(';\n'));
    }),
  );
});

rows.after(() => shadow.close());
rows.run();
