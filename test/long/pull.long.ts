/** Models are pulled from both states of every golden case, in both formats and on both servers, and say all that is there. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadProject } from '../../src/config/loadProject.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { pullModels } from '../../src/pull/pullModels.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { findCases, stateOf, supports } from '../support/cases.ts';
import { temporaryProject } from '../support/project.ts';
import { withServer } from '../support/servers.ts';

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
