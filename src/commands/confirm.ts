import { parseTarget } from '../database/target.ts';
import { fail } from '../errors.ts';
import type { Answers } from '../protocol/methods.ts';
import type { LiveTarget } from './target.ts';

/**
 * Lets a destructive command pass in development; elsewhere it needs the database's name beside `--force`.
 * @throws CONFIRMATION_NEEDED
 */
export function confirm(target: LiveTarget, answers: Answers, action: string): void {
  const { database } = parseTarget(target.live.url);
  if (target.info.development || (answers.force && answers.target === database)) return;
  throw fail('CONFIRMATION_NEEDED', { action, target: placeOf(target), flag: `--force --target ${database}` });
}

/** e.g. `shop on localhost`. */
export function placeOf(target: LiveTarget): string {
  const { host, database } = parseTarget(target.live.url);
  return `${database} on ${host}`;
}
