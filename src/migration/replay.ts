import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import type { Migration } from './migrationFile.ts';
import { type Action, actionsOf, type Direction, runAction, type StepOptions } from './steps.ts';

const ABOUT_ROLES = /^(?:\s|--.*\n|\/\*[\s\S]*?\*\/)*(?:create|drop)\s+(?:role|user|group)\s/i;
const DUPLICATE_OBJECT = '42710';
const DEPENDENT_OBJECTS_STILL_EXIST = '2BP01';
/** What PostgreSQL says of dependents of which the database at hand has none. */
const ELSEWHERE = /^\d+ objects? in database .*(?:\n\d+ objects? in database .*)*$/;
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
  const actions = scratchActionsOf(migration, direction);
  const run = async (session: ScratchSession): Promise<void> => {
    await session.query(WITHOUT_BODIES);
    for (const action of actions)
      await (isAboutRoles(action) ? runWithRoles(session, action, options) : runAction(session, action, options));
  };
  if (!migration.transaction) return database.session(run);
  if (!(await runAtOnce(database, actions))) await database.transaction(run);
}

/**
 * What one direction of a migration does in a scratch database. What roles may do on a server, and which are members of which, is nothing that
 * one needs, nor something to leave behind on the server that it is on; and to drop one would wait for every other state there that names it.
 */
export const scratchActionsOf = (migration: Migration, direction: Direction): readonly Action[] =>
  actionsOf(migration, direction).filter((action) => !isAboutServer(action));

const isAboutServer = ({ run }: Action): boolean => run.kind === 'sql' && OF_ROLES.test(run.sql);
const OF_ROLES =
  /^(?:ALTER ROLE "(?:[^"]|"")+" WITH |COMMENT ON ROLE "|DROP ROLE "|GRANT "(?:[^"]|"")+" TO "|REVOKE "(?:[^"]|"")+" FROM ")/;

const isAboutRoles = ({ run }: Action): boolean => run.kind === 'sql' && ABOUT_ROLES.test(run.sql);

/** Roles belong to the whole server: one may be there already, and may have to stay for other states that name it. */
async function runWithRoles(session: ScratchSession, action: Action, options: StepOptions): Promise<void> {
  const { transaction } = action.migration;
  if (transaction) await session.query('SAVEPOINT role');
  await runAction(session, action, options).catch(async (error: Error) => {
    if (!(error.cause instanceof SqlError) || !isOthersDoing(error.cause)) throw error;
    if (transaction) await session.query('ROLLBACK TO SAVEPOINT role');
  });
}

/** Would it have gone well on a server that has no other database? */
const isOthersDoing = ({ sqlState, detail = '' }: SqlError): boolean =>
  sqlState === DUPLICATE_OBJECT || (sqlState === DEPENDENT_OBJECTS_STILL_EXIST && ELSEWHERE.test(detail));

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
