import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlannedStatement } from '../src/plan/plan.ts';
import { provePlan } from '../src/shadow/provePlan.ts';
import { Shadow } from '../src/shadow/shadow.ts';
import { type Case, findCases, golden, stateOf } from './support/cases.ts';
import { withServer } from './support/servers.ts';

const isUpdating = process.env.UPDATE_GOLDENS === '1';
const script = (statements: readonly PlannedStatement[]): string => statements.map(({ sql }) => `${sql};\n`).join('');

/** With UPDATE_GOLDENS=1 the file is written, to be reviewed as a diff. */
async function matches(testCase: Case, file: string, text: string): Promise<void> {
  if (isUpdating) await writeFile(join(testCase.directory, file), text);
  assert.fixture(text, (await golden(testCase, file)) ?? `no ${file}: run with UPDATE_GOLDENS=1 and review what it writes`);
}

const cases = suite('golden cases on PostgreSQL 18');
const shadow = await Shadow.open(await withServer(18), 'postgres');

for (const testCase of await findCases()) {
  cases(`${testCase.name}: up reaches to, down reaches from`, () =>
    shadow.scratch((before) =>
      shadow.scratch(async (after) => {
        const [from, to] = [await stateOf(before, testCase, 'from'), await stateOf(after, testCase, 'to')];
        const { up, down } = await provePlan(before, { from, to, view: (snapshot) => snapshot });
        await matches(testCase, 'up.sql', script(up.statements));
        await matches(testCase, 'down.sql', script(down.statements));
      }),
    ),
  );
}

cases.after(() => shadow.close());
cases.run();
