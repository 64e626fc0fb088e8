import type { Replaces } from './replaces.ts';

/** One step of a loaded migration: SQL as it will be run, or a place where the file's own function runs. */
export type Step =
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'function'; readonly index: number; readonly source: string };

/** A migration as read from its file. */
export interface Migration {
  /** The file's name without its ending: `20261123091500_add_full_name_to_users`. */
  readonly id: string;
  /** Absolute. */
  readonly file: string;
  /** The migration that this one follows, null for the first. */
  readonly parent: string | null;
  readonly message: string;
  /** True for the first migration of a database that was adopted: never rolled back by steps. */
  readonly baseline: boolean;
  /** False: the steps run one by one outside a transaction, recorded each, and resumed. */
  readonly transaction: boolean;
  readonly up: readonly Step[];
  /** Null when the file has no down side. */
  readonly down: readonly Step[] | null;
  /** The migrations that this one stands for since they were squashed. */
  readonly replaces?: Replaces | undefined;
  /** See checksum.ts. */
  readonly checksum: string;
  /** The file's text; kept in the ledger, so that a later edit can be shown. */
  readonly source: string;
}

/** A row of the ledger: this migration was applied to this database. */
export interface Revision {
  readonly id: string;
  readonly parent: string | null;
  readonly checksum: string;
  readonly appliedAt: string;
  readonly durationMs: number;
  readonly baseline: boolean;
  /** The file's text when it was applied. */
  readonly source: string;
}
