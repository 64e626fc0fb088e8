/** Models are pulled from the states of the golden cases, in both formats and on both servers, and say all that is there. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadProject } from '../../src/config/loadProject.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { pullModels } from '../../src/pull/pullModels.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { findCases, stateOf, supports } from '../support/cases.ts';
import { temporaryProject } from '../support/project.ts';
import { withServer } from '../support/servers.ts';

// Twelve hundred pulls take a quarter of an hour: fewer runs than a hundred take that share of them, another with each seed.
const step = Math.max(1, Math.round(100 / Number(process.env.TEST_RUNS ?? 100)));
let turn = Number(process.env.TEST_SEED ?? 0);

const pulling = suite('pulling');
const project = await loadProject(temporaryProject().root);

for (const major of [18, 15] as const) {
  const server = await withServer(major);
  if (server === null) continue;
  const shadow = await Shadow.open(server, 'postgres');
  const empty = await shadow.scratch((database) => database.session(introspect));
  for (const testCase of await findCases()) {
    if (!(await supports(testCase, major))) continue;
    for (const format of ['ts', 'sql'] as const) {
      for (const state of ['from', 'to'] as const) {
        if (turn++ % step !== 0) continue;
        pulling(`${testCase.name}, "${state}" as ${format} on ${major}: nothing is left different`, async () => {
          const live = await shadow.scratch((database) => stateOf(database, testCase, state));
          const { left } = await pullModels({ project, shadow, view: (whole) => whole }, { empty, live, format, naming: 'snake_case' });
          assert.equal(left, []);
        });
      }
    }
  }
  pulling.after(() => shadow.close());
}

pulling.run();
