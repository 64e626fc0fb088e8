import type { Database, Session } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import { fail } from '../errors.ts';
import { withMigrationLock } from './lock.ts';
import type { Migration, Revision } from './migrationFile.ts';
import { ledgerIds } from './replaces.ts';

/** Grows when the tables below change; a database whose ledger is newer than this is left alone. */
const LAYOUT = 1;

/** In the place of a layout while `db:fresh` drops: what is there then is no state of any history. */
const DROPPING = -1;

const MARK_TIMEOUT_MS = 10_000;

const CREATE = [
  'CREATE SCHEMA IF NOT EXISTS fastpyd',
  'CREATE TABLE IF NOT EXISTS fastpyd.layout (version integer NOT NULL)',
  `CREATE TABLE IF NOT EXISTS fastpyd.migrations (
    position bigint GENERATED ALWAYS AS IDENTITY,
    id text PRIMARY KEY,
    parent text,
    message text NOT NULL,
    checksum text NOT NULL,
    source text NOT NULL,
    baseline boolean NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    duration_ms integer NOT NULL DEFAULT 0
  )`,
  `CREATE TABLE IF NOT EXISTS fastpyd.steps (
    migration text NOT NULL,
    direction text NOT NULL,
    step integer NOT NULL,
    statement text NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    done_at timestamptz,
    PRIMARY KEY (migration, direction, step)
  )`,
  `INSERT INTO fastpyd.layout SELECT ${LAYOUT} WHERE NOT EXISTS (SELECT FROM fastpyd.layout)`,
];

interface RevisionRow {
  readonly id: string;
  readonly parent: string | null;
  readonly checksum: string;
  readonly applied_at: string;
  readonly duration_ms: number;
  readonly baseline: boolean;
  readonly source: string;
}

const COLUMNS = `id, parent, checksum, source, to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as applied_at, duration_ms, baseline`;

const toRevision = (row: RevisionRow): Revision => ({
  id: row.id,
  parent: row.parent,
  checksum: row.checksum,
  appliedAt: row.applied_at,
  durationMs: row.duration_ms,
  baseline: row.baseline,
  source: row.source,
});

const MISSING = /^(42P01|3F000)$/;

/** What was applied to this database, in order; empty where no ledger exists. @throws HISTORY_CONFLICT  for a newer ledger */
export function readRevisions(database: Database): Promise<readonly Revision[]> {
  return database.session(revisionsIn);
}

/** The same on a session, outside a transaction. */
export async function revisionsIn(session: Session): Promise<readonly Revision[]> {
  await assertKnownLayout(session);
  return (await ifThere(session.query<RevisionRow>(`select ${COLUMNS} from fastpyd.migrations order by position`))).map(toRevision);
}

async function assertKnownLayout(session: Session): Promise<number | undefined> {
  const [layout] = await ifThere(session.query<{ version: number | null; isWhole: boolean }>(LAYOUT_QUERY));
  const version = layout?.version ?? undefined;
  if (version === undefined || layout === undefined) return undefined;
  if (version === DROPPING) throw interruptedFresh();
  if (!layout.isWhole) throw damaged();
  if (version <= LAYOUT) return version;
  throw fail('HISTORY_CONFLICT', {
    problem: `the history of this database was written by a newer fastpyd (layout ${version}, this one knows ${LAYOUT})`,
    next: 'Nothing was changed. Update fastpyd.',
  });
}

const LAYOUT_QUERY = `select max(version) as version,
  to_regclass('fastpyd.migrations') is not null and to_regclass('fastpyd.steps') is not null as "isWhole" from fastpyd.layout`;

const interruptedFresh = (): Error =>
  fail('HISTORY_CONFLICT', {
    problem: 'db:fresh was broken off in this database while it dropped what is managed, and its history is gone',
    next: 'Run `fastpy db:fresh` again: it drops what is left, and migrates.',
  });

const damaged = (): Error =>
  fail('HISTORY_CONFLICT', {
    problem: 'the history of this database is damaged: the table fastpyd.migrations or fastpyd.steps is missing',
    next: 'Nothing was changed, since what is applied is not known. Bring the schema fastpyd back from a backup, or begin anew with `fastpy db:fresh`.',
  });

async function ifThere<Row>(rows: Promise<readonly Row[]>): Promise<readonly Row[]> {
  return rows.catch((error: unknown) => {
    if (error instanceof SqlError && MISSING.test(error.sqlState)) return [];
    throw error;
  });
}

/** Whether the ledger is there as this fastpyd knows it. @throws HISTORY_CONFLICT  for a newer or damaged one */
export const hasLedger = async (database: Database): Promise<boolean> => (await database.session(assertKnownLayout)) === LAYOUT;

/**
 * Makes the ledger's tables where they are missing, and asks for no privilege where they are there. Called under the migration lock.
 * @throws HISTORY_CONFLICT  for a newer ledger
 */
export async function ensureLedger(database: Database): Promise<void> {
  if (await hasLedger(database)) return;
  await database.transaction(async (session) => {
    for (const statement of CREATE) await session.query(statement);
  });
}

/**
 * Claims a migration inside the transaction that applies it: false when it is applied already. A second transaction that claims the same
 * one waits for the first to end, which guards against double application even where the advisory lock does not hold (a pooler).
 */
