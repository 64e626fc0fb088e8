import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asFastpyError } from '../../src/errors.ts';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import type { ModelPart, ModelSet } from '../../src/model/statement.ts';
import { suggest } from '../../src/pipeline.ts';
import { ModelStates } from '../../src/shadow/modelStates.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { States } from '../../src/shadow/states.ts';
import { EDITABLE } from '../support/editableModels.ts';
import { withServer } from '../support/servers.ts';
import { onlyIn } from '../support/snapshotLines.ts';

const seed = Number(process.env.TEST_SEED ?? 1);
const runs = Number(process.env.TEST_RUNS ?? 100);
const schemas = ['public', 'app'];

/** Which version of which file is saved. */
const edit = fc
  .constantFrom(...Object.keys(EDITABLE))
  .chain((file) => fc.record({ file: fc.constant(file), version: fc.nat((EDITABLE[file]?.length ?? 1) - 1) }));

const partOf = (file: string, version: number): ModelPart => readSqlModel(EDITABLE[file]?.[version] ?? '', file);

/** Makes the models real, and the migration to them from a head. A refusal is a result too, though of several one or another may be named. */
async function outcome(states: ModelStates, models: ModelSet) {
  try {
    const { snapshot } = await states.get(models);
    const suggestion = await suggest(states, { head, models, schemas });
    return { snapshot, told: JSON.stringify({ ...suggestion, head: null, desired: null, proven: null }) };
  } catch (error) {
    return { error: asFastpyError(error).code };
  }
}

type Outcome = Awaited<ReturnType<typeof outcome>>;

/** Says both sides where they differ: the shrunk report shows nothing but the message. */
function assertSame(small: Outcome, whole: Outcome): void {
  const parts =
    small.snapshot && whole.snapshot ? [onlyIn(small.snapshot, whole.snapshot), onlyIn(whole.snapshot, small.snapshot)] : [[], []];
  assert.equal(parts, [[], []], `in small steps and all at once: ${JSON.stringify(parts)}`);
  for (const what of ['error', 'told'] as const) {
    if (small[what] !== whole[what]) assert.unreachable(`in small steps: ${small[what]}\nall at once: ${whole[what]}`);
  }
}

/** Saves one file after the other, and looks each time. */
async function followEdits(stepwise: ModelStates, edits: readonly { readonly file: string; readonly version: number }[]): Promise<void> {
  const parts = new Map(Object.keys(EDITABLE).map((file) => [file, partOf(file, 0)]));
  await stepwise.get(modelSet(parts.values()));
  for (const { file, version } of edits) {
    parts.set(file, partOf(file, version));
    const models = modelSet(parts.values());
    const alone = new ModelStates(fresh);
    const small = await outcome(stepwise, models);
    assertSame(small, await outcome(alone, models).finally(() => alone.close()));
  }
}

const property = suite('edits of models');
const shadow = await Shadow.open(await withServer(18), 'postgres');
const [kept, fresh] = [new States(shadow), new States(shadow)];
const head = await fresh.get(['head'], async () => undefined);
fresh.hold(head);

property(`after any edits the suggestion is the one of fresh work: ${runs} runs, seed ${seed}`, () =>
  fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 6 }), async (edits) => {
      const stepwise = new ModelStates(kept);
      await followEdits(stepwise, edits).finally(() => stepwise.close());
    }),
    { seed, numRuns: runs, includeErrorInReport: true },
  ),
);

property.after(() => shadow.close());
property.run();
