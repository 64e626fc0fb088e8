import { type BulkDatabase, openBulk } from '../database/bulk.ts';
import { managedView } from '../diff/managed.ts';
import type { RequestContext, ScaffoldParams, ScaffoldResult, SeedParams, SeedResult } from '../protocol/methods.ts';
import { confirm } from './confirm.ts';
import { tableOrder } from './tableOrder.ts';
import { unmatchedFolder } from './unmatched.ts';
import type { Workspace } from './workspace.ts';

// The seeding code brings faker along, which no other command should wait for.
const seeding = () => import('../seed/commands.ts');

/** `db:seed`: runs the seeders, those of referenced tables first; with `auto`, fills the tables that have none. */
export async function seed(workspace: Workspace, params: SeedParams, context: RequestContext): Promise<SeedResult> {
  const target = await workspace.live(params.database);
  confirm(target, params, 'Seeding');
  for (const message of unmatchedFolder(workspace.project, 'seeders')) context.progress({ message, isNotice: true });
  const order = tableOrder(managedView(workspace.config.schemas)(await target.observed.snapshot()));
  const { seedDatabase } = await seeding();
  const database = openBulk(target.live.url, workspace.config);
  const run = (on: BulkDatabase) =>
    seedDatabase({
      ...params,
      project: workspace.project,
      database: on,
      order,
      onProgress: context.progress,
      signal: context.signal,
    });
  const { seeded, randomSeed, unfilled } = await run(database).finally(() => database.close());
  return { schemaVersion: 1, seeded, randomSeed, warnings: unfilled };
}

/** `make:seeder` */
export async function makeSeeder(workspace: Workspace, params: ScaffoldParams): Promise<ScaffoldResult> {
  const { scaffoldSeeder } = await seeding();
  return { schemaVersion: 1, ...(await scaffoldSeeder(workspace.project, params.name)) };
}

/** `make:model` */
export async function makeModel(workspace: Workspace, params: ScaffoldParams): Promise<ScaffoldResult> {
  const { scaffoldModel } = await seeding();
  return { schemaVersion: 1, file: await scaffoldModel(workspace.project, params.name), warnings: [] };
}
