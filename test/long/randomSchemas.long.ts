import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FastpyError } from '../../src/errors.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import type { ModelSet } from '../../src/model/statement.ts';
import { makePlan } from '../../src/plan/makePlan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { materialise } from '../../src/shadow/materialise.ts';
import { ModelStates } from '../../src/shadow/modelStates.ts';
import type { ProvenPlan } from '../../src/shadow/provePlan.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { States } from '../../src/shadow/states.ts';
import { prove, type Standing } from '../support/prove.ts';
import { anyPair, schemaFiles } from '../support/randomSchemas/schemas.ts';
import type { Choice } from '../support/randomSchemas/slots.ts';
import { recordRuns } from '../support/recordRuns.ts';
import { withServer } from '../support/servers.ts';
import { onlyIn } from '../support/snapshotLines.ts';

const seed = Number(process.env.TEST_SEED ?? 1);
const runs = Number(process.env.TEST_RUNS ?? 100);

/** A test file has a quarter of an hour; what was not run by then is not counted as run. */
const TIME_LIMIT_MS = 6 * 60_000;

const modelsOf = (choice: Choice): ModelSet =>
  modelSet(Object.entries(schemaFiles(choice)).map(([file, text]) => readSqlModel(text, file)));

/** What PostgreSQL itself refuses (a NOT NULL domain without a default, say) is no schema. */
async function standing(database: Standing['database'], models: ModelSet): Promise<Standing> {
  try {
    await materialise(database, models);
  } catch (error) {
    fc.pre(!(error instanceof FastpyError) || error.code !== 'MODEL_REJECTED');
    throw error;
  }
  return { database, snapshot: await database.session(introspect) };
}

/** Applies what was proved, and reads the whole back each time, where the proof reads parts. */
async function assertApplied(before: Standing, after: Standing, { up, down }: ProvenPlan): Promise<void> {
  const textOf = ({ statements }: Plan): string =>
    ['SET LOCAL check_function_bodies = off', ...statements.map(({ sql }) => sql)].join(';\n');
  const perform = async (plan: Plan): Promise<SchemaSnapshot> => {
    await before.database.transaction((session) => session.script(textOf(plan)));
    return before.database.session(introspect);
  };
  assert.equal(makePlan(await perform(up), after.snapshot).statements, [], 'planned again after up');
  assert.equal(makePlan(await perform(down), before.snapshot).statements, [], 'planned again after down');
}

/** The second models after the first ones, as a daemon makes them real, beside the same made at once. */
async function assertIncremental(states: States, steps: readonly ModelSet[], whole: Standing): Promise<void> {
  const models = new ModelStates(states);
  try {
    const results = [];
    for (const step of steps) results.push(await models.get(step));
    const last = results.at(-1)?.snapshot ?? whole.snapshot;
    assert.equal([onlyIn(last, whole.snapshot), onlyIn(whole.snapshot, last)], [[], []], 'in small steps and all at once');
  } finally {
    models.close();
  }
}

const said = (choices: readonly Choice[]): string =>
  choices
    .map((choice, index) => `-- ${index === 0 ? 'from.sql' : 'to.sql'}\n${Object.values(schemaFiles(choice)).filter(Boolean).join('')}`)
    .join('\n');

const property = suite('random schemas');

for (const server of [await withServer(18), await withServer(15)]) {
  if (server === null) continue;
  const shadow = await Shadow.open(server, 'postgres');
  await shadow.ensureRoles(['reader']);
  const states = new States(shadow);
  property.after(() => shadow.close());

  const holds = (choices: readonly [Choice, Choice]): Promise<void> =>
    shadow.scratch((one) =>
      shadow.scratch(async (other) => {
        const [from, to] = [modelsOf(choices[0]), modelsOf(choices[1])];
        const [before, after] = [await standing(one, from), await standing(other, to)];
        const proven = await prove(before, after);
        assert.equal(proven.unexplained, [], 'the second check');
        await assertApplied(before, after, proven);
        await assertIncremental(states, [from, to], after);
      }),
    );

  property(`up reaches, down returns, in steps is as at once, on PostgreSQL ${server.major}: ${runs} runs, seed ${seed}`, async () => {
    const result = await fc.check(fc.asyncProperty(anyPair, holds), {
      seed,
      numRuns: runs,
      maxSkipsPerRun: 20,
      interruptAfterTimeLimit: TIME_LIMIT_MS,
    });
    recordRuns({
      property: 'random schemas',
      server: server.version,
      seed,
      runs: result.numRuns,
      skipped: result.numSkips,
      failed: result.failed,
    });
    if (!result.failed) return;
    const error = result.errorInstance;
    const reason = error instanceof Error ? error.message : String(error);
    assert.unreachable(`seed ${seed}, path ${result.counterexamplePath}: ${reason}\n${said(result.counterexample?.[0] ?? [])}`);
  });
}

property.run();
