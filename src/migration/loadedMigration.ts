import type { Replaces } from './replaces.ts';

/** One step as the migration child reports it. */
export type LoadedStep =
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'function'; readonly index: number; readonly source: string };

/** What a migration file states, as far as it can leave its process. */
export interface LoadedMigration {
  readonly parent: string | null;
  readonly message: string | null;
  readonly baseline: boolean;
  readonly transaction: boolean;
  readonly replaces?: Replaces | undefined;
  readonly up: readonly LoadedStep[];
  readonly down: readonly LoadedStep[] | null;
}
