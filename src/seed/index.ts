/** The public API `fastpyd/seeder`: what seeder files import. */
import type { Faker } from '@faker-js/faker';
import { type Sql, type SqlReference, sql } from '../model/sql.ts';

export { type Sql, sql };

/** The connection of a seeder; everything it does is in the seeder's own transaction. */
export interface SeederDatabase {
  /** Runs one statement, a piece of `sql` or a text with values for `$1`, `$2`…, and gives its rows. */
  readonly query: <Row = Record<string, unknown>>(statement: SqlReference | string, values?: readonly unknown[]) => Promise<readonly Row[]>;
}

/** What a seeder is given. Models imported from `models/` insert into the same transaction. */
export interface SeederContext {
  /** What `--count` says; undefined without it, so that a default of your own holds: `({ count = 10 }) => …`. */
  readonly count: number | undefined;
  /** Made-up data: the same for the same `--random-seed`. */
  readonly faker: Faker;
  readonly db: SeederDatabase;
  /** Runs another seeder, the default export of its file, with its own default count, unless `db:seed` has run it already. */
  readonly call: (other: Seeder) => Promise<void>;
}

/** What a seeder file exports. */
export interface Seeder {
  readonly run: (context: SeederContext) => unknown;
}

/** States a seeder; the default export of a file in `seeders/`. */
export const seeder = (run: (context: SeederContext) => unknown): Seeder => Object.freeze({ run });
