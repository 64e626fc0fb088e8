/** What migration files import as `fastpyd/migration`. */
import type { Sql } from './sql.ts';

export { type Sql, sql } from './sql.ts';

/** What a function step may use; its queries run inside the migration's own transaction. */
export interface StepContext {
  /** Runs one statement and gives its rows. */
  readonly query: <Row = Record<string, unknown>>(statement: Sql | string, values?: readonly unknown[]) => Promise<readonly Row[]>;
}

/** A step: SQL, or a function for what SQL alone cannot say. */
export type StepDefinition = Sql | string | ((context: StepContext) => unknown);

/** A migration as its file states it. */
export interface MigrationDefinition {
  /** The migration that this one follows; left out or null for the first. */
  readonly parent?: string | null | undefined;
  readonly message?: string | undefined;
  readonly up: readonly StepDefinition[];
  /** How to undo it; without it the migration cannot be rolled back. */
  readonly down?: readonly StepDefinition[] | null | undefined;
  /** False for steps that PostgreSQL refuses inside a transaction; they are recorded one by one and resumed. */
  readonly transaction?: boolean | undefined;
  /** The state of a database that was there before its history: run only on an empty one. */
  readonly baseline?: boolean | undefined;
}

/** States a migration; the default export of a file in `migrations/`. */
export const migration = (definition: MigrationDefinition): MigrationDefinition => definition;
