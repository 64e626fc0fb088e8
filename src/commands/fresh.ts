import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { baselineView } from '../diff/managed.ts';
import { introspect } from '../introspect/introspect.ts';
import { byId } from '../kinds/kind.ts';
import { dropLedger, markDropping } from '../migration/ledger.ts';
import { withMigrationLock } from '../migration/lock.ts';
import { stateOf } from '../pipeline.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { PlannedStatement } from '../plan/plan.ts';
import type { FreshParams, FreshResult, RequestContext } from '../protocol/methods.ts';
import { confirm, placeOf } from './confirm.ts';
import { keptOf } from './kept.ts';
import { migrate } from './migrate.ts';
import { countRows, held } from './rows.ts';
import { seed } from './seed.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** A transaction holds a lock for each object that it drops; this many fit the server's default of 64 a connection by far. */
const BATCH_SIZE = 50;

/** `db:fresh`: drops everything managed and the history, then migrates from nothing. */
export async function fresh(workspace: Workspace, params: FreshParams, context: RequestContext): Promise<FreshResult> {
  const target = await workspace.target(params.database);
  const losses = await lossesOf(workspace, target);
  const action = ['Dropping everything that is managed', ...losses].join(', ');
  confirm(target, params, action);
  await workspace.migrations();
  context.progress({ message: `${action} on ${placeOf(target)}`, isNotice: true });
  const dropped = await dropEverything(workspace, target, context);
  const { applied, warnings } = await migrate(workspace, { database: params.database }, context);
  const seeded = params.seed
    ? (await seed(workspace, { database: params.database, force: params.force, target: params.target }, context)).seeded
    : [];
  return { schemaVersion: 1, dropped, applied, seeded, warnings: [...losses.map((loss) => `lost: ${loss}`), ...warnings] };
}

/** The tables that have rows, e.g. `table public.posts with 3 rows`, and what `--keep` has copied. */
async function lossesOf(workspace: Workspace, target: Target): Promise<readonly string[]> {
  const { objects } = baselineView(workspace.config.schemas)(await target.live.transaction(introspect));
  const tables = [...objects.values()].filter(({ kind }) => kind === 'table').toSorted(byId);
  const counted = await Promise.all(tables.map(async (table) => ({ table, rows: await countRows(target.live, table) })));
  const lost = counted.filter(({ rows }) => rows > 0).map(({ table, rows }) => `table ${table.name} with ${held('table', rows)}`);
  const copies = (await keptOf(target)).map(({ object, rows }) => `the kept copy of ${object} with ${held('table', rows)}`);
  return [...lost, ...copies];
}

/** In batches, so that no number of tables needs more locks than a server has. In the place of the history is a mark until all is gone. */
async function dropEverything(workspace: Workspace, target: Target, context: RequestContext): Promise<number> {
  return withMigrationLock(target.live, { timeoutMs: workspace.config.lockTimeout, signal: context.signal }, async () => {
    const statements = await dropStatements(workspace, target);
    await markDropping(target.live);
    for (let done = 0; done < statements.length; done += BATCH_SIZE) {
      const batch = statements.slice(done, done + BATCH_SIZE);
      await target.live.transaction(async (session) => {
        for (const { sql } of batch) await session.query(sql);
      });
      context.progress({ message: 'dropping', done: done + batch.length, total: statements.length });
    }
    await dropLedger(target.live);
    return statements.length;
  });
}

async function dropStatements(workspace: Workspace, target: Target): Promise<readonly PlannedStatement[]> {
  const view = baselineView(workspace.config.schemas);
  const empty = view((await stateOf(target, [])).snapshot);
  const live = view(await target.live.transaction(introspect));
  return diffSnapshots(live, empty).length === 0 ? [] : makePlan(live, empty).statements;
}
