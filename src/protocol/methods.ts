/**
 * Names and types of everything that crosses the wire. The client sees this file alone (no zod);
 * the daemon validates against the shapes in `protocol/schemas/`.
 */
import type { ErrorData, Question } from '../errors.ts';
import type {
  HistoryParams,
  HistoryResult,
  KeptInfo,
  KeptParams,
  KeptResult,
  SquashParams,
  SquashResult,
  VerifyResult,
} from './history.ts';

export type * from './history.ts';

/** Grows with every change that an older client or daemon would misread. */
export const PROTOCOL_VERSION = 1;

/** Sent with every request about a database. The client resolves the URL; the daemon never takes it from its own environment. */
export interface DatabaseParams {
  /** A PostgreSQL URL, or `embedded` for the private one. */
  readonly database: string;
}

/** How questions are answered without asking. Object paths are dotted and unquoted. */
export interface Answers {
  /** Accepts every loss that is named, and answers every open rename with *not a rename*. */
  readonly force?: boolean | undefined;
  /** `public.posts.title:headline` each. */
  readonly rename?: readonly string[] | undefined;
  /** `public.posts.body` each. */
  readonly drop?: readonly string[] | undefined;
  /** `public.posts.slug=EXPR` each. */
  readonly default?: readonly string[] | undefined;
  /** `public.status.gone=draft` each. */
  readonly map?: readonly string[] | undefined;
  /** Names of hazards, `INDEX_BLOCKS_WRITES` each, that may be met where the database is not one for development. */
  readonly allow?: readonly string[] | undefined;
  /** The database's name, typed as a confirmation where it is protected or not local. */
  readonly target?: string | undefined;
}

export interface HelloParams {
  readonly protocolVersion: number;
  readonly packageVersion: string;
  readonly packagePath: string;
  readonly project: string;
}
export interface HelloResult {
  readonly protocolVersion: number;
  readonly packageVersion: string;
  readonly packagePath: string;
  readonly project: string;
  readonly pid: number;
  /** ISO 8601. */
  readonly startedAt: string;
}

export interface MigrationInfo {
  readonly id: string;
  readonly message: string;
  /** Relative to the project's root. */
  readonly file: string;
}
export interface AppliedInfo extends MigrationInfo {
  readonly appliedAt: string;
  readonly durationMs: number;
  readonly baseline: boolean;
}

/** One object that a plan or a drift touches, e.g. `{ action: 'create', kind: 'column', name: 'public.posts.slug' }`. */
export interface ChangeInfo {
  readonly action: 'create' | 'alter' | 'rename' | 'replace' | 'drop';
  readonly kind: string;
  readonly name: string;
  /** Names of hazards on it, e.g. `DELETES_DATA`. */
  readonly hazards: readonly string[];
}

/** A difference that the settings let stand, with the entry of `ignoreDrift` that says so. */
export interface IgnoredDriftInfo extends ChangeInfo {
  /** The entry's pattern. */
  readonly object: string;
  readonly reason: string;
}

/** How well a down side restores what was before: fully, without the lost rows, or not at all. */
export type Reversibility = 'exact' | 'lossy' | 'impossible';

/** What a statement was seen to do, in the shadow, to relations that were there before it. */
export interface ObservedInfo {
  /** The strongest lock on each, strongest first: `ACCESS EXCLUSIVE`; null where it ends its own transactions and could not be watched. */
  readonly locks: readonly { readonly relation: string; readonly mode: string }[] | null;
  /** Tables whose rows were all written anew. */
  readonly rewritten: readonly string[];
}

/** The statements of a migration that would run. */
export interface DryRunInfo {
  readonly id: string;
  readonly statements: readonly string[];
  /** One for each statement, where they could be watched. */
  readonly observed?: readonly ObservedInfo[] | undefined;
}

/** A verified migration that is not written yet. */
export interface SuggestionInfo {
  /** What `db:make` would use without a message, e.g. `add slug to posts`. */
  readonly message: string;
  readonly changes: readonly ChangeInfo[];
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** In a dry run: one for each statement of `up`, where they could be watched. */
  readonly observed?: readonly ObservedInfo[] | undefined;
  readonly reversible: Reversibility;
  readonly transactional: boolean;
  readonly questions: readonly Question[];
  /** The server that ran it both ways, e.g. `PostgreSQL 18.4`. */
  readonly provedOn: string;
  readonly warnings: readonly string[];
}

export interface DatabaseInfo {
  /** Without its password. */
  readonly url: string;
  readonly kind: 'embedded' | 'url';
  /** e.g. `18.4`. */
  readonly serverVersion: string;
  /** On this machine and not protected. */
  readonly development: boolean;
}

/** What is of a kind that is not modelled is an error, and no warning. */
export interface Strictness {
  readonly strict?: boolean | undefined;
}

/** Whether a migration is made in its safe form; absent, the settings and the database decide. */
export interface SafetyChoice {
  readonly safe?: boolean | undefined;
}

