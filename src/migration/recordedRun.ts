import type { Database, Session } from '../database/session.ts';
import { fail } from '../errors.ts';
import type { Progress } from '../protocol/methods.ts';
import { dropInvalidIndex, isIndexBuilt } from './concurrentIndex.ts';
import { detachmentLeft, dropInvalidCopies } from './concurrentRest.ts';
import { keepSettings } from './keepSettings.ts';
import { type RecordedStep, recordedSteps, recordStep } from './ledger.ts';
import { withSessionLock } from './lock.ts';
import { lookEveryMs, sqlStateOf, untilLocksAreFree } from './lockWait.ts';
import type { Migration } from './migrationFile.ts';
import { watchSession } from './sessionWatch.ts';
import { type Action, actionsOf, type Direction, isConnectionLoss, lossWith, runAction, type StepOptions, stateOf } from './steps.ts';

/** A statement that refuses a transaction block says 25001; one that ends a transaction inside a procedure says 2D000. */
const REFUSES_TRANSACTION = ['25001', '2D000'];

const isSetting = (action: Action): boolean => action.run.kind === 'sql' && /^(?:set|reset)\b/i.test(action.run.sql);

const textOf = ({ run }: Action): string => (run.kind === 'sql' ? run.sql : run.source);

interface Recorded {
  readonly action: Action;
  readonly key: { readonly migration: string; readonly direction: Direction; readonly step: number };
  readonly record: RecordedStep | undefined;
}

type Options = StepOptions & {
  readonly lockTimeoutMs: number;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
};

interface Place {
  readonly session: Session;
  /** Where what the session waits for is looked at. */
  readonly database: Database;
  /** The process that serves the session. */
  readonly pid: number;
}

/**
 * Runs one direction of a migration without a transaction, statement by statement, and records each, so that a run that ended in the
 * middle goes on where it was. Settings are made again, since they went with the connection.
 * @throws STATEMENT_FAILED
 * @throws LOCK_TIMEOUT
 * @throws HISTORY_CONFLICT  when a statement was edited after it had run
 * @throws DATABASE_UNREACHABLE
 */
export async function runRecorded(
  session: Session,
  { database, migration, direction }: { readonly database: Database; readonly migration: Migration; readonly direction: Direction },
  options: Options,
): Promise<void> {
  const actions = actionsOf(migration, direction);
  const work = withSessionLock(session, { timeoutMs: options.lockTimeoutMs, signal: options.signal }, async () => {
    const records = await recordedSteps(session, { migration: migration.id, direction });
    const [identity] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    const place = { session, database, pid: identity?.pid ?? 0 };
    await keepSettings(session, actions, async () => {
      for (const [step, action] of actions.entries()) {
        const recorded = { action, key: { migration: migration.id, direction, step }, record: records.get(step) };
        assertUnedited(recorded);
        if (!recorded.record?.isDone) await runOne(place, recorded, options);
        else if (isSetting(action)) await runAction(session, action, options);
      }
    });
  });
  return work.catch((error: unknown) => {
    throw isConnectionLoss(error) ? lossWith(error, stateOf({ migration, direction })) : error;
  });
}

function assertUnedited({ action, record }: Recorded): void {
  if (record === undefined || record.statement === textOf(action)) return;
  throw fail('HISTORY_CONFLICT', {
    problem: `${action.migration.id} is half ${action.direction === 'up' ? 'applied' : 'rolled back'}, and was edited meanwhile: step ${action.step} ran as "${record.statement}"`,
    next: 'Nothing more was changed. Restore that step, run the command again, and put the edit into a new migration.',
  });
}

/** A statement that can be in a transaction is there together with its record, and so runs exactly once. */
async function runOne(place: Place, recorded: Recorded, options: Options): Promise<void> {
  const isTogether = recorded.action.run.kind === 'sql' && recorded.record === undefined;
  if (isTogether && (await patiently(place, recorded, { ...options, work: () => runTogether(place.session, recorded, options) }))) return;
  await patiently(place, recorded, { ...options, isHarmless: true, work: () => runApart(place.session, recorded, options) });
}

interface Patience<T> extends Options {
  readonly isHarmless?: boolean | undefined;
  readonly work: () => Promise<T>;
}

/** Waits for locks as long as the options allow, and tells who is in the way and how far an index is. */
function patiently<T>({ session, database, pid }: Place, { action }: Recorded, { work, ...options }: Patience<T>): Promise<T> {
  return untilLocksAreFree({ ...options, name: action.migration.id }, async (wait) => {
    if (!isSetting(action)) await session.query(`select set_config('lock_timeout', $1, false)`, [String(wait.timeoutMs)]);
    const watch = watchSession(database, { pid, everyMs: lookEveryMs(wait), onProgress: options.onProgress, signal: options.signal });
    wait.blocker = watch.blocker;
    return work().finally(watch.stop);
  });
}

async function runTogether(session: Session, { action, key }: Recorded, options: StepOptions): Promise<boolean> {
  await session.query('BEGIN');
  try {
    await runAction(session, action, options);
    await recordStep(session, key, { statement: textOf(action), isDone: true });
    await session.query('COMMIT');
    return true;
  } catch (error) {
    await session.query('ROLLBACK').catch(() => []);
    if (refusesTransaction(error)) return false;
    throw error;
  }
}

const refusesTransaction = (error: unknown): boolean => REFUSES_TRANSACTION.includes(String(sqlStateOf(error)));

/** That it was begun is recorded first: when nobody saw it end, the next run looks for what it left. */
async function runApart(session: Session, recorded: Recorded, options: StepOptions): Promise<void> {
  const { action, key, record } = recorded;
  const statement = textOf(action);
  if (record === undefined) await recordStep(session, key, { statement, isDone: false });
  if (action.run.kind === 'function') await runAction(session, action, options);
  else await runBreakable(session, recorded, options);
  await recordStep(session, key, { statement, isDone: true });
}

/** A statement that leaves something where it is broken off: first that is removed, or what is left to do is found out. */
async function runBreakable(session: Session, { action, record }: Recorded, options: StepOptions): Promise<void> {
  const statement = textOf(action);
  await dropLeftovers(session, statement);
  const left = record !== undefined && (await isIndexBuilt(session, statement)) ? undefined : await detachmentLeft(session, statement);
  // A partition that was never one is what PostgreSQL itself has to say.
  if (left === undefined && record !== undefined) return;
  await runAction(session, { ...action, run: { kind: 'sql', sql: left ?? statement } }, options).catch(async (error: unknown) => {
    // A build that failed leaves an index that only slows writes down.
    await dropLeftovers(session, statement).catch(() => undefined);
    throw error;
  });
}

async function dropLeftovers(session: Session, statement: string): Promise<void> {
  await dropInvalidIndex(session, statement);
  await dropInvalidCopies(session, statement);
}