export async function claimRevision(session: Session, migration: Migration): Promise<boolean> {
  const claimed = await session.query(
    `insert into fastpyd.migrations (id, parent, message, checksum, source, baseline) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do nothing returning id`,
    [migration.id, migration.parent, migration.message, migration.checksum, migration.source, migration.baseline],
  );
  return claimed.length > 0;
}

/** Completes a claimed row, in the same transaction. */
export async function finishRevision(session: Session, id: string, durationMs: number): Promise<Revision> {
  const [row] = await session.query<RevisionRow>(
    `update fastpyd.migrations set duration_ms = $2, applied_at = clock_timestamp() where id = $1 returning ${COLUMNS}`,
    [id, Math.round(durationMs)],
  );
  if (row === undefined) throw new Error(`the ledger row of ${id} vanished while it was applied`);
  return toRevision(row);
}

/** Takes a migration's row away, or those that it replaced, inside the transaction that rolls it back: false when somebody else did already. */
export async function removeRevision(session: Session, migration: Migration): Promise<boolean> {
  const ids = JSON.stringify(ledgerIds(migration));
  const removed = await session.query(`delete from fastpyd.migrations where ${AMONG} returning id`, [ids]);
  return removed.length > 0;
}

const AMONG = 'id in (select json_array_elements_text($1::json))';

/** Is a migration applied, or are those that it replaced? */
export function isApplied(database: Database, migration: Migration): Promise<boolean> {
  const ids = JSON.stringify(ledgerIds(migration));
  return database.session(async (session) => {
    const rows = await ifThere(session.query(`select id from fastpyd.migrations where ${AMONG}`, [ids]));
    return rows.length > 0;
  });
}

/** The row of one migration, if it is applied. */
export function findRevision(database: Database, id: string): Promise<Revision | undefined> {
  return database.session(async (session) => {
    const [row] = await ifThere(session.query<RevisionRow>(`select ${COLUMNS} from fastpyd.migrations where id = $1`, [id]));
    return row === undefined ? undefined : toRevision(row);
  });
}

/** Records a migration as applied without running it: the database looks as it says already. */
export function markApplied(database: Database, migration: Migration): Promise<void> {
  return withMigrationLock(database, { timeoutMs: MARK_TIMEOUT_MS }, async () => {
    await ensureLedger(database);
    await database.transaction(async (session) => {
      if (await claimRevision(session, migration)) await finishRevision(session, migration.id, 0);
    });
  });
}

/** A statement of a migration without a transaction that was begun; not done means that nobody saw it end. */
export interface RecordedStep {
  readonly statement: string;
  readonly isDone: boolean;
}

interface StepKey {
  readonly migration: string;
  readonly direction: 'up' | 'down';
  readonly step: number;
}

/** The recorded steps of a migration by number. */
export async function recordedSteps(session: Session, { migration, direction }: Omit<StepKey, 'step'>) {
  const rows = await session.query<RecordedStep & { readonly step: number }>(
    `select step, statement, done_at is not null as "isDone" from fastpyd.steps where migration = $1 and direction = $2`,
    [migration, direction],
  );
  return new Map<number, RecordedStep>(rows.map((row) => [row.step, row]));
}

/** Records that a step is begun, or that it is done. */
export async function recordStep(session: Session, key: StepKey, record: RecordedStep): Promise<void> {
  await session.query(
    `insert into fastpyd.steps (migration, direction, step, statement, done_at) values ($1, $2, $3, $4, case when $5 then clock_timestamp() end)
     on conflict (migration, direction, step) do update set done_at = excluded.done_at`,
    [key.migration, key.direction, key.step, record.statement, record.isDone],
  );
}

/** A migration without a transaction that ended in its middle: the next run goes on behind its recorded steps. */
export interface HalfDone {
  readonly migration: string;
  readonly direction: 'up' | 'down';
  readonly steps: number;
}

/** Every migration of which only a part ran; none where no ledger exists. */
export const halfDone = (session: Session): Promise<readonly HalfDone[]> =>
  ifThere(
    session.query<HalfDone>(
      'select migration, direction, count(done_at)::int as steps from fastpyd.steps group by migration, direction order by min(begun_at)',
    ),
  );

/** What lets every migration begin with its first step, to be run where none of them left anything. */
export const FORGET_ALL_STEPS = 'delete from fastpyd.steps';

/** Forgets the steps of a migration; its own row now says all. */
export async function forgetSteps(session: Session, migration: string): Promise<void> {
  await session.query('delete from fastpyd.steps where migration = $1', [migration]);
}

/** Removes the whole history for `db:fresh`, and leaves a mark in its place until `dropLedger`: who is broken off has to begin again. */
export async function markDropping(database: Database): Promise<void> {
  await database.transaction(async (session) => {
    await session.query('DROP SCHEMA IF EXISTS fastpyd CASCADE');
    await session.query('CREATE SCHEMA fastpyd');
    await session.query(`CREATE TABLE fastpyd.layout AS SELECT ${DROPPING} AS version`);
  });
}

/** Removes what is left of the history, and what was kept of it, at the end of what `db:fresh` drops. */
export async function dropLedger(database: Database): Promise<void> {
  await database.transaction((session) => session.query('DROP SCHEMA IF EXISTS fastpyd, fastpyd_kept CASCADE'));
}
