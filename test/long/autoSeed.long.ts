/**
 * Fills every table of whole schemas without code: of the states of the golden cases, and of the .sql files in the folder that
 * `TEST_SCHEMAS` names, of which statements that this major does not know are left out. A table there has got all its rows, or says why not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openBulk } from '../../src/database/bulk.ts';
import { openScratch, type ScratchDatabase } from '../../src/database/scratch.ts';
import { splitSql } from '../../src/load/splitSql.ts';
import { runAuto } from '../../src/seed/runAuto.ts';
import { findCases, stand, supports } from '../support/cases.ts';
import { createDatabase, withServer } from '../support/servers.ts';

const COUNT = Number(process.env.TEST_SEED_ROWS ?? 200);
const GOLDEN_COUNT = 5;
/** Statements that come too early are tried again. */
const ROUNDS = 4;

/** States in which PostgreSQL itself allows fewer rows, and a type whose functions alone know what they read. */
const LIMITED: Readonly<Record<string, RegExp>> = {
  'baseTypes/replace_under_a_column': /^public\.odds has got 1 of 5 rows: invalid input syntax for type bigint/,
  'enums/swap_under_a_foreign_key': /^public\.moods has got 2 of 5 rows: its keys have no other values$/,
  'partitions/key_above_partitions_of_partitions': /^public\.events has got 1 of 5 rows: its keys have no other values$/,
};

/** Those that can hold rows: one that is partitioned has partitions. */
const TABLES = `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and (c.relkind = 'r' or exists (select from pg_partition_tree(c.oid) t join pg_class l on l.oid = t.relid where l.relkind <> 'p')) and not c.relispartition and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'fastpyd')
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') order by 1`;

/** The number of rows of each table. */
async function rowsOf(scratch: ScratchDatabase): Promise<ReadonlyMap<string, number>> {
  return scratch.session(async (session) => {
    const tables = await session.query<{ name: string }>(TABLES);
    const counts = new Map<string, number>();
    for (const { name } of tables) {
      const [row] = await session.query<{ rows: number }>(`select count(*)::int as rows from ${name}`);
      counts.set(name, row?.rows ?? 0);
    }
    return counts;
  });
}

/** Fills the tables, compares what was told with what is there, and gives what was told of tables that are short of rows and can hold them. */
async function fill(url: string, scratch: ScratchDatabase, count: number): Promise<readonly string[]> {
  const database = openBulk(url);
  const request = { count, randomSeed: 1, nullShare: 0.1, skew: 0, schemas: null, except: [], only: undefined };
  const { unfilled } = await runAuto({ root: process.cwd(), database, request }).finally(() => database.close());
  const told = new Map(unfilled.map((text) => [text.slice(0, text.indexOf(' has got ')), text]));
  const short = [...(await rowsOf(scratch))].flatMap(([name, rows]) => (rows < count ? [name] : []));
  assert.equal(
    short.filter((name) => !told.has(name)),
    [],
    'of a table that is short of rows one is told',
  );
  return short.flatMap((name) => told.get(name) ?? []);
}

async function onDatabase(work: (url: string, scratch: ScratchDatabase) => Promise<void>): Promise<void> {
  const { url, drop } = await createDatabase();
  const scratch = openScratch(url);
  await work(url, scratch).finally(async () => {
    await scratch.close();
    await drop();
  });
}

const { major } = await withServer(18);
for (const testCase of await findCases()) {
  if (!(await supports(testCase, major))) continue;
  test(`${testCase.name} is filled without code`, () =>
    onDatabase(async (url, scratch) => {
      await stand(scratch, testCase, 'to');
      const unfilled = await fill(url, scratch, GOLDEN_COUNT);
      const limit = LIMITED[testCase.name];
      if (limit === undefined) assert.equal(unfilled, []);
      else assert.match(unfilled.join('\n'), limit);
    }));
}

async function makeReal(scratch: ScratchDatabase, text: string): Promise<void> {
  await scratch.session(async ({ script }) => {
    let left = splitSql(text).map(({ sql }) => sql);
    for (let round = 0; round < ROUNDS; round++) {
      const failed: string[] = [];
      for (const sql of left) await script(sql).catch(() => failed.push(sql));
      left = failed;
    }
  });
}

const folder = process.env.TEST_SCHEMAS;
for (const file of folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.sql')))
  test(`${file} is filled without code`, () =>
    onDatabase(async (url, scratch) => {
      await makeReal(scratch, readFileSync(join(folder ?? '', file), 'utf8'));
      const unfilled = await fill(url, scratch, COUNT);
      console.log([file, ...unfilled].join('\n  '));
    }));

test.run();
