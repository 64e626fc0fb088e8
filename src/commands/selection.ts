import { fail } from '../errors.ts';
import type { Migration } from '../migration/migrationFile.ts';

/** The pending migrations up to and including the one named by `--to`; all of them without it. @throws USAGE */
export function chooseUpTo(pending: readonly Migration[], migrations: readonly Migration[], to: string | undefined): readonly Migration[] {
  if (to === undefined) return pending;
  const place = pending.findIndex(({ id }) => id === to);
  if (place < 0 && !migrations.some(({ id }) => id === to)) throw unknown(to, migrations);
  return pending.slice(0, place + 1);
}

/** What a rollback is asked to undo. */
export interface RollbackChoice {
  readonly steps?: number | undefined;
  readonly to?: string | undefined;
}

/** Stands for everything that was there before: one step back from it would leave nothing. */
export const isGround = ({ baseline, replaces }: Migration): boolean => baseline || replaces !== undefined;

/**
 * The applied migrations to roll back, newest first. A baseline and a squashed history are no steps: only `--to empty` goes below them.
 * @throws USAGE
 */
export function chooseRollback(applied: readonly Migration[], { steps, to }: RollbackChoice): readonly Migration[] {
  const newestFirst = applied.toReversed();
  if (to === 'empty') return newestFirst;
  if (to !== undefined) {
    const place = newestFirst.findIndex(({ id }) => id === to);
    if (place < 0) throw unknown(to, applied);
    return newestFirst.slice(0, place);
  }
  const above = newestFirst.filter((migration) => !isGround(migration));
  if (steps !== undefined && steps > above.length) throw tooMany(steps, above.length);
  return above.slice(0, steps ?? 1);
}

const unknown = (id: string, migrations: readonly Migration[]): Error =>
  fail('USAGE', {
    problem: `no migration "${id}" is known here`,
    help: `Known are: ${migrations.map((migration) => migration.id).join(', ') || 'none'}.`,
  });

const tooMany = (steps: number, count: number): Error =>
  fail('USAGE', {
    problem: `--steps ${steps} is more than there is to roll back (${count})`,
    help: 'Nothing was changed. `fastpy db:history` lists what is applied; --to empty goes below the baseline, or below what was squashed.',
  });
