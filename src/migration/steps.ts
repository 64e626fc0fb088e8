import { relative } from 'node:path';
import { quoteIdentifier } from '../database/quote.ts';
import type { Session } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import { FastpyError, fail, type Location } from '../errors.ts';
import { type SqlStatement, splitSql } from '../load/splitSql.ts';
import type { Around } from './around.ts';
import { assertNotInterrupted, interruption } from './interruption.ts';
import { lineIn, lineOf } from './lineIn.ts';
import type { Migration, Step } from './migrationFile.ts';
import { runInChild } from './migrationProcess.ts';
import { ChildFailure } from './projectChild.ts';
import { templateText } from './renderMigration.ts';
import { endsTransaction, insideTransaction } from './transactionControl.ts';

export type Direction = 'up' | 'down';

/** How steps are run. */
export interface StepOptions {
  /** The project's root, where function steps find what they import. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
  /** How long a function step may take; no limit by default, since it may move many rows. */
  readonly functionLimitMs?: number | undefined;
  /** What else belongs into the transaction of each migration. */
  readonly around?: Around | undefined;
}

/** What runs as one: a statement, for drivers take one at a time, or a function. */
export interface Action {
  readonly migration: Migration;
  readonly direction: Direction;
  /** Of the step that it belongs to, from 1. */
  readonly step: number;
  readonly run:
    | { readonly kind: 'sql'; readonly sql: string }
    | { readonly kind: 'function'; readonly index: number; readonly source: string };
}

/**
 * Everything that one direction of a migration does, in order.
 * @throws MIGRATION_INVALID  for a step that would end the migration's transaction, or that is not SQL as far as quotes go
 */
export function actionsOf(migration: Migration, direction: Direction): readonly Action[] {
  return (migration[direction] ?? []).flatMap((step, index) => {
    const place = { migration, direction, step: index + 1 };
    if (step.kind === 'function') return [{ ...place, run: step }];
    return statementsIn(step.sql, place).map((sql): Action => ({ ...place, run: { kind: 'sql', sql } }));
  });
}

function statementsIn(sql: string, { migration, direction, step }: Omit<Action, 'run'>): readonly string[] {
  const name = `step ${step} (${direction})`;
  const invalid = (reason: string, lineInStep: number, cause?: unknown): FastpyError => {
    const line = lineOf(migration.source, templateText(sql.split('\n')[lineInStep - 1] ?? ''));
    return fail('MIGRATION_INVALID', { file: migration.file, line, reason }, { cause, location: { file: migration.file, line } });
  };
  const statements = split(sql, (error) => invalid(`${name}: ${error.message}`, error.location?.line ?? 1, error));
  const ending = statements.find((statement) => endsTransaction(statement.sql));
  if (ending === undefined) return statements.map((statement) => statement.sql);
  const word = ending.sql.split(/\s/, 1)[0]?.toUpperCase();
  throw invalid(`${name} says ${word}, but fastpyd itself begins and ends transactions`, ending.line);
}

function split(sql: string, toError: (error: FastpyError) => Error): readonly SqlStatement[] {
  try {
    return splitSql(sql, 'its SQL');
  } catch (error) {
    throw error instanceof FastpyError ? toError(error) : error;
  }
}

/** Steps as text, for a dry run; a function is shown as its source. */
export const statementsOf = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'sql' ? splitSql(step.sql).map(({ sql }) => sql) : [`-- a function:\n${step.source}`]));

/**
 * Runs one action on the given session.
 * @throws STATEMENT_FAILED  naming the migration, the step and the place in the statement
 * @throws CANCELLED
 */
export async function runAction(session: Session, action: Action, options: StepOptions): Promise<void> {
  assertNotInterrupted(options.signal, stateOf(action));
  if (action.run.kind === 'function') return runFunction(session, { action, index: action.run.index }, options);
  await session.query(action.run.sql).catch((error: unknown) => {
    if (isCancelled(error, options.signal)) throw interruption(stateOf(action));
    throw error instanceof SqlError ? sqlFailure(action, error, options.root) : error;
  });
}

const QUERY_CANCELED = '57014';

