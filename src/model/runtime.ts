import type { Query } from '../database/session.ts';
import { fail } from '../errors.ts';

/** Runs a `COPY … FROM STDIN` with rows in PostgreSQL's text format, and gives their number. */
export type CopyRows = (text: string, data: Uint8Array) => Promise<number>;

/** What models insert through. */
interface Bound {
  readonly query: Query;
  /** Absent where rows go by INSERT alone, as in a step of a migration. */
  readonly copy?: CopyRows | undefined;
}

let bound: Bound | undefined;

/** Gives models the connection that `create` inserts through; `undefined` takes it away again. */
export function bindModels(query: Query | undefined, copy?: CopyRows): void {
  bound = query && { query, copy };
}

/**
 * The connection of this process's models.
 * @throws USAGE  where there is none, as while models are loaded
 */
export function boundTo(table: string): Bound {
  if (bound) return bound;
  throw fail('USAGE', {
    problem: `a row was to be inserted into ${table}, but there is no database here`,
    help: 'Insert rows in a seeder or in a step of a migration; a model file only describes the schema.',
  });
}