export interface StatusParams extends DatabaseParams, Strictness {}
export interface StatusResult {
  readonly schemaVersion: 1;
  readonly database: DatabaseInfo;
  readonly applied: readonly AppliedInfo[];
  readonly pending: readonly MigrationInfo[];
  /** Without `ignoredDrift`. */
  readonly drift: readonly ChangeInfo[];
  readonly ignoredDrift: readonly IgnoredDriftInfo[];
  /** What was copied before it was lost, in the schema `fastpyd_kept`. */
  readonly kept: readonly KeptInfo[];
  /** Model changes not yet made into a migration; none are known where the models fail. */
  readonly changes: readonly ChangeInfo[];
  /** What is wrong with the models. */
  readonly failure: ErrorData | null;
  readonly warnings: readonly string[];
}

export interface MakeParams extends DatabaseParams, Answers, Strictness, SafetyChoice {
  readonly message?: string | undefined;
  /** Writes a migration without steps, to be filled by hand. */
  readonly empty?: boolean | undefined;
  /** Of branches whose order counts, lets the one that this database has not run follow the other. */
  readonly rebase?: boolean | undefined;
  /** Writes nothing, and tells what each statement locks and rewrites. */
  readonly dryRun?: boolean | undefined;
}
export interface MakeResult {
  readonly schemaVersion: 1;
  /** Null when there is nothing to make. */
  readonly migration: MigrationInfo | null;
  /** Set when the database was adopted by this command. */
  readonly baseline: MigrationInfo | null;
  readonly suggestion: SuggestionInfo | null;
  readonly warnings: readonly string[];
}

export interface MigrateParams extends DatabaseParams, Answers, Strictness, SafetyChoice {
  /** Makes a migration first. */
  readonly message?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Applies up to and including this migration. */
  readonly to?: string | undefined;
  /** Turns drift into a migration of its own, marked applied. */
  readonly adopt?: boolean | undefined;
  /** Brings the live database back to what its applied migrations produce, and does nothing else. */
  readonly revertDrift?: boolean | undefined;
  /** Copies what is lost into the schema `fastpyd_kept` first. */
  readonly keep?: boolean | undefined;
}
export interface MigrateResult {
  readonly schemaVersion: 1;
  /** With `revertDrift`: what was done to take the drift back, or would be. */
  readonly reverted: readonly ChangeInfo[];
  readonly made: MakeResult | null;
  readonly applied: readonly AppliedInfo[];
  /** Applied by somebody else while this command waited for the lock. */
  readonly appliedElsewhere: readonly MigrationInfo[];
  /** With `dryRun`: the statements that would run, by migration. */
  readonly dryRun: readonly DryRunInfo[] | null;
  readonly warnings: readonly string[];
}

export interface RollbackParams extends DatabaseParams, Answers {
  readonly steps?: number | undefined;
  /** Copies what is lost into the schema `fastpyd_kept` first. */
  readonly keep?: boolean | undefined;
  /** Leaves this migration applied; `empty` goes below the baseline. */
  readonly to?: string | undefined;
  readonly dryRun?: boolean | undefined;
}
export interface RollbackResult {
  readonly schemaVersion: 1;
  readonly rolledBack: readonly MigrationInfo[];
  readonly dryRun: readonly { readonly id: string; readonly statements: readonly string[] }[] | null;
  readonly warnings: readonly string[];
}

export interface FreshParams extends DatabaseParams, Answers {
  readonly seed?: boolean | undefined;
}
export interface FreshResult {
  readonly schemaVersion: 1;
  /** Objects that were dropped. */
  readonly dropped: number;
  readonly applied: readonly AppliedInfo[];
  readonly seeded: readonly SeededInfo[];
  readonly warnings: readonly string[];
}

export interface SeedParams extends DatabaseParams, Answers {
  readonly seeder?: string | undefined;
  readonly count?: number | undefined;
  readonly randomSeed?: number | undefined;
  /** Makes rows for tables without seeders too, from what the catalog says of them. */
  readonly auto?: boolean | undefined;
  /** With `auto`: the share of NULL where it may be, and how unevenly rows refer to others. */
  readonly nullShare?: number | undefined;
  readonly skew?: number | undefined;
}
export interface SeededInfo {
  readonly seeder: string;
  readonly rows: number;
  readonly durationMs: number;
}
export interface SeedResult {
  readonly schemaVersion: 1;
  readonly seeded: readonly SeededInfo[];
  readonly randomSeed: number;
  readonly warnings: readonly string[];
}

export interface DiffParams extends DatabaseParams, Answers, Strictness {
  readonly drift?: boolean | undefined;
}
export interface DiffResult {
  readonly schemaVersion: 1;
  readonly suggestion: SuggestionInfo | null;
  readonly drift: readonly ChangeInfo[] | null;
  /** With `drift`: what the settings let stand. */
  readonly ignoredDrift: readonly IgnoredDriftInfo[] | null;
  /** With `drift`: the statements that would take the history's state to the live one; a comment for what none does. */
  readonly driftSql: readonly string[] | null;
  readonly warnings: readonly string[];
}

