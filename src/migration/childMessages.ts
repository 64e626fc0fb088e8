import type { AutoRequest, AutoResult } from '../seed/auto/autoSeed.ts';
import type { ModelTable } from '../seed/modelTable.ts';
import type { LoadedMigration } from './loadedMigration.ts';

/** What a child that runs the project's code is asked to do. Files are absolute. */
export type ChildRequest =
  | { readonly type: 'loadMigrations'; readonly files: readonly string[] }
  | { readonly type: 'runStep'; readonly file: string; readonly direction: 'up' | 'down'; readonly index: number }
  | { readonly type: 'describeModels'; readonly files: readonly string[] }
  | { readonly type: 'loadSeeders'; readonly files: readonly string[] }
  | { readonly type: 'runSeeder'; readonly file: string; readonly count: number | undefined; readonly randomSeed: number }
  | { readonly type: 'autoSeed'; readonly request: AutoRequest };

/** What each request is answered with. */
export interface ChildAnswers {
  readonly loadMigrations: readonly LoadedMigration[];
  readonly runStep: undefined;
  readonly describeModels: readonly ModelTable[];
  /** Each file with those of the seeders that it says it comes after. */
  readonly loadSeeders: readonly { readonly file: string; readonly after: readonly string[] }[];
  /** False when another seeder has called it already. */
  readonly runSeeder: boolean;
  readonly autoSeed: readonly AutoResult[];
}

/** A statement that the child wants to be run. */
export interface QueryMessage {
  readonly type: 'query';
  readonly query: number;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Rows in PostgreSQL's text format, where the statement is a COPY. */
  readonly data?: Uint8Array | undefined;
}

/** What PostgreSQL said of a statement, as far as it can cross. */
export interface Refusal {
  readonly message: string;
  readonly sqlState?: string | undefined;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  readonly constraint?: string | undefined;
  readonly context?: string | undefined;
}

/** What the child is told: the one request, and what became of its statements. */
export type ParentMessage =
  | { readonly request: ChildRequest }
  | { readonly query: number; readonly rows: readonly unknown[] }
  | { readonly query: number; readonly refusal: Refusal };

/** What the child says. */
export type ChildReply =
  | QueryMessage
  /** Which file it is at work on. */
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'answer'; readonly value: unknown }
  | { readonly type: 'failed'; readonly reason: string; readonly origin?: string | undefined; readonly sqlState?: string | undefined };
