import * as assert from 'uvu/assert';
import type { ScratchDatabase } from '../../../src/database/scratch.ts';
import { FastpyError } from '../../../src/errors.ts';
import { introspect } from '../../../src/introspect/introspect.ts';
import type { SchemaSnapshot } from '../../../src/kinds/snapshot.ts';
import { readSqlModel } from '../../../src/load/readSqlModel.ts';
import { modelSet } from '../../../src/model/modelSet.ts';
import type { ModelPart, ModelSet } from '../../../src/model/statement.ts';
import { makePlan } from '../../../src/plan/makePlan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { materialise } from '../../../src/shadow/materialise.ts';
import type { ProvenPlan } from '../../../src/shadow/provePlan.ts';
import { ASIDE } from '../../../src/shadow/tearDown.ts';
import { Workbench } from '../../../src/shadow/workbench.ts';
import { prove, type Standing } from '../prove.ts';
import { onlyIn } from '../snapshotLines.ts';
import { type Pair, schemaFiles } from './schemas.ts';

/** Two empty databases of one server. */
export interface Stage {
  readonly major: number;
  readonly one: ScratchDatabase;
  readonly other: ScratchDatabase;
}

/** A schema that PostgreSQL itself refuses (a NOT NULL domain without a default, say) is none. */
export class NoSchema extends Error {}

/**
 * What must hold of every pair: the way up reaches the second, the way back the first, planned again there is nothing left, no catalog differs,
 * and each made by editing the other is as it is when made at once.
 * @returns the plans, and where the databases stand afterwards
 * @throws NoSchema
 */
export async function assertPairHolds(pair: Pair, { major, one, other }: Stage) {
  const [from, to] = modelsOf(pair, major);
  const [before, after] = await Promise.all([standing(one, from), standing(other, to)]);
  const proven = await prove(before, after);
  assert.equal(proven.unexplained, [], `the second check: ${JSON.stringify(proven.unexplained)}`);
  await assertIncremental({ from, to, before, after });
  await assertApplied(before, after, proven);
  return { plans: proven, before: before.snapshot, after: after.snapshot };
}

/** Both schemas as a golden case has them. */
export const pairText = (pair: Pair, major: number): string =>
  pair
    .map(
      (choice, index) => `-- ${index === 0 ? 'from.sql' : 'to.sql'}\n${Object.values(schemaFiles(choice, major)).filter(Boolean).join('')}`,
    )
    .join('\n');

/** A file that says the same on both sides is the same object, as it is for whoever edits others. */
function modelsOf(pair: Pair, major: number): readonly [ModelSet, ModelSet] {
  const parts = new Map<string, ModelPart>();
  const partOf = (file: string, text: string): ModelPart => {
    const part = parts.get(`${file} ${text}`) ?? readSqlModel(text, file);
    parts.set(`${file} ${text}`, part);
    return part;
  };
  const side = (index: 0 | 1): ModelSet =>
    modelSet(Object.entries(schemaFiles(pair[index], major)).map(([file, text]) => partOf(file, text)));
  return [side(0), side(1)];
}

async function standing(database: ScratchDatabase, models: ModelSet): Promise<Standing> {
  try {
    await materialise(database, models);
  } catch (error) {
    throw error instanceof FastpyError && error.code === 'MODEL_REJECTED' ? new NoSchema(error.message) : error;
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
  assertNothingLeft(makePlan(await perform(up), after.snapshot), 'up');
  assertNothingLeft(makePlan(await perform(down), before.snapshot), 'down');
}

function assertNothingLeft({ statements }: Plan, direction: string): void {
  const left = statements.map(({ sql }) => sql);
  assert.equal(left, [], `planned again after ${direction}: ${left.join('; ')}`);
}

interface Edits {
  readonly from: ModelSet;
  readonly to: ModelSet;
  readonly before: Standing;
  readonly after: Standing;
}

/** Edits the first models into the second and back, as a daemon does, and compares with each made at once. */
async function assertIncremental({ from, to, before, after }: Edits): Promise<void> {
  await before.database.session((session) => session.query(`CREATE SCHEMA IF NOT EXISTS ${ASIDE}`));
  const bench = new Workbench({ key: '', database: before.database, snapshot: before.snapshot, warnings: [] }, from);
  try {
    assertSame(await bench.change(to), after.snapshot, 'an edit');
    assertSame(await bench.change(from), before.snapshot, 'an edit taken back');
  } finally {
    bench.close();
  }
}

/** Where only everything made anew will tell, there is nothing to compare. */
function assertSame(found: SchemaSnapshot | undefined, wanted: SchemaSnapshot, what: string): void {
  if (found === undefined) return;
  const differences = [onlyIn(found, wanted), onlyIn(wanted, found)];
  assert.equal(differences, [[], []], `after ${what} and all at once: ${JSON.stringify(differences)}`);
}
