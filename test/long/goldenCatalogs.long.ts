/** The way of every golden case is proved on both servers, by every kind and then by the rows of all catalogs, of which no kind decides what counts. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Shadow } from '../../src/shadow/shadow.ts';
import { findCases, stand, supports } from '../support/cases.ts';
import { prove } from '../support/prove.ts';
import { withServer } from '../support/servers.ts';

const majors = (process.env.TEST_MAJORS ?? '18,15').split(',');
const proving = suite('golden cases by their catalogs');

for (const major of [18, 15] as const) {
  const server = majors.includes(String(major)) ? await withServer(major) : null;
  if (server === null) continue;
  const shadow = await Shadow.open(server, 'postgres');
  for (const testCase of await findCases()) {
    if (!(await supports(testCase, major))) continue;
    proving(`${testCase.name} on ${major}: nothing is left different that no kind explains`, () =>
      shadow.scratch((before) =>
        shadow.scratch(async (after) => {
          const { unexplained } = await prove(await stand(before, testCase, 'from'), await stand(after, testCase, 'to'));
          assert.equal(unexplained, []);
        }),
      ),
    );
  }
  proving.after(() => shadow.close());
}

proving.run();
