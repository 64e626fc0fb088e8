import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { serverAccount } from '../../src/postgres/account.ts';
import { endOf, finish, logged, migrateInChild, type Patient, patient, withVictim } from '../migration/faults.ts';
import { ask } from './ask.ts';
import { faultRow, type Random } from './faultRow.ts';
import { idOf } from './histories.ts';
import { type SmallDisk, smallDisk } from './smallDisk.ts';

const MB = 1 << 20;
const DISK = 48 * MB;

/** An index and a table of 8 MB each come to lie on the small disk. */
const HISTORY = {
  [idOf(0)]:
    `up: [sql\`CREATE TABLE log (name text); CREATE TABLE t (id int, filling text); INSERT INTO t SELECT i, md5(i::text) || repeat('x', 70) FROM generate_series(1, 60000) i\`], down: [sql\`DROP TABLE t, log\`]`,
  [idOf(1)]:
    `transaction: false, up: [${logged('a')}, sql\`CREATE INDEX CONCURRENTLY t_filling ON t (filling) TABLESPACE small\`, ${logged('b')}], down: [sql\`DROP INDEX CONCURRENTLY t_filling\`]`,
  [idOf(2)]: `up: [${logged('c')}, sql\`CREATE TABLE copy TABLESPACE small AS SELECT * FROM t\`], down: [sql\`DROP TABLE copy\`]`,
};

/** Where there is room for the index, there is none for the table. */
async function full(work: Patient, disk: SmallDisk, random: Random): Promise<void> {
  await withVictim(work, 'up', async (url) => {
    const free = (random() < 0.5 ? 2 : 12) * MB;
    disk.fill(free + Math.floor(random() * MB));
    const told = await endOf(migrateInChild(work, url));
    assert.is(told.failed, 'STATEMENT_FAILED');
    assert.match(told.message ?? '', /could not extend file/);
    assert.match(told.hint ?? '', /The disk of the server is full: free some of it, and run the command again\./);
    disk.clear();
    await finish(work, url, 'up');
    assert.equal(await ask(url, 'select indexrelid::regclass::text from pg_index where not indisvalid'), []);
  });
}

faultRow('R-21', { base: 2 }, async (server) => {
  const disk = smallDisk(DISK);
  if (disk === null) return null;
  const place = join(disk.path, 'tablespace');
  mkdirSync(place);
  const account = serverAccount();
  if (account !== undefined) chownSync(place, account.uid, account.gid);
  await ask(server.url('postgres'), `CREATE TABLESPACE small LOCATION '${place}'`);
  const work = await patient(HISTORY, server);
  return {
    run: ({ random }) => full(work, disk, random),
    end: async () => {
      await work.end();
      await ask(server.url('postgres'), 'DROP TABLESPACE small');
      disk.end();
    },
  };
});

test.run();
