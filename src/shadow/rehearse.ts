import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import { diffSnapshots, type Operation } from '../diff/diffSnapshots.ts';
import type { View } from '../diff/managed.ts';
import { introspect, introspectRoots } from '../introspect/introspect.ts';
import type { Root } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { PlannedStatement } from '../plan/plan.ts';

/** What became of a plan in the shadow. */
export type Rehearsal =
  | { readonly outcome: 'reached' }
  | { readonly outcome: 'refused'; readonly direction: 'up' | 'down'; readonly statement: PlannedStatement; readonly error: SqlError }
  | { readonly outcome: 'missed'; readonly direction: 'up' | 'down'; readonly left: readonly Operation[] };

/** Both ways, and the states that each must end in. */
export interface Performance {
  readonly up: readonly PlannedStatement[];
  readonly down: readonly PlannedStatement[];
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly view: View;
  /** Done before the way up, undone after the way down. */
  readonly renames?: { readonly up: readonly string[]; readonly down: readonly string[] } | undefined;
  /** Where the plans can leave a trace (see `affectedRoots`); absent, the whole is read back. */
  readonly roots?: readonly Root[] | undefined;
}

/** Runs a plan up and then down in a transaction that is rolled back, and compares what PostgreSQL made of it, each time, with what was wanted. */
export async function rehearse(database: ScratchDatabase, performance: Performance): Promise<Rehearsal> {
  const { up, down, from, to, view, renames, roots } = performance;
  const readBack = async (session: ScratchSession): Promise<SchemaSnapshot> =>
    view(await (roots === undefined ? introspect(session) : introspectRoots(session, from, roots)));
  return inDiscardedTransaction(database, async (session) => {
    await runAll(session, renames?.up);
    const refusedUp = await perform(session, up);
    if (refusedUp !== undefined) return { outcome: 'refused', direction: 'up', ...refusedUp };
    const leftUp = diffSnapshots(await readBack(session), to);
    if (leftUp.length > 0) return { outcome: 'missed', direction: 'up', left: leftUp };
    const refusedDown = await perform(session, down);
    if (refusedDown !== undefined) return { outcome: 'refused', direction: 'down', ...refusedDown };
    await runAll(session, renames?.down);
    const leftDown = diffSnapshots(await readBack(session), from);
    return leftDown.length > 0 ? { outcome: 'missed', direction: 'down', left: leftDown } : { outcome: 'reached' };
  });
}

const runAll = (session: ScratchSession, statements: readonly string[] = []): Promise<void> => session.script(statements.join(';\n'));

/** Gives the work a transaction of which nothing stays. */
export function inDiscardedTransaction<T>(
  database: ScratchDatabase,
  work: (session: ScratchSession) => Promise<T>,
  begin = 'BEGIN; SET LOCAL check_function_bodies = off',
): Promise<T> {
  return database.session(async (session) => {
    await session.script(begin);
    try {
      return await work(session);
    } finally {
      await session.query('ROLLBACK');
    }
  });
}

/** One message for all; only when that is refused, one by one from a savepoint, to learn which statement it was. */
async function perform(session: ScratchSession, statements: readonly PlannedStatement[]) {
  if (statements.length === 0) return undefined;
  await session.query('SAVEPOINT performance');
  const refused = await refusal(session.script(statements.map(({ sql }) => sql).join(';\n')));
  if (refused === undefined) return undefined;
  await session.query('ROLLBACK TO SAVEPOINT performance');
  for (const statement of statements) {
    const error = await refusal(session.query(statement.sql));
    if (error !== undefined) return { statement, error };
  }
  return undefined;
}

async function refusal(work: Promise<unknown>): Promise<SqlError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
}
