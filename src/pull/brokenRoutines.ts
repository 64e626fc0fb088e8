import { SqlError } from '../database/sqlError.ts';
import type { ObjectId } from '../kinds/kind.ts';
import type { PlannedStatement } from '../plan/plan.ts';
import type { Shadow } from '../shadow/shadow.ts';

const isRoutine = ({ object, sql }: PlannedStatement): boolean => object.kind === 'routine' && /^create\b/i.test(sql);

/**
 * The routines whose bodies PostgreSQL would refuse today, with its reason. A database may well have such: a body is looked at when its
 * routine is made, and not when what it names goes.
 * @param statements  that make everything in an empty database
 */
export function brokenRoutines(shadow: Shadow, statements: readonly PlannedStatement[]): Promise<ReadonlyMap<ObjectId, string>> {
  return shadow.scratch((database) =>
    database.session(async (session) => {
      await session.script(
        ['SET check_function_bodies = off', ...statements.map(({ sql }) => sql), 'RESET check_function_bodies'].join(';\n'),
      );
      const broken = new Map<ObjectId, string>();
      for (const { object, sql } of statements.filter(isRoutine)) {
        const again = sql.replace(/^create\s+(?:or\s+replace\s+)?/i, 'CREATE OR REPLACE ');
        const error = await session.query(again).then(
          () => undefined,
          (cause: unknown) => cause,
        );
        if (error instanceof SqlError) broken.set(object.id, error.message);
        else if (error !== undefined) throw error;
      }
      return broken;
    }),
  );
}
