import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { baselineView } from '../diff/managed.ts';
import { introspect } from '../introspect/introspect.ts';
import { markApplied } from '../migration/ledger.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { writeMigration } from '../migration/writeMigration.ts';
import { scopeWarnings, stateOf } from '../pipeline.ts';
import { provePlan } from '../shadow/provePlan.ts';
import type { State } from '../shadow/states.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** The present state of a database that has no history yet, as statements that were proven to make it. */
export interface Baseline {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** The shadow where it leads. */
  readonly state: State;
  readonly warnings: readonly string[];
}

/**
 * What the first migration of a database that is not empty must be; null for one that is as a fresh `template0`, in what is managed.
 * @throws PLAN_NOT_PROVEN
 */
export async function planBaseline(workspace: Workspace, target: Target): Promise<Baseline | null> {
  const empty = await stateOf(target, []);
  const live = await target.live.transaction(introspect);
  const view = baselineView(workspace.config.schemas);
  const [from, to] = [view(empty.snapshot), view(live)];
  if (diffSnapshots(from, to).length === 0) return null;
  const { up, down } = await provePlan(empty.database, { from, to, view: target.isSameMajor ? view : () => to });
  const statements = up.statements.map(({ sql }) => sql);
  const state = await target.states.get(['baseline', ...statements], (database) =>
    database.session(async (session) => void (await session.script(['SET check_function_bodies = off', ...statements].join(';\n')))),
  );
  return { up: statements, down: down.statements.map(({ sql }) => sql), state, warnings: scopeWarnings(live, view) };
}

/** Writes the baseline and marks it applied, since the database is there already. */
export async function adopt(workspace: Workspace, target: Target, { up, down }: Baseline): Promise<Migration> {
  const migration = await writeMigration(workspace.project, { message: 'baseline', parent: null, up, down, baseline: true });
  await markApplied(target.live, migration);
  return migration;
}
