import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readRawCatalog } from '../../src/introspect/rawCatalog.ts';
import { findUnexplained, managedDifferences, unexplainedWarnings } from '../../src/shadow/rawCheck.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';

const check = suite('the second check of a proof');
const shadow = await Shadow.open(await withServer(18), 'postgres');
check.after(() => shadow.close());

const START = 'CREATE MATERIALIZED VIEW m AS SELECT 1 AS x; CREATE SCHEMA other';

check('what the models want and the plan leaves as it is, is told with its catalog and column', () =>
  shadow.scratch((before) =>
    shadow.scratch(async (after) => {
      for (const database of [before, after]) await database.session((session) => session.script(START));
      await after.session((session) => session.script('ALTER MATERIALIZED VIEW m ALTER COLUMN x SET STATISTICS 5'));
      const desired = await after.session(readRawCatalog);
      const [first = ''] = unexplainedWarnings(await findUnexplained(before, { up: [], down: [], desired }));
      assert.match(first, 'after up: catalog pg_attribute, column attstattarget of public.m x differs, which no kind explains');
    }),
  ),
);

check('what the way down leaves behind is told', () =>
  shadow.scratch(async (before) => {
    const up = ['CREATE TABLE a (id int)', 'CREATE SCHEMA other', 'CREATE TABLE other.b (id int)'];
    const desired = await shadow.scratch((after) =>
      after.session(async (session) => {
        await session.script(up.join(';'));
        return readRawCatalog(session);
      }),
    );
    const found = await findUnexplained(before, { up, down: [], desired });
    assert.ok(found.every(({ direction, before }) => direction === 'down' && before === undefined));
    assert.ok(
      unexplainedWarnings(found).includes(
        'after down: catalog pg_attribute: public.a id is there and should not be, which no kind explains',
      ),
    );
    assert.ok(unexplainedWarnings(found).at(-1)?.endsWith('more differences in catalogs that no kind explains'));
    const managed = managedDifferences(found, ['public']);
    assert.ok(managed.length > 0 && managed.every(({ schema }) => schema === 'public'));
  }),
);

check.run();
