import { fail } from '../errors.ts';
import { dropKept, keptIn, nameOf } from '../migration/keptTables.ts';
import type { KeptParams, KeptResult } from '../protocol/methods.ts';
import { confirm } from './confirm.ts';
import { held } from './rows.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** `db:kept`: what `--keep` has copied before it was lost; with `drop`, copies go for good. @throws CONFIRMATION_NEEDED */
export async function kept(workspace: Workspace, params: KeptParams): Promise<KeptResult> {
  const target = await workspace.target(params.database);
  const all = await keptOf(target);
  const chosen = params.drop?.includes('all') ? all.map(({ name }) => name) : (params.drop ?? []);
  const unknown = chosen.find((name) => !all.some((each) => each.name === name));
  if (unknown !== undefined)
    throw fail('USAGE', {
      problem: `nothing is kept as "${unknown}"`,
      help: `Kept are: ${all.map(({ name }) => name).join(', ') || 'none'}.`,
    });
  if (chosen.length > 0) {
    const copies = all.filter(({ name }) => chosen.includes(name)).map(({ object, rows }) => `${object} with ${held('table', rows)}`);
    confirm(target, params, `Dropping the copies of ${copies.join(', ')}`);
    await dropKept(target.live, chosen);
  }
  return { schemaVersion: 1, kept: all.filter(({ name }) => !chosen.includes(name)), dropped: chosen };
}

/** Everything that is kept in a database, as users see it. */
export async function keptOf(target: Target): Promise<KeptResult['kept']> {
  const all = await target.live.session(keptIn);
  return all.map(({ name, migration, direction, rows, keptAt, ...lost }) => ({
    name,
    object: nameOf(lost),
    migration,
    direction,
    rows,
    keptAt,
  }));
}
