import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import { diffSnapshots, type Operation } from '../diff/diffSnapshots.ts';
import type { View } from '../diff/managed.ts';
import { BEGIN_READING, END_READING, introspect, readRoots } from '../introspect/introspect.ts';
import { type Root, rootOf } from '../kinds/root.ts';
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
export function rehearse(database: ScratchDatabase, performance: Performance): Promise<Rehearsal> {
  const { up, down, from, to, view, renames } = performance;
  return database.session(async (session) => {
    const refusedUp = await perform(session, { before: [BEGIN, SAVEPOINT, ...(renames?.up ?? [])], statements: up });
    if (refusedUp !== undefined) return { outcome: 'refused', direction: 'up', ...refusedUp };
    const leftUp = diffSnapshots(view(await readBack(session, performance)), to);
    if (leftUp.length > 0) return { outcome: 'missed', direction: 'up', left: leftUp };
    const refusedDown = await perform(session, { before: [END_READING, SAVEPOINT], statements: down, after: renames?.down });
    if (refusedDown !== undefined) return { outcome: 'refused', direction: 'down', ...refusedDown };
    const leftDown = diffSnapshots(view(await readBack(session, performance)), from);
    return leftDown.length > 0 ? { outcome: 'missed', direction: 'down', left: leftDown } : { outcome: 'reached' };
  });
}

/** Rehearses nothing, so that the first plan finds a connection on which reading back is planned already. */
export async function warmRehearsal(database: ScratchDatabase, from: SchemaSnapshot, view: View): Promise<void> {
  const roots = [...from.objects.values()].slice(0, 1).flatMap((object) => rootOf(object, from) ?? []);
  await rehearse(database, { up: [], down: [], from, to: from, view, roots });
}

// Giving the connection back ends the transaction, and leaves nothing of it.
const BEGIN = 'BEGIN; SET LOCAL check_function_bodies = off';
const SAVEPOINT = 'SAVEPOINT performance';

/** What the database looks like now, where the plans can have left a trace. */
const readBack = (session: ScratchSession, { roots, from }: Performance): Promise<SchemaSnapshot> =>
  roots === undefined ? introspect(session) : readRoots(session, from, roots);

/** Gives the work a transaction of which nothing stays. */
export function inDiscardedTransaction<T>(database: ScratchDatabase, work: (session: ScratchSession) => Promise<T>): Promise<T> {
  return database.session(async (session) => {
    await session.script(BEGIN);
    return work(session);
  });
}

interface Act {
  /** What leads to a savepoint, and to the place where the statements begin. */
  readonly before: readonly string[];
  readonly statements: readonly PlannedStatement[];
  readonly after?: readonly string[] | undefined;
}

/** One message for all; only when that is refused, one by one from the savepoint, to learn which statement it was. */
async function perform(session: ScratchSession, { before, statements, after = [] }: Act) {
  const texts = statements.map(({ sql }) => sql);
  const refused = await refusal(session.script([...before, ...texts, ...after, BEGIN_READING].join(';\n')));
  if (refused === undefined) return undefined;
  // Of a message that cannot be parsed nothing was run, not even its BEGIN.
  const again =
    before[0] === BEGIN ? ['ROLLBACK', ...before] : [`ROLLBACK TO ${SAVEPOINT}`, ...before.slice(before.indexOf(SAVEPOINT) + 1)];
  await session.script(again.join(';\n'));
  for (const statement of statements) {
    const error = await refusal(session.query(statement.sql));
    if (error !== undefined) return { statement, error };
  }
  await session.script([...after, BEGIN_READING].join(';\n'));
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
