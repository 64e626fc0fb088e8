import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import type { Migration } from './migrationFile.ts';
import { type Action, actionsOf, type Direction, runAction, type StepOptions } from './steps.ts';

const MAKING_ROLE = /^(?:\s|--.*\n|\/\*[\s\S]*?\*\/)*create\s+(?:role|user|group)\s/i;
const DUPLICATE_OBJECT = '42710';
const WITHOUT_BODIES = 'SET LOCAL check_function_bodies = off';

/**
 * Runs the up sides on a scratch database, which keeps no ledger.
 * @throws STATEMENT_FAILED
 */
export async function replay(database: ScratchDatabase, migrations: readonly Migration[], options: StepOptions): Promise<void> {
  for (const migration of migrations) await replayOne(database, { migration, direction: 'up' }, options);
}

/** Runs the down side of one. @throws STATEMENT_FAILED */
export const replayDown = (database: ScratchDatabase, migration: Migration, options: StepOptions): Promise<void> =>
  replayOne(database, { migration, direction: 'down' }, options);

interface Replayed {
  readonly migration: Migration;
  readonly direction: Direction;
}

async function replayOne(database: ScratchDatabase, { migration, direction }: Replayed, options: StepOptions): Promise<void> {
  const actions = actionsOf(migration, direction);
  const run = async (session: ScratchSession): Promise<void> => {
    await session.query(WITHOUT_BODIES);
    for (const action of actions) await (makesRole(action) ? runWithRoles(session, action, options) : runAction(session, action, options));
  };
  if (!migration.transaction) return database.session(run);
  if (!(await runAtOnce(database, actions))) await database.transaction(run);
}

const makesRole = ({ run }: Action): boolean => run.kind === 'sql' && MAKING_ROLE.test(run.sql);

/** Roles belong to the whole server: one may be there from another replay, or because the live server has it. */
async function runWithRoles(session: ScratchSession, action: Action, options: StepOptions): Promise<void> {
  const { transaction } = action.migration;
  if (transaction) await session.query('SAVEPOINT role');
  await runAction(session, action, options).catch(async (error: Error) => {
    if (!(error.cause instanceof SqlError) || error.cause.sqlState !== DUPLICATE_OBJECT) throw error;
    if (transaction) await session.query('ROLLBACK TO SAVEPOINT role');
  });
}

/** Plain SQL goes in one message, which is one transaction; when it is refused, nothing of it happened and the slow way says where. */
async function runAtOnce(database: ScratchDatabase, actions: readonly Action[]): Promise<boolean> {
  const texts = actions.flatMap(({ run }) => (run.kind === 'sql' ? [run.sql] : []));
  if (texts.length < actions.length) return false;
  return database
    .session((session) => session.script([WITHOUT_BODIES, ...texts].join(';\n')))
    .then(
      () => true,
      () => false,
    );
}
