import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fail } from '../errors.ts';
import type { Naming } from '../model/naming.ts';
import { childEnvironment } from './childEnvironment.ts';
import type { Imported, LoadReply, LoadRequest } from './childMessages.ts';
import { OWN_ENDING } from './hooks.ts';
import { relativeTo } from './loadFailure.ts';

const CHILD = fileURLToPath(new URL(`../load/child${OWN_ENDING}`, import.meta.url));
const MEMORY_LIMIT_MB = 512;
// Without it the space for new objects grows by 30 MB while everything is imported, and stays that large.
const YOUNG_LIMIT_MB = 4;

/** What a loader child works on. */
export interface LoaderOptions {
  readonly root: string;
  readonly naming: Naming;
  /** How long importing may take. */
  readonly timeLimitMs: number;
}

/** What a child says of the models. */
export interface Loaded extends Imported {
  /** True for the first answer of a child without an error, which has everything; the others have what changed since the one before. */
  readonly isComplete: boolean;
}

interface Pending {
  readonly id: number;
  readonly resolve: (imported: Imported) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One loader child and the one request that it may be working on. */
export class LoaderProcess {
  readonly #child: ChildProcess;
  readonly #root: string;
  readonly #timeLimitMs: number;
  #pending: Pending | undefined;
  #evaluating: string | undefined;
  #requests = 0;
  #isKilled = false;
  /** What the child was told last. */
  #files: readonly string[] | undefined;
  /** What it has yet to look at. */
  #changed = new Set<string>();
  #renewals = 0;

  constructor({ root, naming, timeLimitMs }: LoaderOptions) {
    this.#root = root;
    this.#timeLimitMs = timeLimitMs;
    this.#child = fork(CHILD, [String(process.pid), root, naming], {
      cwd: root,
      env: childEnvironment(),
      execArgv: [
        `--max-old-space-size=${MEMORY_LIMIT_MB}`,
        '--disable-warning=ExperimentalWarning',
        `--max-semi-space-size=${YOUNG_LIMIT_MB}`,
      ],
      // What models print must not mix with the output of a command.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child.on('message', (reply: LoadReply) => this.#receive(reply));
    this.#child.on('exit', (code, signal) => this.#ended(code, signal));
    this.#child.on('error', (error) => this.#fail(error.message));
    this.#idle();
  }

  get isAlive(): boolean {
    return !this.#isKilled && this.#child.connected && this.#child.exitCode === null;
  }

  /** How many modules this child holds twice: one that was imported anew stays in memory. */
  get renewals(): number {
    return this.#renewals;
  }

  /** Says which files may have changed; the next call of `load` looks at them. */
  tell(changed: Iterable<string>): void {
    for (const path of changed) this.#changed.add(path);
  }

  /**
   * Imports what was not imported yet, has changed, or failed. One call at a time.
   * @param files  all model files, relative to the root
   * @throws MODEL_LOAD_FAILED  when the process did not survive it; what a model threw is in the answer
   */
  async load(files: readonly string[]): Promise<Loaded> {
    const changed = this.#changed;
    this.#changed = new Set();
    const imported = await this.#ask({ changed: [...changed], files: files === this.#files ? undefined : files });
    this.#renewals = imported.renewals;
    if (imported.error !== undefined) this.tell(changed);
    const isComplete = imported.error === undefined && this.#files === undefined;
    if (imported.error === undefined) this.#files = files;
    return { ...imported, isComplete };
  }

  #ask(request: Omit<LoadRequest, 'id'>): Promise<Imported> {
    const id = ++this.#requests;
    this.#evaluating = undefined;
    this.#child.ref();
    this.#child.channel?.ref();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#timeOut(), this.#timeLimitMs);
      this.#pending = { id, resolve, reject, timer };
      this.#child.send({ ...request, id }, (error) => error && this.#fail(error.message));
    });
  }

  kill(): void {
    this.#isKilled = true;
    this.#child.kill('SIGKILL');
  }

  /** A child that waits for work must not keep this process alive. */
  #idle(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  #take(): Pending | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    clearTimeout(pending?.timer);
    this.#idle();
    return pending;
  }

  #receive(reply: LoadReply): void {
    if (reply?.id !== this.#pending?.id) return;
    if (reply.fastpyd === 'evaluating') this.#evaluating = reply.file;
    else if (reply.fastpyd === 'imported') this.#take()?.resolve(reply.imported);
  }

  #timeOut(): void {
    this.kill();
    this.#fail(`it did not finish within ${this.#timeLimitMs / 1000} s (an endless loop?)`);
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    const isCrash = signal === 'SIGABRT' || code === 134;
    if (isCrash) this.#fail(`it crashed Node, or needed more than ${MEMORY_LIMIT_MB} MB of memory`);
    else this.#fail(signal ? `its process was ended by ${signal}` : `it ended the process (exit code ${code})`);
  }

  #fail(reason: string): void {
    const pending = this.#take();
    const file = this.#evaluating === undefined ? 'the models' : relativeTo(this.#root, this.#evaluating);
    pending?.reject(fail('MODEL_LOAD_FAILED', { file, reason }, { location: { file } }));
  }
}
