/** What crosses the wire about the ledger, the migration files and what was kept of rows; a part of methods.ts. */
import type { ErrorData } from '../errors.ts';
import type { AppliedInfo, DatabaseParams, MigrationInfo } from './methods.ts';

/** A copy of rows or values that a migration took away. */
export interface KeptInfo {
  /** Its table in the schema `fastpyd_kept`. */
  readonly name: string;
  /** The table or column, dotted. */
  readonly object: string;
  readonly migration: string;
  /** The direction that took it away; the other one puts it back. */
  readonly direction: 'up' | 'down';
  readonly rows: number;
  /** ISO 8601. */
  readonly keptAt: string;
}
export interface KeptParams extends DatabaseParams {
  /** Names of copies to drop for good; `all` is every one. */
  readonly drop?: readonly string[] | undefined;
  /** With `target`, the confirmation where the database is protected or not on this machine. */
  readonly force?: boolean | undefined;
  readonly target?: string | undefined;
}
export interface KeptResult {
  readonly schemaVersion: 1;
  readonly kept: readonly KeptInfo[];
  readonly dropped: readonly string[];
}

export interface SquashParams extends DatabaseParams {
  readonly message?: string | undefined;
  /** The last migration that becomes a part of the new one. */
  readonly to?: string | undefined;
  readonly dryRun?: boolean | undefined;
}
export interface SquashResult {
  readonly schemaVersion: 1;
  /** Null when there is nothing to squash, and for a dry run. */
  readonly migration: MigrationInfo | null;
  /** The migrations that it stands for. */
  readonly replaced: readonly MigrationInfo[];
  /** Files that were removed, relative to the project's root. */
  readonly removed: readonly string[];
  /** With `dryRun`: its statements. */
  readonly dryRun: readonly string[] | null;
  /** The server that ran it both ways, e.g. `PostgreSQL 18.4`. */
  readonly provedOn: string | null;
  readonly warnings: readonly string[];
}

export interface HistoryParams extends DatabaseParams {
  /** Applied migrations whose files are written back as they were applied. */
  readonly restore?: readonly string[] | undefined;
}
export interface HistoryResult {
  readonly schemaVersion: 1;
  /** Files that were written back, relative to the project's root. */
  readonly restored: readonly string[];
  readonly revisions: readonly AppliedInfo[];
}

/** What became of one migration when it was run again from nothing. */
export interface VerdictInfo {
  readonly id: string;
  /** `not reached`: one before it was refused. */
  readonly up: 'proven' | 'refused' | 'not reached';
  /** `exact`: down and up again led back each time. `none`: the file has no way down. */
  readonly down: 'exact' | 'differs' | 'refused' | 'none' | 'not reached';
  /** What the way down, or up again, left different, e.g. `still there: column public.posts.body`. */
  readonly differences: readonly string[];
  readonly failure: ErrorData | null;
}
export interface VerifyResult {
  readonly schemaVersion: 1;
  readonly migrations: readonly VerdictInfo[];
  /** e.g. `PostgreSQL 18.4`. */
  readonly provedOn: string;
  readonly warnings: readonly string[];
}