/** A statement that PostgreSQL cancelled for another reason, a time limit say, fails by itself. */
const isCancelled = (error: unknown, signal: AbortSignal | undefined): boolean =>
  signal?.aborted === true && error instanceof SqlError && error.sqlState === QUERY_CANCELED;

async function runFunction(session: Session, { action, index }: { readonly action: Action; readonly index: number }, options: StepOptions) {
  const { root, signal, functionLimitMs } = options;
  const call = { root, file: action.migration.file, direction: action.direction, index };
  const own = action.migration.transaction ? insideTransaction(session) : session;
  await runInChild(own, call, { signal, limitMs: functionLimitMs }).catch((error: unknown) => {
    throw error instanceof ChildFailure ? functionFailure(action, error, options) : error;
  });
}

function functionFailure(action: Action, error: ChildFailure, { root, signal }: StepOptions): FastpyError {
  if (signal?.aborted) return interruption(stateOf(action));
  const { file } = action.migration;
  const location = { file: relative(root, file), line: lineIn(file, error.origin) };
  return failure(action, error.message, { cause: error, location, sqlState: error.sqlState });
}

function sqlFailure(action: Action, error: SqlError, root: string): FastpyError {
  const reason = [error.message, error.detail, error.hint].filter((part) => part !== undefined).join('; ');
  const location = { file: relative(root, action.migration.file), ...positionIn(action.migration.source, error) };
  return failure(action, reason, { cause: error, location, sqlState: error.sqlState });
}

const NOT_IN_TRANSACTION = '25001';
const UNDEFINED_OBJECT = '42704';
const DISK_FULL = '53100';

interface FailureOptions {
  readonly cause: unknown;
  readonly location: Location;
  readonly sqlState: string | undefined;
}

function failure(action: Action, reason: string, options: FailureOptions): FastpyError {
  const what = `step ${action.step} of ${action.migration.id}${action.direction === 'down' ? ' (down)' : ''}`;
  const state = `${stateOf(action)}${adviceOn(action, reason, options.sqlState)}`;
  return fail('STATEMENT_FAILED', { what, reason, state, sqlState: options.sqlState }, options);
}

function adviceOn({ migration }: Action, reason: string, sqlState: string | undefined): string {
  if (sqlState === NOT_IN_TRANSACTION && migration.transaction)
    return ' A statement that refuses a transaction needs `transaction: false` in its migration.';
  if (sqlState === DISK_FULL) return ' The disk of the server is full: free some of it, and run the command again.';
  const role = sqlState === UNDEFINED_OBJECT ? /^role "(.+)" does not exist/.exec(reason)?.[1] : undefined;
  return role === undefined
    ? ''
    : ` Roles belong to the server and are not made by migrations: CREATE ROLE ${quoteIdentifier(role)} there first.`;
}

/** What a run that ended in the middle leaves of a migration, as a sentence. */
export function stateOf({ migration, direction }: Pick<Action, 'migration' | 'direction'>): string {
  if (!migration.transaction) return `What ran of ${migration.id} before it is recorded as done; the next run goes on from there.`;
  return `Nothing of ${migration.id} was ${direction === 'up' ? 'applied' : 'rolled back'}.`;
}

/** The line that PostgreSQL complains of, with the column in it, and where it stands in the migration's file. PostgreSQL counts characters. */
function positionIn(source: string, { statement, position }: SqlError): Omit<Location, 'file'> {
  if (position === undefined) return { statement };
  const before = [...statement]
    .slice(0, position - 1)
    .join('')
    .split('\n');
  const line = statement.split('\n')[before.length - 1] ?? '';
  return { line: lineOf(source, templateText(line)), column: (before.at(-1)?.length ?? 0) + 1, statement: line };
}

/** The connection is gone, so that only the database itself knows what became of the transaction. */
export const isConnectionLoss = (error: unknown): error is FastpyError =>
  error instanceof FastpyError && error.code === 'DATABASE_UNREACHABLE';

/** The same loss, which says what state it left. */
export function lossWith(error: FastpyError, state: string): FastpyError {
  const { target, reason } = error.facts as { readonly target: string; readonly reason: string };
  return fail('DATABASE_UNREACHABLE', { target, reason, state }, { cause: error });
}
