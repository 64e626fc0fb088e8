import { openBulk } from '../database/bulk.ts';
import { stateOf } from '../pipeline.ts';
import type { RequestContext, ScaffoldParams, ScaffoldResult, SeedParams, SeedResult } from '../protocol/methods.ts';
import { confirm } from './confirm.ts';
import { historyOf } from './history.ts';
import { tableOrder } from './tableOrder.ts';
import type { Workspace } from './workspace.ts';

// The seeding code brings faker along, which no other command should wait for.
const seeding = () => import('../seed/commands.ts');

/** `db:seed`: runs the seeders, those of referenced tables first. */
export async function seed(workspace: Workspace, params: SeedParams, context: RequestContext): Promise<SeedResult> {
  const target = await workspace.target(params.database);
  if (!params.force) confirm(target, params, 'Seeding');
  const { applied } = await historyOf(workspace, target);
  const { snapshot } = await stateOf(
    target,
    applied.map(({ migration }) => migration),
  );
  const { runSeeders } = await seeding();
  const database = openBulk(target.live.url, workspace.config);
  const { seeded, randomSeed } = await runSeeders({
    project: workspace.project,
    database,
    seeder: params.seeder,
    count: params.count,
    randomSeed: params.randomSeed,
    order: tableOrder(snapshot),
    onProgress: context.progress,
    signal: context.signal,
  }).finally(() => database.close());
  return { schemaVersion: 1, seeded, randomSeed, warnings: [] };
}

/** `make:seeder` */
export async function makeSeeder(workspace: Workspace, params: ScaffoldParams): Promise<ScaffoldResult> {
  const { scaffoldSeeder } = await seeding();
  return { schemaVersion: 1, file: await scaffoldSeeder(workspace.project, params.name) };
}

/** `make:model` */
export async function makeModel(workspace: Workspace, params: ScaffoldParams): Promise<ScaffoldResult> {
  const { scaffoldModel } = await seeding();
  return { schemaVersion: 1, file: await scaffoldModel(workspace.project, params.name) };
}
