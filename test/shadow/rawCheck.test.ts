import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readRawCatalog } from '../../src/introspect/rawCatalog.ts';
import { findUnexplained, managedDifferences, unexplainedWarnings } from '../../src/shadow/rawCheck.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';

const check = suite('the second check of a proof');
const shadow = await Shadow.open(await withServer(18), 'postgres');
check.after(() => shadow.close());

const FOREIGN_KEY = 'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int CONSTRAINT k REFERENCES a); CREATE SCHEMA other';

check('what the models want and the plan leaves as it is, is told with its catalog and column', () =>
  shadow.scratch((before) =>
    shadow.scratch(async (after) => {
      for (const database of [before, after]) await database.session((session) => session.script(FOREIGN_KEY));
      await after.session((session) => session.script('ALTER TABLE b DISABLE TRIGGER ALL'));
      const desired = await after.session(readRawCatalog);
      const [first = '', second = ''] = unexplainedWarnings(await findUnexplained(before, { up: [], down: [], desired }));
      assert.match(
        first,
        'after up: catalog pg_trigger, column tgenabled of public.b k on public.b "RI_FKey_check_ins"() differs, which no kind explains',
      );
      assert.match(second, 'RI_FKey_check_upd');
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
