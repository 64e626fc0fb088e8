/** The public API `fastpyd/migration`: what migration files import. */
import { type Sql, type SqlReference, sql } from '../model/sql.ts';
import type { Replaces } from './replaces.ts';

export { type Sql, sql };

/** What a function step may use; its queries run inside the migration's own transaction, and models insert there too. */
export interface StepContext {
  /** Runs one statement and gives its rows. */
  readonly query: <Row = Record<string, unknown>>(statement: SqlReference | string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly sql: typeof sql;
}

/** A step: SQL, of one statement or several, or a function for what SQL alone cannot say. */
export type StepDefinition = SqlReference | string | ((context: StepContext) => unknown);

/** A migration as its file states it. */
export interface MigrationDefinition {
  /** The migration that this one follows; left out or null for the first. */
  readonly parent?: string | null | undefined;
  /** What was said when it was made, where the file's name does not tell it exactly. */
  readonly message?: string | undefined;
  readonly up: readonly StepDefinition[];
  /** How to undo it; without it the migration cannot be rolled back. */
  readonly down?: readonly StepDefinition[] | null | undefined;
  /** False for steps that PostgreSQL refuses inside a transaction; they are recorded one by one and resumed. */
  readonly transaction?: boolean | undefined;
  /** The state of a database that was there before its history: run only on an empty one. */
  readonly baseline?: boolean | undefined;
  /** Written by `db:squash`: the migrations that this one stands for. A database that ran all of them has run this one. */
  readonly replaces?: Replaces | undefined;
}

/** States a migration; the default export of a file in `migrations/`. */
export const migration = (definition: MigrationDefinition): MigrationDefinition => definition;
