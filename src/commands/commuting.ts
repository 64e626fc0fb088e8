import { diffSnapshots } from '../diff/diffSnapshots.ts';
import { FastpyError } from '../errors.ts';
import { introspect } from '../introspect/introspect.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { scratchActionsOf } from '../migration/replay.ts';
import { type Action, runAction } from '../migration/steps.ts';
import { stateOf } from '../pipeline.ts';
import { differingContents, readContents } from '../shadow/contents.ts';
import { inDiscardedTransaction } from '../shadow/rehearse.ts';
import type { State } from '../shadow/states.ts';
import type { Target } from './target.ts';

/** Two lines of migrations behind the same history. */
export interface Lines {
  readonly base: readonly Migration[];
  readonly first: readonly Migration[];
  readonly second: readonly Migration[];
}

/** Why two lines do not commute. */
export interface Clash {
  readonly reason: string;
  /** The two statements that cannot change places, where they can be told. */
  readonly statements: readonly Action[];
  /** True where the second line runs behind the first. */
  readonly runs: boolean;
}

/** Executes two lines in both orders in the shadow; undefined where catalog and rows are the same in the end. */
export async function findClash(target: Target, lines: Lines): Promise<Clash | undefined> {
  const { base, first, second } = lines;
  const forwards = await attempt(() => stateOf(target, [...base, ...first, ...second]));
  const backwards = await attempt(() => stateOf(target, [...base, ...second, ...first]));
  const reason = await reasonOf(forwards, backwards);
  if (reason === undefined) return undefined;
  return { reason, statements: await clashingPair(target, lines), runs: !(forwards instanceof FastpyError) };
}

async function reasonOf(forwards: State | FastpyError, backwards: State | FastpyError): Promise<string | undefined> {
  for (const end of [forwards, backwards]) if (end instanceof FastpyError) return end.message;
  const [one, other] = [forwards as State, backwards as State];
  const [change] = diffSnapshots(one.snapshot, other.snapshot);
  if (change !== undefined) return `${change.id} is another one in each order`;
  const contents = await Promise.all([one, other].map(({ database }) => database.session(readContents)));
  const [name] = differingContents(contents[0] ?? new Map(), contents[1] ?? new Map());
  return name === undefined ? undefined : `the rows of ${name} are others in each order`;
}

async function attempt<T>(work: () => Promise<T>): Promise<T | FastpyError> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FastpyError && error.code === 'STATEMENT_FAILED') return error;
    throw error;
  }
}

/** The shortest beginnings of both lines that do not commute end with the statements that clash. */
async function clashingPair(target: Target, { base, first, second }: Lines): Promise<readonly Action[]> {
  const { database } = await stateOf(target, base);
  const [one, other] = [first, second].map((line) => line.flatMap((migration) => scratchActionsOf(migration, 'up')));
  if (one === undefined || other === undefined) return [];
  const run = (actions: readonly Action[]): Promise<SchemaSnapshot | FastpyError> =>
    attempt(() =>
      inDiscardedTransaction(database, async (session) => {
        for (const action of actions) await runAction(session, action, { root: target.root });
        return introspect(session);
      }),
    );
  const clashes = async (left: number, right: number): Promise<boolean> => {
    const [mine, theirs] = [one.slice(0, left), other.slice(0, right)];
    const ends = [await run([...mine, ...theirs]), await run([...theirs, ...mine])] as const;
    return ends[0] instanceof FastpyError || ends[1] instanceof FastpyError || diffSnapshots(ends[0], ends[1]).length > 0;
  };
  if (!(await clashes(one.length, other.length))) return [];
  const left = await least(one.length, (length) => clashes(length, other.length));
  const right = await least(other.length, (length) => clashes(left, length));
  return [one[left - 1], other[right - 1]].flatMap((action) => action ?? []);
}

/** The least number from 1 for which this is true, when it is true for `most` and for all above one for which it is. */
async function least(most: number, isTrue: (number: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [1, most];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
