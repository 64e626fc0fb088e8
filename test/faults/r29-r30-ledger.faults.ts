import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { FastpyError } from '../../src/errors.ts';
import { finish, logged, migrate, type Patient, patient, stateOf, withVictim } from '../migration/faults.ts';
import { faultRow } from './faultRow.ts';
import { historyOf, idOf } from './histories.ts';

async function run(url: string, script: string): Promise<void> {
  const database = openScratch(url, { isRare: true });
  await database.session((session) => session.script(script)).finally(() => database.close());
}

const COUNT = 'select count(*)::int as count from log';

async function rowsIn(url: string): Promise<unknown> {
  const database = openScratch(url, { isRare: true });
  return database.session((session) => session.query(COUNT)).finally(() => database.close());
}

/** Refused with this said, and nothing run again. */
async function refuses(work: Patient, harm: string, said: RegExp): Promise<void> {
  await withVictim(work, 'down', async (url) => {
    await run(url, harm);
    const before = await rowsIn(url);
    const error = await migrate(work, url, 'up').then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.instance(error, FastpyError, String(error));
    assert.is((error as FastpyError).exitCode, 7);
    assert.match((error as FastpyError).message, said);
    assert.equal(await rowsIn(url), before);
  });
}

const HARMS: readonly (readonly [harm: string, said: RegExp])[] = [
  ['DROP TABLE fastpyd.migrations', /damaged/],
  ['DROP TABLE fastpyd.steps', /damaged/],
  ['UPDATE fastpyd.layout SET version = 99', /newer fastpyd/],
  [`UPDATE fastpyd.migrations SET checksum = 'x' WHERE id = '${idOf(1)}'`, /edited after/],
  [`UPDATE fastpyd.migrations SET checksum = 'x', source = replace(source, 'CREATE', 'DROP') WHERE id = '${idOf(1)}'`, /edited after/],
  ['UPDATE fastpyd.layout SET version = -1', /db:fresh was broken off/],
];

faultRow('R-29', { base: 1 }, async (server) => {
  const work = await patient(historyOf(3), server);
  const each = async (): Promise<void> => {
    for (const [harm, said] of HARMS) await refuses(work, harm, said);
    await withVictim(work, 'down', async (url) => {
      await run(url, 'DROP TABLE fastpyd.layout');
      await finish(work, url, 'up');
    });
  };
  return { run: each, end: () => work.end() };
});

/** Names without a schema, dates, escapes and numbers, whose meaning hangs on settings. */
const DELICATE = {
  [idOf(0)]: `up: [sql\`CREATE TABLE log (name text)\`, ${logged('a')}], down: [sql\`DROP TABLE log\`]`,
  [idOf(1)]: `up: [
    sql\`CREATE TABLE t (id int, at timestamptz DEFAULT '2026-02-03 00:00', day date DEFAULT '01/02/2026', path text DEFAULT 'a\\\\\\\\b', many int[] DEFAULT '{NULL}', span interval DEFAULT '-1 day')\`,
    sql\`CREATE VIEW v AS SELECT id = NULL AS is_null, "path" FROM t\`, ${logged('b')},
  ], down: [sql\`DROP VIEW v\`, sql\`DROP TABLE t\`]`,
};

const HOSTILE = {
  search_path: 'evil, public',
  TimeZone: 'Asia/Tokyo',
  DateStyle: 'SQL, DMY',
  IntervalStyle: 'sql_standard',
  standard_conforming_strings: 'off',
  client_encoding: 'LATIN1',
  quote_all_identifiers: 'on',
  array_nulls: 'off',
  transform_null_equals: 'on',
  default_transaction_isolation: 'serializable',
  check_function_bodies: 'on',
  extra_float_digits: '-5',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1ms',
};

faultRow('R-30', { base: 1 }, async (server) => {
  const work = await patient(DELICATE, server);
  const hostile = () =>
    withVictim(work, 'up', async (url) => {
      const settings = Object.entries(HOSTILE).map(
        ([name, value]) =>
          `EXECUTE format('ALTER DATABASE %I SET ${name} = ${value.includes(',') && name === 'search_path' ? value : `''${value}''`}', current_database());`,
      );
      await run(url, `CREATE SCHEMA evil; DO $$ BEGIN ${settings.join(' ')} END $$`);
      await migrate(work, url, 'up');
      await run(url, `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET ALL', current_database()); END $$; DROP SCHEMA evil`);
      assert.is(await stateOf(url), work.clean.up.state);
    });
  return { run: hostile, end: () => work.end() };
});

test.run();
