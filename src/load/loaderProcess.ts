import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FastpyError, fail } from '../errors.ts';
import { childEnvironment } from './childEnvironment.ts';
import type { LoadReply, LoadRequest } from './childMessages.ts';
import type { CollectedModels } from './collectDeclarations.ts';
import { OWN_ENDING } from './hooks.ts';
import { relativeTo } from './loadFailure.ts';

const CHILD = fileURLToPath(new URL(`../load/child${OWN_ENDING}`, import.meta.url));
const MEMORY_LIMIT_MB = 512;

interface Loaded {
  readonly models: CollectedModels;
  /** How many modules were imported anew. */
  readonly renewed: number;
}

interface Pending {
  readonly id: number;
  readonly resolve: (loaded: Loaded) => void;
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

  constructor({ root, timeLimitMs }: { readonly root: string; readonly timeLimitMs: number }) {
    this.#root = root;
    this.#timeLimitMs = timeLimitMs;
    this.#child = fork(CHILD, [String(process.pid)], {
      cwd: root,
      env: childEnvironment(),
      execArgv: [`--max-old-space-size=${MEMORY_LIMIT_MB}`, '--disable-warning=ExperimentalWarning'],
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

  /** Imports the files at their present content. One call at a time. */
  load(request: Omit<LoadRequest, 'id'>): Promise<Loaded> {
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
    else if (reply.fastpyd === 'loaded') this.#take()?.resolve(reply);
    else if (reply.fastpyd === 'failed') this.#take()?.reject(FastpyError.from(reply.error));
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
