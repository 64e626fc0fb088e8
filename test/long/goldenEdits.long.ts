import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import { type Desired, ModelStates } from '../../src/shadow/modelStates.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { States } from '../../src/shadow/states.ts';
import { findCases, golden } from '../support/cases.ts';
import { withServer } from '../support/servers.ts';
import { onlyIn } from '../support/snapshotLines.ts';

const edits = suite('golden cases as edits');
const shadow = await Shadow.open(await withServer(18), 'postgres');
// Two, so that neither finds what the other made.
const [kept, fresh] = [new States(shadow), new States(shadow)];

/** What the last of these texts means, after the others were models before it. */
async function after(states: States, texts: readonly string[]): Promise<Desired> {
  const models = new ModelStates(states);
  try {
    const results = [];
    for (const text of texts) results.push(await models.get(modelSet([readSqlModel(text, 'models/all.sql')])));
    return results.at(-1) as Desired;
  } finally {
    models.close();
  }
}

async function assertSame(...texts: readonly string[]): Promise<void> {
  const [stepwise, whole] = [await after(kept, texts), await after(fresh, texts.slice(-1))];
  assert.equal(onlyIn(stepwise.snapshot, whole.snapshot), [], 'only in small steps');
  assert.equal(onlyIn(whole.snapshot, stepwise.snapshot), [], 'only all at once');
  assert.equal(stepwise.warnings, whole.warnings);
}

for (const testCase of await findCases()) {
  edits(`${testCase.name}: an edit leads where fresh work would lead, and back`, async () => {
    const [from, to] = [(await golden(testCase, 'from.sql')) ?? '', (await golden(testCase, 'to.sql')) ?? ''];
    await assertSame(from, to);
    await assertSame(to, from, to, from);
  });
}

edits.after(() => shadow.close());
edits.run();
