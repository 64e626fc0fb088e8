import type { Session } from '../database/session.ts';
import type { LoadedMigration } from './loadedMigration.ts';
import { ChildFailure, ProjectChild } from './projectChild.ts';

const CHILD = '../migration/child';

/** A file that could not be loaded. */
export class UnloadableFile extends Error {
  readonly file: string;
  readonly failure: ChildFailure;

  constructor(file: string, failure: ChildFailure) {
    super(failure.message, { cause: failure });
    this.name = 'UnloadableFile';
    this.file = file;
    this.failure = failure;
  }
}

/**
 * Imports migration files in a child of their own and gives what they state.
 * @throws UnloadableFile
 */
export async function loadInChild(root: string, files: readonly string[], limitMs: number): Promise<readonly LoadedMigration[]> {
  let file = files[0] ?? '';
  const child = new ProjectChild(root, CHILD);
  const onNotice = (text: string): void => {
    file = text;
  };
  try {
    return await child.ask({ type: 'loadMigrations', files }, { limitMs, onNotice });
  } catch (error) {
    throw error instanceof ChildFailure ? new UnloadableFile(file, error) : error;
  } finally {
    child.end();
  }
}

interface FunctionStep {
  readonly root: string;
  readonly file: string;
  readonly direction: 'up' | 'down';
  readonly index: number;
}

/**
 * Runs a function step in a child of its own; its queries run on the given session, and so in the migration's transaction.
 * @throws ChildFailure
 */
export async function runInChild(
  session: Session,
  { root, ...step }: FunctionStep,
  options: { readonly signal?: AbortSignal | undefined; readonly limitMs?: number | undefined },
): Promise<void> {
  const child = new ProjectChild(root, CHILD);
  try {
    await child.ask({ type: 'runStep', ...step }, { session, ...options });
  } finally {
    child.end();
  }
}
