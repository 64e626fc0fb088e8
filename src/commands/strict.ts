import { fail } from '../errors.ts';
import { unmodelledIn } from '../load/unmodelledStatements.ts';
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
  const models = await workspace.models();
  const { snapshot } = await target.models.get(models);
  const history = migrations.length === 0 ? await target.observed.snapshot() : (await stateOf(target, migrations)).snapshot;
  const objects = [snapshot, history].flatMap(({ unmodelled }) => unmodelled.map(({ kind, name }) => `${kind} ${name}`));
  const leftOut = models.statements.flatMap((statement) => {
    const kind = unmodelledIn(statement);
    return kind === undefined ? [] : [`${kind} in ${statement.file}:${statement.line}`];
  });
  if (objects.length + leftOut.length > 0) throw fail('UNMODELLED', { objects: [...new Set([...objects, ...leftOut])].sort() });
}
