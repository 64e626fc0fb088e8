import { quoteIdentifier } from '../database/quote.ts';
import type { Database, Session } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import { fail } from '../errors.ts';
import type { Around, Running } from './around.ts';
import { changingWith, forget, type Kept, keepOne, keptIn, type Lost, nameOf, tableOf } from './keptTables.ts';
import type { Migration } from './migrationFile.ts';
import { replacedIds } from './replaces.ts';
import { advanceSequences, forgetUnchanged, restoreColumn, restoreTable } from './restoreKept.ts';
import type { Action } from './steps.ts';

/**
 * Copies what a migration is going to lose before its first action, and puts back what its other direction had taken away.
 * @param lost  by the id of the migration; nothing is copied for others
 */
export const keepingRows =
  (lost: ReadonlyMap<string, readonly Lost[]>): Around =>
  async (running) => {
    const { session, migration, direction } = running;
    const before = (await keptIn(session)).filter((kept) => kept.migration === migration.id);
    const losses = lost.get(migration.id) ?? [];
    for (const each of losses) {
      const cause = { migration: migration.id, direction, changing: changingWith(each, losses) };
      await orFail(running, `keeping ${nameOf(each)}`, () => keepOne(session, each, cause));
    }
    const back = before.filter((kept) => kept.direction !== direction);
    await performRestoring(running, back);
    const made = (await keptIn(session)).filter((kept) => kept.migration === migration.id && kept.direction === direction);
    for (const kept of made) await orFail(running, `keeping ${nameOf(kept)}`, () => forgetUnchanged(session, kept));
  };

/** Tables get their rows between two actions, before a key is made that points to them; columns at the end, when every name is what it was. */
async function performRestoring(running: Running, kept: readonly Kept[]): Promise<void> {
  const { session, actions, perform } = running;
  const columns = kept.filter(({ column }) => column !== null);
  const waiting = new Set(kept.filter(({ column }) => column === null));
  const required: Required[] = [];
  for (const action of actions) {
    const eased = columns.map((each) => ({ kept: each, ...withoutNotNull(action, each) })).find(({ sql }) => sql !== undefined);
    await perform(eased?.sql === undefined ? action : { ...action, run: { kind: 'sql', sql: eased.sql } });
    if (eased !== undefined) required.push(eased);
    for (const each of waiting) if (await attempt(session, () => restoreTable(session, each))) waiting.delete(each);
  }
  const restored = kept.filter(({ column }) => column === null).filter((each) => !waiting.has(each));
  // What was tried in vain between two actions is tried once more, and says why.
  for (const each of waiting)
    if (await orFail(running, `putting ${nameOf(each)} back`, () => restoreTable(session, each))) restored.push(each);
  for (const each of columns)
    if (
      await orFail(running, `putting ${nameOf(each)} back`, () =>
        attempt(session, () => restoreColumn(session, each), [UNSAFE_NEW_ENUM_VALUE]),
      )
    )
      restored.push(each);
  for (const each of required) await orFail(running, `putting ${nameOf(each.kept)} back`, () => requireAgain(session, each));
  for (const each of restored) {
    await advanceSequences(session, each);
    await forget(session, each.name);
  }
}

/** PostgreSQL lets nobody use a value of an enum in the transaction that adds it; such values come back right behind it. */
const UNSAFE_NEW_ENUM_VALUE = '55P04';

/** Puts back what could not be put back in the transaction of its migration, or was not because the process ended; the files tell which migrations a squashed one stands for. */
export function restoreOwed(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  return database.transaction(async (session) => {
    const kept = await keptIn(session);
    if (kept.length === 0) return [];
    const ledger = new Set((await session.query<{ id: string }>('select id from fastpyd.migrations')).map(({ id }) => id));
    const squashed = migrations.filter(({ id }) => ledger.has(id)).flatMap(replacedIds);
    const applied = new Set([...ledger, ...squashed]);
    const owed = kept.filter(({ column, direction, migration }) => column !== null && (direction === 'up') !== applied.has(migration));
    const restored: string[] = [];
    for (const each of owed) {
      if (!(await attempt(session, () => restoreColumn(session, each)))) continue;
      await forget(session, each.name);
      restored.push(nameOf(each));
    }
    return restored;
  });
}

/** False where PostgreSQL refuses, which leaves the transaction as it was. */
async function attempt(session: Session, work: () => Promise<boolean>, states?: readonly string[]): Promise<boolean> {
  await session.query('SAVEPOINT kept');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SqlError) || states?.includes(error.sqlState) === false) throw error;
    await session.query('ROLLBACK TO SAVEPOINT kept');
    return false;
  }
}

async function orFail<T>({ migration, direction }: Running, what: string, work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (!(error instanceof SqlError)) throw error;
    const state = `Nothing of ${migration.id} was ${direction === 'up' ? 'applied' : 'rolled back'}. What is kept stays: fastpy db:kept lists it, and may drop it.`;
    throw fail('STATEMENT_FAILED', { what, reason: error.message, state, sqlState: error.sqlState }, { cause: error });
  });
}

interface Required {
  readonly kept: Kept;
  readonly constraint: string | undefined;
}

const either = (name: string): string =>
  `(?:${quoteIdentifier(name).replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}|${name.replace(/[^\w]/g, '\\$&')})`;
const NOT_NULL = /\s+(?:CONSTRAINT\s+("(?:[^"]|"")+"|\w+)\s+)?NOT\s+NULL\b/i;

/** A required column comes without its rule, since its rows get their values only then; one with a default needs no help. */
function withoutNotNull(
  { run }: Action,
  { schema, table, column }: Kept,
): { readonly sql?: string; readonly constraint: string | undefined } {
  if (run.kind !== 'sql' || column === null) return { constraint: undefined };
  const adds = new RegExp(
    `^ALTER\\s+TABLE\\s+(?:ONLY\\s+)?(?:${either(schema)}\\.)?${either(table)}\\s+ADD\\s+(?:COLUMN\\s+)?${either(column)}\\s`,
    'i',
  );
  const [found, constraint] = NOT_NULL.exec(run.sql) ?? [];
  if (!adds.test(run.sql) || found === undefined || /\b(?:DEFAULT|GENERATED|ADD[\s\S]*\bADD)\b/i.test(run.sql))
    return { constraint: undefined };
  return { sql: run.sql.replace(NOT_NULL, ''), constraint };
}

/** Rows that came later have no value, and none was kept for them: then nothing is taken back. */
async function requireAgain(session: Session, { kept, constraint }: Required): Promise<void> {
  const column = quoteIdentifier(kept.column ?? '');
  const rule = constraint === undefined ? `ALTER COLUMN ${column} SET NOT NULL` : `ADD CONSTRAINT ${constraint} NOT NULL ${column}`;
  await session.query(`ALTER TABLE ${tableOf(kept)} ${rule}`);
}
