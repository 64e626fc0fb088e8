import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Session } from '../database/session.ts';
import { childEnvironment } from '../load/childEnvironment.ts';
import { OWN_ENDING } from '../load/hooks.ts';
import type { LoadedMigration, MigrationReply, MigrationRequest } from './childMessages.ts';

const CHILD = fileURLToPath(new URL(`./child${OWN_ENDING}`, import.meta.url));
const MEMORY_LIMIT_MB = 512;
const LOAD_LIMIT_MS = 10_000;

/** Why a child could not do what it was asked, and in which file. */
export class MigrationProcessError extends Error {
  readonly file: string;

  constructor(file: string, reason: string) {
    super(reason);
    this.name = 'MigrationProcessError';
    this.file = file;
  }
}

/**
 * Imports migration files in a child of their own and gives what they state.
 * @throws MigrationProcessError
 */
export async function loadInChild(root: string, files: readonly string[]): Promise<readonly LoadedMigration[]> {
  let file = files[0] ?? '';
  const reply = await converse({ root, request: { type: 'load', files }, limitMs: LOAD_LIMIT_MS }, async (message) => {
    if (message.type === 'loading') file = message.file;
    return undefined;
  }).catch((error: Error) => {
    throw new MigrationProcessError(file, error.message);
  });
  return reply.type === 'loaded' ? reply.migrations : [];
}

interface FunctionStep {
  readonly file: string;
  readonly direction: 'up' | 'down';
  readonly index: number;
}

/**
 * Runs a function step in a child of its own; its queries run on the given session, and so in the migration's transaction.
 * @throws MigrationProcessError
 */
export async function runInChild(
  root: string,
  { step, session, signal }: { readonly step: FunctionStep; readonly session: Session; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  await converse({ root, request: { type: 'run', ...step }, signal }, async (message) => {
    if (message.type !== 'query') return undefined;
    try {
      return { type: 'rows', query: message.query, rows: await session.query(message.text, message.values) };
    } catch (error) {
      return { type: 'refused', query: message.query, message: error instanceof Error ? error.message : String(error) };
    }
  }).catch((error: Error) => {
    throw new MigrationProcessError(step.file, error.message);
  });
}

interface Conversation {
  readonly root: string;
  readonly request: MigrationRequest;
  readonly limitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Sends the request to a new child, answers what it asks meanwhile, and resolves with its last word. */
async function converse(
  { root, request, limitMs, signal }: Conversation,
  respond: (message: MigrationReply) => Promise<MigrationRequest | undefined>,
): Promise<MigrationReply> {
  const child = startChild(root);
  const { promise, resolve, reject } = Promise.withResolvers<MigrationReply>();
  const timer =
    limitMs === undefined
      ? undefined
      : setTimeout(() => reject(new Error(`it did not finish within ${limitMs / 1000} s (an endless loop?)`)), limitMs);
  const abort = (): void => reject(new Error('it was interrupted'));
  signal?.addEventListener('abort', abort, { once: true });
  child.on('message', async (message: MigrationReply) => {
    if (message.type === 'failed') reject(new Error(message.reason));
    else if (message.type === 'loaded' || message.type === 'done') resolve(message);
    else {
      const answer = await respond(message);
      if (answer !== undefined && child.connected) child.send(answer);
    }
  });
  child.on('error', reject);
  child.on('exit', (code, killer) =>
    reject(new Error(killer ? `its process was ended by ${killer}` : `it ended the process (exit code ${code})`)),
  );
  child.send(request);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    child.kill('SIGKILL');
  }
}

const startChild = (root: string): ChildProcess =>
  fork(CHILD, [], {
    cwd: root,
    env: childEnvironment(),
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${MEMORY_LIMIT_MB}`, '--disable-warning=ExperimentalWarning'],
    // What migrations print must not mix with the output of a command.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
