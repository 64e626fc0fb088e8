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
  readonly up: readonly LoadedStep[];
  readonly down: readonly LoadedStep[] | null;
}

/** What the migration child is asked to do; a child does one thing and is then ended. */
export type MigrationRequest =
  | { readonly type: 'load'; readonly files: readonly string[] }
  | { readonly type: 'run'; readonly file: string; readonly direction: 'up' | 'down'; readonly index: number }
  | { readonly type: 'rows'; readonly query: number; readonly rows: readonly unknown[] }
  | { readonly type: 'refused'; readonly query: number; readonly message: string };

/** What the migration child says. */
export type MigrationReply =
  | { readonly type: 'loading'; readonly file: string }
  | { readonly type: 'loaded'; readonly migrations: readonly LoadedMigration[] }
  | { readonly type: 'query'; readonly query: number; readonly text: string; readonly values: readonly unknown[] }
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string };
