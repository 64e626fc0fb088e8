import { managedView } from '../diff/managed.ts';
import type { DatabaseParams, RequestContext, VerdictInfo, VerifyResult } from '../protocol/methods.ts';
import { proveMigrations } from './proof.ts';
import { majorWarning } from './suggestion.ts';
import type { Workspace } from './workspace.ts';

/** `db:verify`: proves every migration file again, from nothing, in the shadow. The live database is not touched. */
export async function verify(workspace: Workspace, params: DatabaseParams, { progress, signal }: RequestContext): Promise<VerifyResult> {
  const target = await workspace.target(params.database);
  const migrations = await workspace.migrations();
  const verdicts: VerdictInfo[] = [];
  const options = { root: target.root, view: managedView(workspace.config.schemas), signal };
  for await (const verdict of proveMigrations(target.shadow, migrations, options)) {
    verdicts.push(verdict);
    progress({ message: `proved ${verdict.id}`, done: verdicts.length, total: migrations.length });
  }
  const unreached = migrations.slice(verdicts.length).map(({ id }) => ({ ...NOT_REACHED, id }));
  const provedOn = `PostgreSQL ${target.shadow.server.version}`;
  return { schemaVersion: 1, migrations: [...verdicts, ...unreached], provedOn, warnings: majorWarning(target) };
}

const NOT_REACHED = { up: 'not reached', down: 'not reached', differences: [], failure: null } as const;
