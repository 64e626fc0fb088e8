import { asFastpyError } from '../errors.ts';
import { type Endpoint, prepareDirectory } from '../protocol/endpoint.ts';
import type { Notifications } from '../protocol/methods.ts';
import { writeFailure } from './discovery.ts';
import { acquireLock, lockHolder } from './lock.ts';
import type { Serving } from './serveProject.ts';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const ALREADY_RUNNING = 5;

/** How a daemon is run. */
export interface RunOptions {
  /** No terminal: started by a client, which wants to know nothing. */
  readonly background: boolean;
  /** Hears what happens, for a terminal. */
  readonly onNotification?: (<N extends keyof Notifications>(name: N, params: Notifications[N]) => void) | undefined;
  /** Called once the project is served. */
  readonly onServing?: ((serving: Serving, endpoint: Endpoint) => void) | undefined;
  readonly say?: ((text: string) => void) | undefined;
}

/**
 * Runs a project's daemon until it is to end, and returns the exit code. Of many that start at once one takes the lock;
 * it is taken before anything heavy is loaded, so that the others are gone at once.
 */
export async function runDaemon(root: string, options: RunOptions): Promise<number> {
  const endpoint = prepareDirectory(root);
  const lock = await acquireLock(endpoint.lock);
  if (lock === null) return alreadyRunning(endpoint, options);
  try {
    return await serveUntilEnd(root, endpoint, options);
  } catch (error) {
    writeFailure(endpoint, asFastpyError(error).toData());
    throw error;
  } finally {
    lock.release();
  }
}

function alreadyRunning(endpoint: Endpoint, { background, say }: RunOptions): number {
  if (background) return 0;
  say?.(`already running, pid ${lockHolder(endpoint.lock) ?? 'unknown'}`);
  return ALREADY_RUNNING;
}

async function serveUntilEnd(root: string, endpoint: Endpoint, options: RunOptions): Promise<number> {
  const signalled = firstSignal();
  const { serveProject } = await import('./serveProject.ts');
  const serving = await serveProject(root, endpoint, options.onNotification);
  surviveBugs(serving);
  options.onServing?.(serving, endpoint);
  const reason = await Promise.race([serving.ending, signalled]);
  options.say?.(`ending: ${reason}`);
  await serving.close({ now: SIGNALS.some((signal) => signal === reason) });
  return 0;
}

function firstSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) process.on(signal, () => resolve(signal));
  });
}

/** One request's bug must not end the others' daemon; what was thrown is in the log with its stack. */
function surviveBugs({ log }: Serving): void {
  process.on('uncaughtException', (err) => log.error({ err }, 'a bug'));
  process.on('unhandledRejection', (err) => log.error({ err }, 'a bug'));
}
