import { relative } from 'node:path';
import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { FastpyError, fail } from '../errors.ts';
import { introspect } from '../introspect/introspect.ts';
import { type RawCatalog, readRawCatalog } from '../introspect/rawCatalog.ts';
import { rawDifferences } from '../introspect/rawDifferences.ts';
import { mayBringRows, placeOf, sortOf } from '../migration/dataActions.ts';
import type { Migration } from '../migration/migrationFile.ts';
import type { MigrationText } from '../migration/renderMigration.ts';
import { replacing } from '../migration/replaces.ts';
import { replay } from '../migration/replay.ts';
import { type Action, actionsOf } from '../migration/steps.ts';
import { migrationOf } from '../migration/writeMigration.ts';
import { stateOf } from '../pipeline.ts';
import { type Contents, differingContents, readContents, volatileColumns } from '../shadow/contents.ts';
import { provePlan } from '../shadow/provePlan.ts';
import type { State } from '../shadow/states.ts';
import { proveMigrations } from './proof.ts';
import type { Target } from './target.ts';

/** One migration that was proven to do what many did. */
export interface SquashPlan {
  readonly text: MigrationText;
  /** Steps of the old ones that it does without, since the rows of a new database are the same without them; where each stands. */
  readonly leftOut: readonly string[];
}

/** What the old migrations lead to. */
interface Goal {
  readonly target: Target;
  readonly chosen: readonly Migration[];
  readonly state: State;
  readonly catalog: RawCatalog;
  readonly contents: Contents;
}

/**
 * Plans one migration in the place of several that begin the history, and proves in the shadow that it leads to the same catalog and the same
 * rows, and back to nothing.
 * @throws SQUASH_REFUSED
 * @throws PLAN_NOT_PROVEN
 */
export async function planSquash(target: Target, chosen: readonly Migration[], message: string): Promise<SquashPlan> {
  const goal = await readGoal(target, chosen);
  const empty = await stateOf(target, []);
  const { up, down } = await provePlan(empty.database, { from: empty.snapshot, to: goal.state.snapshot, view: (whole) => whole });
  const roles = ofRoles(chosen);
  const body: MigrationText = {
    message,
    parent: null,
    up: [...roles.up, ...up.statements.map(({ sql }) => sql)],
    down: [...down.statements.map(({ sql }) => sql), ...roles.down],
    transaction: up.transactional && down.transactional,
    baseline: chosen[0]?.baseline,
    replaces: replacing(chosen),
  };
  return choose(goal, body);
}

async function readGoal(target: Target, chosen: readonly Migration[]): Promise<Goal> {
  const state = await stateOf(target, chosen);
  const catalog = await state.database.session(readRawCatalog);
  return { target, chosen, state, catalog, contents: await state.database.session(readContents) };
}

const ofRoles = (chosen: readonly Migration[]) => {
  const texts = (migrations: readonly Migration[], direction: 'up' | 'down') =>
    migrations
      .flatMap((migration) => actionsOf(migration, direction))
      .flatMap((action) => (action.run.kind === 'sql' && sortOf(action) === 'role' ? [action.run.sql] : []));
  return { up: texts(chosen, 'up'), down: texts(chosen.toReversed(), 'down') };
};

/**
 * Keeps every data step that is SQL, in their order and behind the schema. One that cannot be run there is left out, which shows in no row, or the
 * squash is refused.
 */
async function choose(goal: Goal, body: MigrationText): Promise<SquashPlan> {
  const data = goal.chosen.flatMap((migration) => actionsOf(migration, 'up')).filter((action) => sortOf(action) === 'data');
  let kept = data.flatMap(({ run }) => (run.kind === 'sql' ? [run.sql] : []));
  for (let reason = ''; ; ) {
    const text = { ...body, up: [...body.up, ...kept] };
    const found = await tryOut(goal, text);
    if (found === undefined)
      return {
        text,
        leftOut: placesOf(
          goal,
          data.filter(({ run }) => run.kind === 'function' || !kept.includes(run.sql)),
        ),
      };
    reason ||= found.reason;
    if (kept.length === 0) throw refused(goal, reason);
    const place = (found.step ?? 0) - body.up.length - 1;
    kept = place >= 0 ? kept.toSpliced(place, 1) : [];
  }
}

const placesOf = (goal: Goal, actions: readonly Action[]): readonly string[] =>
  actions.filter(mayBringRows).map((action) => placeOf(action, relativeTo(goal)));

const relativeTo =
  ({ target }: Goal) =>
  (file: string): string =>
    relative(target.root, file);

function refused(goal: Goal, reason: string): Error {
  const steps = goal.chosen.flatMap((migration) => actionsOf(migration, 'up'));
  return fail('SQUASH_REFUSED', { reason, places: placesOf(goal, steps) });
}

/** What speaks against a squash, with the step that cannot be run where there is one. */
interface Objection {
  readonly reason: string;
  readonly step?: number;
}

/** Undefined when it leads where the old ones lead, and back. */
async function tryOut(goal: Goal, text: MigrationText): Promise<Objection | undefined> {
  const migration = migrationOf(text);
  const { target } = goal;
  const found = await target.shadow
    .scratch(async (database) => {
      await replay(database, [migration], { root: target.root });
      const reason = await database.session((session) => compare(goal, session));
      return reason === undefined ? undefined : { reason };
    })
    .catch(failedStep);
  return found ?? proofOfDown(target, migration);
}

function failedStep(error: unknown): Objection {
  if (!(error instanceof FastpyError) || error.code !== 'STATEMENT_FAILED') throw error;
  const [, step] = /^step (\d+) of/.exec((error.facts as { readonly what: string }).what) ?? [];
  return { reason: error.message, step: Number(step) };
}

async function compare(goal: Goal, session: Parameters<typeof introspect>[0]): Promise<string | undefined> {
  const [change] = diffSnapshots(goal.state.snapshot, await introspect(session));
  if (change !== undefined) return `it leaves ${change.id} different`;
  const [difference] = rawDifferences(goal.catalog, await readRawCatalog(session));
  if (difference !== undefined) return `it leaves ${difference.object} different in ${difference.catalog}, which no kind explains`;
  const contents = await readContents(session);
  if (differingContents(goal.contents, contents).length === 0) return undefined;
  const [name] = differingContents(goal.contents, contents, volatileColumns(goal.contents, await contentsAgain(goal)));
  return name === undefined ? undefined : `it leaves other rows in ${name}`;
}

/** A second run of the old ones, to learn which values are others each time. */
const contentsAgain = ({ target, chosen }: Goal): Promise<Contents> =>
  target.shadow.scratch(async (database) => {
    await replay(database, chosen, { root: target.root });
    return database.session(readContents);
  });

async function proofOfDown({ shadow, root }: Target, migration: Migration): Promise<Objection | undefined> {
  for await (const { up, down, differences, failure } of proveMigrations(shadow, [migration], { root, view: (whole) => whole })) {
    if (up === 'proven' && down === 'exact') return undefined;
    return { reason: `its way down does not lead back: ${failure === null ? differences.join(', ') : FastpyError.from(failure).message}` };
  }
  return undefined;
}
