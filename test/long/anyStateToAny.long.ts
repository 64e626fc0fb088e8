import fc from 'fast-check';
import { suite } from 'uvu';
import { provePlan } from '../../src/shadow/provePlan.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { type Case, findCases, stateOf, supports } from '../support/cases.ts';
import { withServer } from '../support/servers.ts';

const seed = Number(process.env.TEST_SEED ?? 1);
const runs = Number(process.env.TEST_RUNS ?? 100);

/** A state of any golden case that a server of this major can hold. */
async function anyState(major: number): Promise<fc.Arbitrary<{ readonly testCase: Case; readonly side: 'from' | 'to' }>> {
  const cases: Case[] = [];
  for (const testCase of await findCases()) if (await supports(testCase, major)) cases.push(testCase);
  return fc.record({ testCase: fc.constantFrom(...cases), side: fc.constantFrom('from', 'to') });
}

const property = suite('any state to any other');

for (const server of [await withServer(18), await withServer(15)]) {
  if (server === null) continue;
  const shadow = await Shadow.open(server, 'postgres');
  const state = await anyState(server.major);
  property.after(() => shadow.close());
  property(`from any golden state to any other and back on PostgreSQL ${server.major}: ${runs} runs, seed ${seed}`, () =>
    fc.assert(
      fc.asyncProperty(state, state, (one, other) =>
        shadow.scratch((before) =>
          shadow.scratch(async (after) => {
            const [from, to] = [await stateOf(before, one.testCase, one.side), await stateOf(after, other.testCase, other.side)];
            await provePlan(before, { from, to, view: (snapshot) => snapshot });
          }),
        ),
      ),
      { seed, numRuns: runs },
    ),
  );
}

property.run();
