import { managedView } from '../diff/managed.ts';
import { FastpyError } from '../errors.ts';
import { byId, type SchemaObject } from '../kinds/kind.ts';
import { kindOf } from '../kinds/registry.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { scratchActionsOf } from '../migration/replay.ts';
import { runAction } from '../migration/steps.ts';
import { stateOf } from '../pipeline.ts';
import { inDiscardedTransaction } from '../shadow/rehearse.ts';
import type { State } from '../shadow/states.ts';
import { identities } from './identities.ts';
import { countRows, held } from './rows.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** Every applied migration, and those of them to roll back, newest first. */
interface Rollback {
  readonly applied: readonly Migration[];
  readonly chosen: readonly Migration[];
}

/** The rows that go when migrations are rolled back, e.g. `column public.posts.body with 3 values`. */
export async function lossesOf(workspace: Workspace, target: Target, rollback: Rollback): Promise<readonly string[]> {
  const now = await stateOf(target, rollback.applied);
  const survives = (await rehearsed(now, rollback.chosen, target.root)) ?? (await byName(target, rollback));
  const { objects } = managedView(workspace.config.schemas)(now.snapshot);
  const lost = [...objects.values()].filter((object) => kindOf(object).holdsData?.(object) && !survives(object));
  const outermost = lost.filter(({ owner }) => !lost.some(({ id }) => id === owner)).toSorted(byId);
  const counted = await Promise.all(outermost.map(async (object) => ({ object, rows: await countRows(target.live, object) })));
  return counted.filter(({ rows }) => rows > 0).map(({ object, rows }) => `${object.kind} ${object.name} with ${held(object.kind, rows)}`);
}

type Survival = (object: SchemaObject) => boolean;

/**
 * Runs the way down in the shadow and asks who is still there by PostgreSQL's own identities, which a rename leaves and a second
 * object of the same name does not have. Undefined when it cannot be run in a transaction.
 */
async function rehearsed(now: State, chosen: readonly Migration[], root: string): Promise<Survival | undefined> {
  const actions = chosen.flatMap((migration) => scratchActionsOf(migration, 'down'));
  return inDiscardedTransaction(now.database, async (session) => {
    const before = new Map((await identities(session)).map(({ name, identity }) => [name, identity]));
    for (const action of actions) await runAction(session, action, { root });
    const after = new Set((await identities(session)).map(({ identity }) => identity));
    return ({ name }: SchemaObject) => after.has(before.get(name) ?? '');
  }).catch((error: unknown) => {
    if (error instanceof FastpyError) return undefined;
    throw error;
  });
}

async function byName(target: Target, { applied, chosen }: Rollback): Promise<Survival> {
  const { snapshot } = await stateOf(target, applied.slice(0, applied.length - chosen.length));
  return ({ id }) => snapshot.objects.has(id);
}
