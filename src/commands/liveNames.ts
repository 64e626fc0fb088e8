import { FastpyError } from '../errors.ts';
import type { SchemaObject } from '../kinds/kind.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { scratchActionsOf } from '../migration/replay.ts';
import { runAction } from '../migration/steps.ts';
import { stateOf } from '../pipeline.ts';
import { inDiscardedTransaction } from '../shadow/rehearse.ts';
import type { State } from '../shadow/states.ts';
import { historyOf } from './history.ts';
import { type Identified, identities } from './identities.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** An object under the name that the live database still has for it. */
export type LiveName = (object: SchemaObject) => SchemaObject;

/**
 * How the live database calls what a plan names: the rows of a table lie under its old name until pending migrations and the plan's own
 * renames have run there.
 */
export async function liveNames(
  workspace: Workspace,
  target: Target,
  plan: { head: State; renames: readonly string[] },
): Promise<LiveName> {
  const { applied, pending } = await historyOf(workspace, target);
  if (pending.length + plan.renames.length === 0) return (object) => object;
  const inOrder = applied.map(({ migration }) => migration);
  const traced = pending.length === 0 ? undefined : await trace(target, await stateOf(target, inOrder), { ...plan, pending });
  // What cannot run in a transaction is left out: then at least the plan's own renames count.
  return traced ?? (await trace(target, plan.head, { ...plan, pending: [] })) ?? ((object) => object);
}

/** How a state calls what a plan names whose renames come first. */
export async function namesBefore(target: Target, start: State, renames: readonly string[]): Promise<LiveName> {
  const traced = renames.length === 0 ? undefined : await trace(target, start, { renames, pending: [] });
  return traced ?? ((object) => object);
}

interface Way {
  readonly pending: readonly Migration[];
  readonly renames: readonly string[];
}

/** Runs the way in the shadow and asks PostgreSQL who is who; undefined when it cannot be run in a transaction. */
async function trace(target: Target, start: State, { pending, renames }: Way): Promise<LiveName | undefined> {
  return inDiscardedTransaction(start.database, async (session) => {
    const before = new Map((await identities(session)).map((found) => [found.identity, found]));
    for (const action of pending.flatMap((migration) => scratchActionsOf(migration, 'up')))
      await runAction(session, action, { root: target.root });
    await session.script(renames.join(';\n'));
    return renaming(before, await identities(session));
  }).catch((error: unknown) => {
    if (error instanceof FastpyError) return undefined;
    throw error;
  });
}

function renaming(before: ReadonlyMap<string, Identified>, after: readonly Identified[]): LiveName {
  const earlier = new Map(after.map(({ name, identity }) => [name, before.get(identity)]));
  return (object) => {
    const { schema, table } = object as SchemaObject & { readonly schema?: string; readonly table?: string };
    // A new column has no earlier self, but its table may.
    const found = earlier.get(object.name) ?? earlier.get(`${schema}.${table}`);
    if (found === undefined) return object;
    const place = { schema: found.schema, table: found.table };
    return found.column === null ? { ...object, ...place } : { ...object, ...place, column: found.column };
  };
}
