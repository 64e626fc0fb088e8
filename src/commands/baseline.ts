import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { baselineView } from '../diff/managed.ts';
import { fail } from '../errors.ts';
import { markApplied } from '../migration/ledger.ts';
import type { Migration } from '../migration/migrationFile.ts';
import type { MigrationText } from '../migration/renderMigration.ts';
import { writeMigration } from '../migration/writeMigration.ts';
import { scopeWarnings, stateOf } from '../pipeline.ts';
import type { BaselineParams, BaselineResult } from '../protocol/methods.ts';
import { provePlan } from '../shadow/provePlan.ts';
import type { State } from '../shadow/states.ts';
import { asPrintedByShadow, historyOf, migrationInfo } from './history.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** A database as it is, as a migration that was proven to lead there and that need not run here. */
export interface Adoption {
  /** What the migration file says of itself. */
  readonly file: Pick<MigrationText, 'message' | 'parent' | 'up' | 'down' | 'baseline'>;
  /** The shadow where it leads. */
  readonly state: State;
  readonly warnings: readonly string[];
}

/**
 * What the first migration of a database that is not empty must be; null for one that is as a fresh `template0`, in what is managed.
 * @throws PLAN_NOT_PROVEN
 */
export async function planBaseline(workspace: Workspace, target: Target): Promise<Adoption | null> {
  const empty = await stateOf(target, []);
  const view = baselineView(workspace.config.schemas);
  const live = await target.observed.snapshot();
  const [from, to] = [view(empty.snapshot), view(await asPrintedByShadow(target, live, view))];
  if (diffSnapshots(from, to).length === 0) return null;
  const { up, down } = await provePlan(empty.database, { from, to, view });
  const statements = up.statements.map(({ sql }) => sql);
  const state = await target.states.get(['baseline', ...statements], (database) =>
    database.session(async (session) => void (await session.script(['SET check_function_bodies = off', ...statements].join(';\n')))),
  );
  return {
    file: { message: 'baseline', parent: null, up: statements, down: down.statements.map(({ sql }) => sql), baseline: true },
    state,
    warnings: scopeWarnings(live, view),
  };
}

/** Writes the migration and marks it applied, since the database is there already. */
export async function adopt(workspace: Workspace, target: Target, { file }: Adoption): Promise<Migration> {
  const migration = await writeMigration(workspace.project, file);
  await markApplied(target.live, migration);
  return migration;
}

/**
 * `db:baseline`: writes the present state of the database as its first migration, marked applied, whatever the models say.
 * @throws HISTORY_CONFLICT  when there is a history already
 */
export async function baseline(workspace: Workspace, params: BaselineParams): Promise<BaselineResult> {
  const target = await workspace.target(params.database);
  const { migrations } = await historyOf(workspace, target);
  if (migrations.length > 0) throw startedAlready(migrations);
  const adoption = await planBaseline(workspace, target);
  const warnings = adoption?.warnings ?? [];
  if (params.dryRun) return { schemaVersion: 1, baseline: null, dryRun: adoption?.file.up ?? [], warnings };
  if (adoption === null) return { schemaVersion: 1, baseline: null, dryRun: null, warnings };
  const message = params.message ?? adoption.file.message;
  const migration = await adopt(workspace, target, { ...adoption, file: { ...adoption.file, message } });
  return { schemaVersion: 1, baseline: migrationInfo(workspace, migration), dryRun: null, warnings };
}

const startedAlready = (migrations: readonly Migration[]): Error =>
  fail('HISTORY_CONFLICT', {
    problem: `there is a history already, which begins with ${migrations[0]?.id}`,
    next: migrations[0]?.baseline
      ? 'Nothing was changed. Run `fastpy db:migrate`: a database that looks as this baseline leaves it is taken over, an empty one is filled.'
      : 'Nothing was changed. What somebody changed by hand is kept with `fastpy db:migrate -m MSG --adopt`.',
  });
