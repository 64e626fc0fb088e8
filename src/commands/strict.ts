import { fail } from '../errors.ts';
import { stateOf } from '../pipeline.ts';
import type { Strictness } from '../protocol/methods.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/**
 * With `strict`, refuses models and a history that have objects of a kind that is not modelled; before there is a history, so does the database.
 * @throws UNMODELLED
 */
export async function refuseUnmodelled(workspace: Workspace, target: Target, { strict }: Strictness): Promise<void> {
  if (!strict) return;
  const migrations = await workspace.migrations();
  const models = await target.models.get(await workspace.models());
  const history = migrations.length === 0 ? await target.observed.snapshot() : (await stateOf(target, migrations)).snapshot;
  const objects = [models.snapshot, history].flatMap(({ unmodelled }) => unmodelled.map(({ kind, name }) => `${kind} ${name}`));
  if (objects.length > 0) throw fail('UNMODELLED', { objects: [...new Set(objects)].sort() });
}
