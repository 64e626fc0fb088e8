/** What statements lock and rewrite, as PostgreSQL itself says while they run. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Observed, observeStatements } from '../../src/shadow/observe.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';

const TABLES = 'CREATE TABLE t (id int PRIMARY KEY, a varchar(10)); CREATE TABLE u (t int); CREATE INDEX by_a ON t (a)';

/** The lock on `t` that comes first, and what is rewritten. */
const onT = ({ locks, rewritten }: Observed) => [locks?.find(({ relation }) => relation === 'public.t')?.mode, rewritten];

for (const major of [15, 18] as const) {
  const observing = suite(`observed statements on PostgreSQL ${major}`);
  const server = await withServer(major);
  if (server === null) continue;
  const shadow = await Shadow.open(server, 'postgres');

  const observe = (statements: readonly string[]) =>
    shadow.scratch(async (database) => {
      await database.session((session) => session.script(TABLES));
      return observeStatements(database, statements);
    });

  observing('the strongest lock of each statement by itself is told, and whether it wrote every row anew', async () => {
    const observed = await observe([
      'ALTER TABLE t ALTER a TYPE text',
      'ALTER TABLE t ALTER id TYPE bigint',
      'ALTER TABLE t ADD k uuid DEFAULT gen_random_uuid()',
      'ALTER TABLE t ADD CONSTRAINT c CHECK (id > 0) NOT VALID',
      'ALTER TABLE t VALIDATE CONSTRAINT c',
      'CREATE INDEX i ON t (a)',
      'CREATE TABLE v (id int)',
    ]);
    assert.equal(observed.map(onT), [
      ['ACCESS EXCLUSIVE', []],
      ['ACCESS EXCLUSIVE', ['public.t']],
      ['ACCESS EXCLUSIVE', ['public.t']],
      ['ACCESS EXCLUSIVE', []],
      ['SHARE UPDATE EXCLUSIVE', []],
      ['SHARE', []],
      [undefined, []],
    ]);
  });

  observing('a foreign key locks both tables, and only those that were there are told', async () => {
    const [observed] = await observe(['ALTER TABLE u ADD FOREIGN KEY (t) REFERENCES t']);
    assert.equal(
      observed?.locks?.filter(({ mode }) => mode === 'SHARE ROW EXCLUSIVE').map(({ relation }) => relation),
      ['public.t', 'public.u'],
    );
  });

  observing('what refuses a transaction is watched from outside', async () => {
    const observed = await observe([
      'CREATE INDEX CONCURRENTLY i ON t (a)',
      'DROP INDEX CONCURRENTLY by_a',
      'DO $$ BEGIN UPDATE t SET a = a; COMMIT; END $$',
    ]);
    assert.equal(observed.map(onT), [
      ['SHARE UPDATE EXCLUSIVE', []],
      ['SHARE UPDATE EXCLUSIVE', []],
      [undefined, []],
    ]);
  });

  observing.after(() => shadow.close());
  observing.run();
}
