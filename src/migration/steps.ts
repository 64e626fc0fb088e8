import type { Session } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import { FastpyError, fail, type Location } from '../errors.ts';
import { splitSql } from '../load/splitSql.ts';
import type { Migration, Step } from './migrationFile.ts';
import { runInChild } from './migrationProcess.ts';

export type Direction = 'up' | 'down';

/** How steps are run. */
export interface StepOptions {
  /** The project's root, where function steps find what they import. */
  readonly root: string;
  readonly signal?: AbortSignal | undefined;
}

/** What a step is at work on, for messages. */
interface Place {
  readonly migration: Migration;
  readonly direction: Direction;
  readonly number: number;
}

/** The steps of one direction. */
export const stepsOf = (migration: Migration, direction: Direction): readonly Step[] => migration[direction] ?? [];

/** The single statements of a step: drivers take one at a time. */
export const splitStep = (sql: string): readonly string[] => splitSql(sql).map((statement) => statement.sql);

/** Steps as text, for a dry run; a function is shown as its source. */
export const statementsOf = (steps: readonly Step[]): readonly string[] =>
  steps.flatMap((step) => (step.kind === 'sql' ? splitStep(step.sql) : [`-- a function:\n${step.source}`]));

/**
 * Runs one step on the given session.
 * @throws STATEMENT_FAILED  naming the migration, the step and the place in the statement
 */
export async function runStep(session: Session, place: Place, options: StepOptions): Promise<void> {
  const step = stepsOf(place.migration, place.direction)[place.number];
  if (step === undefined) return;
  options.signal?.throwIfAborted();
  if (step.kind === 'sql') return runSql(session, step.sql, place);
  const { file } = place.migration;
  await runInChild(options.root, { step: { file, direction: place.direction, index: step.index }, session, signal: options.signal }).catch(
    (error: Error) => {
      throw stepFailure(place, error.message, { cause: error, location: { file } });
    },
  );
}

async function runSql(session: Session, sql: string, place: Place): Promise<void> {
  for (const statement of splitStep(sql)) {
    await session.query(statement).catch((error: unknown) => {
      throw error instanceof SqlError && !isConnectionLoss(error) ? sqlFailure(place, error) : error;
    });
  }
}

/** The connection is gone, so nobody knows yet what became of the transaction. */
export const isConnectionLoss = (error: unknown): boolean =>
  !(error instanceof FastpyError) && (!(error instanceof SqlError) || /^(08|57P0[123])/.test(error.sqlState));

function sqlFailure(place: Place, error: SqlError): FastpyError {
  const { line, column } = positionIn(error.statement, error.position);
  const reason = [error.message, error.detail, error.hint].filter((part) => part !== undefined).join('; ');
  const location = { file: place.migration.file, line, column, statement: error.statement };
  return stepFailure(place, reason, { cause: error, location, sqlState: error.sqlState });
}

const NOT_IN_TRANSACTION = '25001';

function stepFailure(
  { migration, direction, number }: Place,
  reason: string,
  options: { readonly cause: unknown; readonly location: Location; readonly sqlState?: string },
): FastpyError {
  const what = `step ${number + 1} of ${migration.id} (${direction})`;
  const state = migration.transaction
    ? `Nothing of ${migration.id} was ${direction === 'up' ? 'applied' : 'rolled back'}; what came before it is kept.${options.sqlState === NOT_IN_TRANSACTION ? ' A statement that refuses a transaction needs `transaction: false` in its migration.' : ''}`
    : `The steps before it are recorded as done; the next run goes on at step ${number + 1}.`;
  return fail('STATEMENT_FAILED', { what, reason, state, sqlState: options.sqlState }, options);
}

function positionIn(statement: string, position: number | undefined): { readonly line?: number; readonly column?: number } {
  if (position === undefined) return {};
  const before = statement.slice(0, position - 1).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
