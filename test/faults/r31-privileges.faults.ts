import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import type { FastpyError } from '../../src/errors.ts';
import { applyMigrations } from '../../src/migration/apply.ts';
import { readRevisions } from '../../src/migration/ledger.ts';
import { withDatabase } from '../migration/faults.ts';
import { createDatabase } from '../support/servers.ts';
import { faultRow } from './faultRow.ts';
import { oneMigration } from './oneMigration.ts';

/** What the role may not do, in a database where it may make its history. */
const REFUSED: readonly (readonly [statement: string, said: RegExp])[] = [
  ['CREATE TABLE locked.n ()', /in the schema locked/],
  ['CREATE VIEW locked.n AS SELECT 1', /in the schema locked/],
  ['CREATE FUNCTION locked.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$', /in the schema locked/],
  [`CREATE TYPE locked.e AS ENUM ('a')`, /in the schema locked/],
  ['CREATE SEQUENCE "locked".s', /in the schema locked/],
  ['ALTER TABLE public.theirs ADD COLUMN more int', /"theirs" belongs to postgres/],
  ['ALTER TABLE IF EXISTS ONLY theirs DROP COLUMN id', /"theirs" belongs to postgres/],
  ['DROP TABLE theirs', /"theirs" belongs to postgres/],
  ['CREATE INDEX ON theirs (id)', /"theirs" belongs to postgres/],
  ['CREATE UNIQUE INDEX their_id ON public.theirs (id)', /"theirs" belongs to postgres/],
  ['CREATE POLICY p ON theirs', /"theirs" belongs to postgres/],
  ['DROP VIEW their_view', /"their_view" belongs to postgres/],
  ['CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION nothing()', /for superusers/],
  ['CREATE FOREIGN DATA WRAPPER w', /for superusers/],
  [`ALTER SYSTEM SET work_mem = '1MB'`, /for superusers/],
  ['CREATE ROLE fault_other', /roles may not be created/],
];

const ALLOWED = [
  'CREATE TEMP TABLE passing ()',
  'CREATE TABLE mine.n (id int)',
  'CREATE INDEX ON mine.n (id)',
  'ALTER TABLE mine.n ADD COLUMN more int',
  'CREATE SCHEMA new',
  'CREATE TABLE new.t ()',
];

faultRow('R-31', { base: 1 }, async (server) => ({
  run: async () => {
    const { name, url, drop } = await createDatabase(server);
    const others = openScratch(url);
    await others.session((session) =>
      session.script(`DROP ROLE IF EXISTS fault_limited; CREATE ROLE fault_limited LOGIN; GRANT CREATE ON DATABASE ${name} TO fault_limited;
        CREATE SCHEMA locked; CREATE SCHEMA mine AUTHORIZATION fault_limited; CREATE TABLE theirs (id int); CREATE VIEW their_view AS SELECT 1 AS one`),
    );
    await withDatabase(server.url(name, 'fault_limited'), async (database) => {
      const apply = (up: readonly string[]) => applyMigrations(database, [oneMigration(up)], { root: '/', lockTimeoutMs: 5_000 });
      for (const [statement, said] of REFUSED) {
        const error = await apply(['CREATE TABLE mine.first ()', statement]).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        assert.is((error as FastpyError | undefined)?.code, 'PRIVILEGES_MISSING', `${statement}: ${String(error)}`);
        assert.match((error as FastpyError).message, said);
        assert.match((error as FastpyError).message, 'step 2 of');
      }
      assert.equal(
        await others.session((session) => session.query(`select 1 from pg_namespace where nspname = 'fastpyd'`)),
        [],
        'nothing was changed',
      );
      await apply(ALLOWED);
      assert.is((await readRevisions(database)).length, 1);
    });
    await others.close();
    await drop();
  },
}));

test.run();
