import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { backfill } from '../../src/plan/safe/backfill.ts';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { endOf, migrate, migrateInChild } from '../migration/faults.ts';
import { createDatabase } from '../support/servers.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { ask } from './ask.ts';
import { faultRow, type Random } from './faultRow.ts';
import { oneMigration } from './oneMigration.ts';

const ROWS = 10_000;

/** One row to a page makes hundreds of batches; the trigger writes down each time that a row is changed, and goes back with a batch that does. */
const TABLE = `CREATE TABLE t (id int, old int, filling text DEFAULT repeat('x', 900)) WITH (fillfactor = 10); INSERT INTO t SELECT i, i FROM generate_series(1, ${ROWS}) i;
  ALTER TABLE t ADD COLUMN new bigint; CREATE TABLE log (id int);
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO log VALUES (NEW.id); RETURN NEW; END';
  CREATE TRIGGER noted AFTER UPDATE ON t FOR EACH ROW EXECUTE FUNCTION note();`;

const work = {
  migrations: [
    oneMigration(
      [backfill({ table: 'public.t', set: 'new = old', where: 'new IS NULL' }), 'ALTER TABLE t ALTER COLUMN new SET NOT NULL'],
      false,
    ),
  ],
  root: '/',
};

/** The run ends between two batches or in the middle of one; the server may still be at work when the next run begins. */
async function killedBetween(server: Cluster, random: Random): Promise<void> {
  const { url, drop } = await createDatabase(server);
  await ask(url, TABLE);
  const child = migrateInChild(work, url);
  const some = Math.floor(random() * 0.9 * ROWS);
  const filled = async () => (await ask<{ rows: number }>(url, 'select count(*)::int as rows from log'))[0]?.rows ?? 0;
  await waitUntil('rows are filled', async () => (await filled()) > some, 30_000);
  if (random() < 0.5) await child.kill('SIGKILL');
  else {
    await ask(
      url,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'DO $backfill$%'`,
    );
    const { failed, hint } = await endOf(child);
    assert.is(failed, 'DATABASE_UNREACHABLE');
    assert.match(hint ?? '', 'What ran of 20260101000000_m before it is recorded as done; the next run goes on from there.');
  }
  await migrate(work, url, 'up');
  assert.equal(await ask(url, 'select count(*)::int as rows, count(distinct id)::int as different from log'), [
    { rows: ROWS, different: ROWS },
  ]);
  assert.equal(await ask(url, 'select count(*)::int as rows from t where new is distinct from old'), [{ rows: 0 }]);
  await drop();
}

faultRow('R-33', { base: 4 }, async (server) => ({ run: ({ random }) => killedBetween(server, random) }));

test.run();
