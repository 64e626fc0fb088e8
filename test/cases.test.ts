import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Shadow } from '../src/shadow/shadow.ts';
import { type Case, findCases, golden, onlyCases, stand } from './support/cases.ts';
import { coverageOf, demanded } from './support/coverage.ts';
import { findWay } from './support/prove.ts';
import { withServer } from './support/servers.ts';

const isUpdating = process.env.UPDATE_GOLDENS === '1';
const script = (statements: readonly string[]): string => statements.map((sql) => `${sql};\n`).join('');

/** With UPDATE_GOLDENS=1 the file is written, to be reviewed as a diff. */
async function matches(testCase: Case, file: string, text: string): Promise<void> {
  if (isUpdating) await writeFile(join(testCase.directory, file), text);
  assert.fixture(text, (await golden(testCase, file)) ?? `no ${file}: run with UPDATE_GOLDENS=1 and review what it writes`);
}

const cases = suite('golden cases on PostgreSQL 18');
const shadow = await Shadow.open(await withServer(18), 'postgres');
const shown = new Set<string>();

for (const testCase of await findCases()) {
  cases(`${testCase.name}: up reaches to, down reaches from`, () =>
    shadow.scratch((before) =>
      shadow.scratch(async (after) => {
        const [from, to] = await Promise.all([stand(before, testCase, 'from'), stand(after, testCase, 'to')]);
        const way = await findWay(from, to);
        const isRewritten = (await golden(testCase, 'from.sql')) !== (await golden(testCase, 'to.sql'));
        for (const deed of coverageOf(way, to.snapshot, isRewritten)) shown.add(deed);
        await matches(testCase, 'up.sql', script(way.texts.up));
        await matches(testCase, 'down.sql', script(way.texts.down));
      }),
    ),
  );
}

// They show what they must only together.
const complete = onlyCases === '' ? cases : cases.skip;

complete('every kind is created, altered, replaced, dropped and left alone in some case, and renamed where it can be', () => {
  const missing = demanded().filter((deed) => !shown.has(deed));
  assert.equal(missing, []);
});

cases.after(() => shadow.close());
cases.run();
