import type { Project } from '../config/project.ts';
import { SqlError } from '../database/sqlError.ts';
import { FastpyError, fail, type Location } from '../errors.ts';
import { loadFailure, relativeTo } from '../load/loadFailure.ts';
import { asThrown, ChildFailure } from '../migration/projectChild.ts';
import type { SeederFile } from './seederFiles.ts';

const IN_FAILED_TRANSACTION = '25P02';

/** What to do about what PostgreSQL refused, by its SQLSTATE. */
const HINTS: Readonly<Record<string, string>> = {
  '42P01': 'Bring the database up to date first: `fastpy db:migrate`.',
  '42703': 'Bring the database up to date first: `fastpy db:migrate`.',
  '23505':
    'Where an earlier run has made that row, as with the same --random-seed: leave that out, let the seeder use `upsert` or `firstOrCreate`, or begin anew with `fastpy db:fresh --seed`.',
};

/**
 * Whatever ended a seeder, as the error that names its line.
 * @param refused  the first statement that PostgreSQL refused; a seeder that caught that error went on in a transaction that was lost
 */
export function seederFailure(
  error: unknown,
  { seeder, project, randomSeed }: { readonly seeder: SeederFile; readonly project: Project; readonly randomSeed?: number },
  refused?: SqlError,
): FastpyError {
  if (error instanceof FastpyError) return error;
  const isAfterwards = error instanceof ChildFailure && error.sqlState === IN_FAILED_TRANSACTION;
  const told = isAfterwards && refused !== undefined ? refused : error;
  const hint = HINTS[sqlStateOf(told) ?? ''];
  const location = locationOf(error, seeder, project);
  return fail('SEEDER_FAILED', { seeder: seeder.name, reason: reasonOf(told), hint, randomSeed }, { cause: error, location });
}

const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof SqlError || error instanceof ChildFailure ? error.sqlState : undefined;

function reasonOf(error: unknown): string {
  if (error instanceof SqlError) {
    const place = error.context?.startsWith('COPY') ? error.context : undefined;
    return [error.message, error.detail, error.hint, place].filter((part) => part !== undefined).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}

function locationOf(error: unknown, { file }: SeederFile, { root }: Project): Location | undefined {
  if (!(error instanceof ChildFailure) || error.origin === undefined) return { file: relativeTo(root, file) };
  return loadFailure(asThrown(error), { root, file }).location;
}
