import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Session } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import { childEnvironment } from '../load/childEnvironment.ts';
import { OWN_ENDING } from '../load/hooks.ts';
import type { ChildReply, ChildRequest, QueryMessage } from './childMessages.ts';

const MEMORY_LIMIT_MB = 512;
/** V8 lets new space grow to many times this where a seeder makes rows without end, each of which is soon gone. */
const NEW_SPACE_MB = 4;

/** Why a child could not do what it was asked: what the project's code threw, or how its process ended. */
export class ChildFailure extends Error {
  /** The stack of the code that threw, which names the line. */
  readonly origin: string | undefined;
  readonly sqlState: string | undefined;

  constructor(reason: string, details: { readonly origin?: string | undefined; readonly sqlState?: string | undefined } = {}) {
    super(reason);
    this.name = 'ChildFailure';
    this.origin = details.origin;
    this.sqlState = details.sqlState;
  }
}

/** What a child's code threw, with the stack that it had there. */
export function asThrown(failure: ChildFailure): Error {
  const thrown = new Error(failure.message, { cause: failure });
  if (failure.origin !== undefined) thrown.stack = failure.origin;
  return thrown;
}

/** How one request is carried out. */
interface AskOptions {
  /** Where the child's queries run; without one they are refused. */
  readonly session?: Session | undefined;
  readonly limitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onNotice?: ((text: string) => void) | undefined;
}

interface Pending extends AskOptions {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A child that runs the project's own code away from this process: without its environment, within a limit of memory, and with no way to
 * the database but the queries that it sends here. One request at a time.
 */
export class ProjectChild {
  readonly #child: ChildProcess;
  #pending: Pending | undefined;
  // One connection runs one statement at a time, also when the code asks for many at once.
  #queries: Promise<void> = Promise.resolve();
  #end: ChildFailure | undefined;

  /** @param module  the child's code, relative to this folder and without its ending */
  constructor(root: string, module: string) {
    this.#child = fork(fileURLToPath(new URL(module + OWN_ENDING, import.meta.url)), [], {
      cwd: root,
      env: childEnvironment(),
      serialization: 'advanced',
      execArgv: [
        `--max-old-space-size=${MEMORY_LIMIT_MB}`,
        `--max-semi-space-size=${NEW_SPACE_MB}`,
        '--disable-warning=ExperimentalWarning',
      ],
      // What the code prints must not mix with the output of a command.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (reply: ChildReply) => this.#receive(reply));
    this.#child.on('error', (error) => this.#fail(new ChildFailure(error.message)));
    this.#child.on('exit', (code, killer) => this.#fail(new ChildFailure(endingOf(code, killer))));
  }

  /**
   * Sends a request and waits for its answer; a request that fails or is interrupted ends the child.
   * @throws ChildFailure
   */
  async ask<Answer>(request: ChildRequest, options: AskOptions = {}): Promise<Answer> {
    const { signal, limitMs } = options;
    const overdue = (): void => this.#fail(new ChildFailure(`it did not finish within ${(limitMs ?? 0) / 1000} s (an endless loop?)`));
    const timer = limitMs === undefined ? undefined : setTimeout(overdue, limitMs);
    const abort = (): void => this.#fail(new ChildFailure('it was interrupted'));
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await this.#exchange<Answer>(request, options);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      // A statement that is still running belongs to this request's transaction, which ends after it.
      await this.#queries;
    }
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }

  #exchange<Answer>(request: ChildRequest, options: AskOptions): Promise<Answer> {
    if (this.#end) return Promise.reject(this.#end);
    if (options.signal?.aborted) return Promise.reject(new ChildFailure('it was interrupted'));
    return new Promise((resolve, reject) => {
      this.#pending = { ...options, resolve: resolve as (value: unknown) => void, reject };
      this.#send({ request });
    });
  }

  #send(message: unknown): void {
    if (this.#child.connected) this.#child.send(message as object, () => undefined);
  }

  #receive(reply: ChildReply): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    if (reply.type === 'query') this.#queries = this.#queries.then(() => this.#run(reply, pending));
    else if (reply.type === 'notice') pending.onNotice?.(reply.text);
    else if (reply.type === 'failed') this.#fail(new ChildFailure(reply.reason, reply));
    else {
      this.#pending = undefined;
      pending.resolve(reply.value);
    }
  }

  async #run({ query, text, values, data }: QueryMessage, { session }: Pending): Promise<void> {
    if (this.#pending?.session !== session || session === undefined) {
      return this.#send({ query, refusal: { message: 'there is no database here' } });
    }
    try {
      if (data === undefined) return this.#send({ query, rows: await session.query(text, values) });
      if (session.copy === undefined) return this.#send({ query, refusal: { message: 'COPY is for seeders' } });
      this.#send({ query, rows: [await session.copy(text, data)] });
    } catch (error) {
      if (!(error instanceof SqlError)) return this.#fail(error as Error);
      const { message, sqlState, detail, hint, constraint, context } = error;
      this.#send({ query, refusal: { message, sqlState, detail, hint, constraint, context } });
    }
  }

  #fail(error: Error): void {
    this.end();
    this.#end ??= error instanceof ChildFailure ? error : new ChildFailure(error.message);
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.reject(error);
  }
}

function endingOf(code: number | null, killer: NodeJS.Signals | null): string {
  if (killer === 'SIGABRT' || code === 134) return `it crashed Node, or needed more than ${MEMORY_LIMIT_MB} MB of memory`;
  return killer ? `its process was ended by ${killer}` : `it ended the process (exit code ${code})`;
}
