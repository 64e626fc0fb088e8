import type { Query } from '../database/session.ts';
import { fail } from '../errors.ts';

let bound: Query | undefined;

/** Gives models the connection that `create` inserts through; `undefined` takes it away again. */
export function bindModels(query: Query | undefined): void {
  bound = query;
}

/**
 * The connection of this process's models.
 * @throws USAGE  where there is none, as while models are loaded
 */
export function boundQuery(table: string): Query {
  if (bound) return bound;
  throw fail('USAGE', {
    problem: `a row was to be inserted into ${table}, but there is no database here`,
    help: 'Insert rows in a seeder or in a step of a migration; a model file only describes the schema.',
  });
}
