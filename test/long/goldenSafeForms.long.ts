/** Every golden case in its safe form: it ends in the very rows of the catalogs that the plain form ends in, or stays plain and says why. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readRawCatalog } from '../../src/introspect/rawCatalog.ts';
import { rawDifferences } from '../../src/introspect/rawDifferences.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { applyRenames } from '../../src/shadow/applyRenames.ts';
import { provePlan } from '../../src/shadow/provePlan.ts';
import { proveSafe } from '../../src/shadow/proveSafe.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { type Case, findCases, onlyCases, stand } from '../support/cases.ts';
import { withServer } from '../support/servers.ts';

const view = (snapshot: SchemaSnapshot): SchemaSnapshot => snapshot;

const forms = suite('safe forms of golden cases');
const shadow = await Shadow.open(await withServer(18), 'postgres');
const made: string[] = [];

/** The plain statements and the safe ones, and why some have none. */
const waysOf = (testCase: Case) =>
  shadow.scratch((before) =>
    shadow.scratch(async (after) => {
      const [{ snapshot: from }, { snapshot: to, renames: requests = [] }] = await Promise.all([
        stand(before, testCase, 'from'),
        stand(after, testCase, 'to'),
      ]);
      const renames = await applyRenames(before, { from, to, view, requests, free: requests.length > 0 });
      const proven = await provePlan(before, { from, to, view, renames });
      const copy = async () => {
        const scratch = await shadow.create();
        await stand(scratch.database, testCase, 'from');
        return scratch;
      };
      const task = { proven, from, start: renames.snapshot, to, view, renames, majorVersion: 18, copy };
      const { statements, warnings } = await proveSafe(task);
      const plain = [...renames.up, ...proven.up.statements.map(({ sql }) => sql)];
      return { plain, safe: statements && [...renames.up, ...statements.up.map(({ sql }) => sql)], warnings };
    }),
  );

const rawAfter = (testCase: Case, statements: readonly string[]) =>
  shadow.scratch(async (database) => {
    await stand(database, testCase, 'from');
    return database.session(async (session) => {
      await session.query('SET check_function_bodies = off');
      for (const sql of statements) await session.query(sql);
      return readRawCatalog(session);
    });
  });

for (const testCase of await findCases()) {
  forms(testCase.name, async () => {
    const { plain, safe, warnings } = await waysOf(testCase);
    if (warnings.length > 0) console.log(`${testCase.name}: ${warnings.join('; ')}`);
    if (safe === undefined) return;
    made.push(testCase.name);
    assert.equal(rawDifferences(await rawAfter(testCase, plain), await rawAfter(testCase, safe)), []);
  });
}

// They are so many only together.
const complete = onlyCases === '' ? forms : forms.skip;

complete('some cases have a safe form', () => {
  console.log(`\n${made.length} cases have a safe form`);
  assert.ok(made.length > 20, `${made.length}`);
});

forms.after(() => shadow.close());
forms.run();
