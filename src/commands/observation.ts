import { SqlError } from '../database/sqlError.ts';
import { roleStatement } from '../load/roleStatements.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { statementsOf } from '../migration/steps.ts';
import type { DryRunInfo, ObservedInfo } from '../protocol/methods.ts';
import { observeStatements } from '../shadow/observe.ts';
import type { State } from '../shadow/states.ts';
import type { Target } from './target.ts';

const UNSEEN: ObservedInfo = { locks: null, rewritten: [] };

/**
 * What statements are seen to lock and to rewrite when they run in a copy of a state of the shadow, one for each; undefined where they cannot
 * run there. Roles belong to the server, and statements about them are left out.
 */
export async function observe(target: Target, state: State, statements: readonly string[]): Promise<readonly ObservedInfo[] | undefined> {
  const scratch = statements.length === 0 ? undefined : await target.states.copyOf(state);
  if (scratch === undefined) return undefined;
  try {
    const seen = (await observeStatements(scratch.database, statements.filter(isOfDatabase))).values();
    return statements.map((sql) => {
      const { locks, rewritten } = (isOfDatabase(sql) ? seen.next().value : undefined) ?? { locks: undefined, rewritten: [] };
      return locks === undefined ? { ...UNSEEN, rewritten } : { locks, rewritten };
    });
  } catch (error) {
    if (error instanceof SqlError) return undefined;
    throw error;
  } finally {
    await scratch.drop();
  }
}

const isOfDatabase = (sql: string): boolean => roleStatement(sql) === undefined;

/** Pending migrations for a dry run, with what was seen of those that come before the first that is not SQL alone. */
export async function observedMigrations(target: Target, state: State, migrations: readonly Migration[]): Promise<readonly DryRunInfo[]> {
  const listed = migrations.map(({ id, up }) => ({ id, statements: statementsOf(up) }));
  const other = migrations.findIndex(({ up }) => up.some(({ kind }) => kind !== 'sql'));
  const seen = listed.slice(0, other < 0 ? listed.length : other);
  const observed = await observe(
    target,
    state,
    seen.flatMap(({ statements }) => statements),
  );
  if (observed === undefined) return listed;
  const rest = [...observed];
  return listed.map((one, index) => (index < seen.length ? { ...one, observed: rest.splice(0, one.statements.length) } : one));
}
