import pg from 'pg';
/** A real PgBouncer before a real server. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../src/database/live.ts';
import { FastpyError } from '../../src/errors.ts';
import { hasPgBouncer, startPgBouncer } from '../support/pgBouncer.ts';
import { createDatabase } from '../support/servers.ts';

const behindPooler = suite('behind a pooler');
const isThere = hasPgBouncer();
const made = await createDatabase();

for (const size of [1, 2, 20]) {
  behindPooler(
    `one that changes the session with each transaction is refused before anything is set on its sessions, ${size} of them`,
    async () => {
      if (!isThere) return;
      const pooler = await startPgBouncer(made.url, { mode: 'transaction', size });
      const error = await openDatabase(pooler.url, { lockTimeout: 4321 }).then(
        () => assert.unreachable('it was opened'),
        (reason: unknown) => reason,
      );
      assert.instance(error, FastpyError);
      assert.is((error as FastpyError).code, 'POOLED');
      const other = new pg.Client(pooler.url);
      await other.connect();
      const { rows } = await other.query('SHOW lock_timeout');
      assert.equal(rows, [{ lock_timeout: '0' }]);
      await other.end();
      pooler.stop();
    },
  );

  behindPooler(`it is told from another one also while others use it, ${size} sessions`, async () => {
    if (!isThere) return;
    const pooler = await startPgBouncer(made.url, { mode: 'transaction', size });
    const opened = await Promise.allSettled(Array.from({ length: 6 }, () => openDatabase(pooler.url)));
    pooler.stop();
    assert.equal(
      opened.map((one) => (one.status === 'rejected' ? one.reason.code : 'opened')),
      Array(6).fill('POOLED'),
    );
  });

  behindPooler(`one that gives a session for as long as the connection lasts serves like the server itself, ${size} of them`, async () => {
    if (!isThere) return;
    const pooler = await startPgBouncer(made.url, { mode: 'session', size });
    const database = await openDatabase(pooler.url, { lockTimeout: 4321, maximumPoolSize: size });
    const [setting] = await database.session((session) => session.query<{ lock_timeout: string }>('SHOW lock_timeout'));
    assert.is(setting?.lock_timeout, '4321ms');
    await database.close();
    pooler.stop();
  });
}

behindPooler.after(() => made.drop());
behindPooler.run();
