import { type HalfDone, halfDone } from '../migration/ledger.ts';
import type { Target } from './target.ts';

/** What differs since a migration ended in its middle, one sentence each. */
export async function halfDoneWarnings(target: Target): Promise<readonly string[]> {
  return (await target.live.session(halfDone)).map((half) => `${partOf(half)}; ${HOW_ON[half.direction]}`);
}

/** What is told when their steps are forgotten. */
export async function forgottenWarnings(target: Target): Promise<readonly string[]> {
  return (await target.live.session(halfDone)).map(
    (half) => `${partOf(half)}; it begins with its first step the next time, and rows that they changed stay as they are`,
  );
}

const partOf = ({ migration, direction, steps }: HalfDone): string =>
  `${migration} is half ${direction === 'up' ? 'applied' : 'rolled back'}: ${steps} of its steps ran`;

const HOW_ON = {
  up: 'fastpy db:migrate goes on there, and fastpy db:migrate --revert-drift takes back what they made of the schema',
  down: 'fastpy db:rollback goes on there, and fastpy db:migrate --revert-drift takes back what they made of the schema',
} as const;
