import type { Method, NotificationName, Notifications, ParamsOf, Progress, ResultOf } from '../src/protocol/methods.ts';
import type { Output } from './output.ts';

/** Parsed option values by long name. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** One option of a command, as `--help` lists it and `parseArgs` reads it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string | undefined;
  readonly multiple?: boolean | undefined;
  /** The value's name in help, e.g. `MSG`. */
  readonly value?: string | undefined;
  /** The option that says otherwise, so that both together say nothing. */
  readonly notWith?: string | undefined;
  readonly help: string;
}

/** One command of `fastpy`; a file of its own in `client/commands/`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Positional arguments as help shows them, e.g. `[MSG]`. */
  readonly positionals?: string | undefined;
  /** How many positional arguments may and must be given. */
  readonly arity?: { readonly least: number; readonly most: number } | undefined;
  readonly options?: Readonly<Record<string, Option>> | undefined;
  /** At least two: the line and what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  readonly exitCodes?: readonly (readonly [code: number, when: string])[] | undefined;
  /** Checks the arguments and throws USAGE, before a daemon or a database is asked anything. */
  readonly check?: ((invocation: Arguments) => void) | undefined;
  /** True for one that shows something until Ctrl-C, which is then its usual end. */
  readonly isEndless?: boolean | undefined;
  /** Does the work, prints the result, and returns the exit code (0 when absent). */
  run(invocation: Invocation): Promise<number | undefined>;
}

/** What the user typed after the command's name. */
export interface Arguments {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
}

/** Everything that a command is given. */
export interface Invocation extends Arguments {
  readonly output: Output;
  readonly signal: AbortSignal;
  /** `--project` or the folder that the command was started in. */
  readonly from: string;
  /** The project's root. @throws PROJECT_NOT_FOUND */
  readonly root: () => string;
  /** The URL of the database in use, or `embedded`. @throws USAGE */
  readonly database: () => string;
  /** Sends a request to the daemon (or the handlers in this process), asking the user what it needs to know. */
  readonly request: <M extends Method>(method: M, params: ParamsOf<M>) => Promise<ResultOf<M>>;
  /** The connection itself, for what is more than one question and one answer. */
  readonly backend: () => Promise<Backend>;
}

/** The daemon, or the same handlers in this process. */
export interface Backend {
  request<M extends Method>(method: M, params: ParamsOf<M>, options?: RequestOptions): Promise<ResultOf<M>>;
  on<N extends NotificationName>(name: N, listener: (params: Notifications[N]) => void): () => void;
  /** Settles when the other side ends the connection; never for the handlers in this process. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** What may go with a request. */
export interface RequestOptions {
  /** Aborting it asks the daemon to cancel; the promise settles with the daemon's answer, which is the truth. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
