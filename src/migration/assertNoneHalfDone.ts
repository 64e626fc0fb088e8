import type { Session } from '../database/session.ts';
import { fail } from '../errors.ts';
import { type HalfDone, halfDone } from './ledger.ts';
import type { Direction } from './steps.ts';

/**
 * Refuses while a migration is in the middle of one of the given directions, since what comes next would begin from a state that nobody has seen.
 * `next` is what to do once it is ended, as in "then roll back".
 *
 * @throws HISTORY_CONFLICT
 */
export async function assertNoneHalfDone(session: Session, directions: readonly Direction[], next: string): Promise<void> {
  const half = (await halfDone(session)).find(({ direction }) => directions.includes(direction));
  if (half !== undefined) throw fail('HISTORY_CONFLICT', saying(half, next));
}

const WAYS = {
  up: { state: 'half applied', end: '`fastpy db:migrate`' },
  down: { state: 'half rolled back', end: '`fastpy db:rollback`' },
} as const;

function saying({ migration, steps, direction }: HalfDone, next: string): { problem: string; next: string } {
  const { state, end } = WAYS[direction];
  return {
    problem: `${migration} is ${state}: ${steps} of its steps ran`,
    next: `Nothing was changed. End it with ${end}, or take back what ran of it with \`fastpy db:migrate --revert-drift\`; then ${next}.`,
  };
}
