/** The public API `fastpyd/seeder`: what seeder files import. */
import type { Faker } from '@faker-js/faker';
import { type Sql, type SqlReference, sql } from '../model/sql.ts';

export { type Factory, type FactoryContext, factory } from './factory.ts';
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
  /** Seeders that run before this one, whatever foreign keys say. */
  readonly after: readonly Seeder[];
  /** The name under which it is remembered that it has run, for one that runs once. */
  readonly once?: string | undefined;
}

export interface SeederOptions {
  /** Runs behind these seeders, the default exports of their files, whatever foreign keys say. */
  readonly after?: Seeder | readonly Seeder[] | undefined;
}

/** States a seeder; the default export of a file in `seeders/`. */
export const seeder = (run: (context: SeederContext) => unknown, { after = [] }: SeederOptions = {}): Seeder =>
  Object.freeze({ run, after: [after].flat() });

/**
 * States a seeder of reference data: once it has run on a database, running it again does nothing. `db:fresh` forgets that.
 * @param name  what it is remembered by; another name runs again
 */
export const seedOnce = (name: string, run: (context: SeederContext) => unknown, options: SeederOptions = {}): Seeder =>
  Object.freeze({ ...seeder(run, options), once: name });

/** So many rows, each made when it is asked for: `Post.createMany(times(count, () => ({ … })))` holds few of them in memory. */
export function* times<Made>(count: number, make: (index: number) => Made): Generator<Made, void, undefined> {
  for (let index = 0; index < count; index++) yield make(index);
}