export interface PullParams extends DatabaseParams {
  /** TypeScript where it can say everything, or SQL alone; `ts` when absent. */
  readonly format?: 'ts' | 'sql' | undefined;
  /** The folder, relative to the project's root; that of the model patterns when absent. */
  readonly out?: string | undefined;
  readonly dryRun?: boolean | undefined;
  /** Overwrites files, and does not mind other models. */
  readonly force?: boolean | undefined;
}
export interface PullResult {
  readonly schemaVersion: 1;
  /** Files that were written, or would be, relative to the project's root; sorted. */
  readonly files: readonly PulledFile[];
  readonly dryRun: boolean;
  readonly warnings: readonly string[];
}
export interface PulledFile {
  readonly file: string;
  /** Objects that it declares, without the parts of others. */
  readonly objects: number;
  /** Whether there is, or was, such a file. */
  readonly overwrites: boolean;
}

export interface BaselineParams extends DatabaseParams {
  readonly message?: string | undefined;
  readonly dryRun?: boolean | undefined;
}
export interface BaselineResult {
  readonly schemaVersion: 1;
  /** Null for an empty database and for a dry run. */
  readonly baseline: MigrationInfo | null;
  /** With `dryRun`: its statements. */
  readonly dryRun: readonly string[] | null;
  readonly warnings: readonly string[];
}

export interface UrlResult {
  readonly schemaVersion: 1;
  /** With its password, for `psql` and the user's app. */
  readonly url: string;
}
export interface ScaffoldParams extends DatabaseParams {
  readonly name: string;
}
export interface ScaffoldResult {
  readonly schemaVersion: 1;
  readonly file: string;
  readonly warnings: readonly string[];
}

export interface DaemonStatusResult extends HelloResult {
  readonly schemaVersion: 1;
  readonly uptimeMs: number;
  readonly clients: number;
  /** Resident memory of the daemon process, in bytes. */
  readonly rssBytes: number;
  readonly socket: string;
  readonly log: string;
}

/** Every request: its parameters and its result. The handlers' type is mapped from it, so a missing one does not compile. */
export interface Requests {
  'daemon.hello': { params: HelloParams; result: HelloResult };
  'daemon.status': { params: Record<string, never>; result: DaemonStatusResult };
  'daemon.stop': { params: Record<string, never>; result: { readonly stopped: true } };
  'db.migrate': { params: MigrateParams; result: MigrateResult };
  'db.make': { params: MakeParams; result: MakeResult };
  'db.rollback': { params: RollbackParams; result: RollbackResult };
  'db.fresh': { params: FreshParams; result: FreshResult };
  'db.seed': { params: SeedParams; result: SeedResult };
  'db.status': { params: StatusParams; result: StatusResult };
  'db.diff': { params: DiffParams; result: DiffResult };
  'db.pull': { params: PullParams; result: PullResult };
  'db.baseline': { params: BaselineParams; result: BaselineResult };
  'db.kept': { params: KeptParams; result: KeptResult };
  'db.squash': { params: SquashParams; result: SquashResult };
  'db.history': { params: HistoryParams; result: HistoryResult };
  'db.verify': { params: DatabaseParams; result: VerifyResult };
  'db.url': { params: DatabaseParams; result: UrlResult };
  'make.seeder': { params: ScaffoldParams; result: ScaffoldResult };
  'make.model': { params: ScaffoldParams; result: ScaffoldResult };
  'suggestion.get': { params: DatabaseParams; result: { readonly suggestion: SuggestionInfo | null } };
  'suggestion.accept': { params: MakeParams; result: MakeResult };
}
export type Method = keyof Requests;
export type ParamsOf<M extends Method> = Requests[M]['params'];
export type ResultOf<M extends Method> = Requests[M]['result'];

/** What the daemon tells its clients unasked. */
export interface Notifications {
  /** The models' difference to the head of history changed; null = nothing to do. */
  'suggestion.changed': { readonly database: string; readonly suggestion: SuggestionInfo | null };
  'model.failed': {
    readonly message: string;
    readonly hint?: string | undefined;
    readonly file?: string | undefined;
    readonly line?: number | undefined;
  };
  'database.drifted': { readonly database: string; readonly drift: readonly ChangeInfo[] };
  '$/progress': Progress & { readonly request: number | string };
}
export type NotificationName = keyof Notifications;

/** One step of long work; `total` is absent where nobody can know it. */
export interface Progress {
  readonly message: string;
  readonly done?: number | undefined;
  readonly total?: number | undefined;
  /** What is counted, where its rate is worth telling. */
  readonly unit?: 'rows' | undefined;
  /** True for what is to be read before it happens, such as what a command is about to lose: never left out, and not replaced by what follows. */
  readonly isNotice?: boolean | undefined;
}

/** What a handler is given beside its parameters. */
export interface RequestContext {
  readonly signal: AbortSignal;
  readonly progress: (progress: Progress) => void;
}

/** Answers every request; the daemon serves it over the socket, `--no-daemon` calls it in process. */
export type Handlers = { readonly [M in Method]: (params: ParamsOf<M>, context: RequestContext) => Promise<ResultOf<M>> };
