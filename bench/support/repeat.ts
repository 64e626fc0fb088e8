import { say } from './progress.ts';

/** What came of the runs that were made. */
export interface Repeated<T> {
  readonly results: readonly T[];
  /** Why the last runs were not made. */
  readonly note?: string | undefined;
}

/** What is run. */
export interface Plan<Item> {
  readonly what: string;
  /** One run for each of them. */
  readonly over: readonly Item[];
  readonly budgetMs: number;
}

const FEWEST = 3;

/** Runs something for one item after the other, until there are no more, one fails, or the time is used up (but three times at least). */
export async function repeat<Item, T>(plan: Plan<Item>, once: (item: Item, run: number) => Promise<T>): Promise<Repeated<T>> {
  const results: T[] = [];
  const endAt = performance.now() + plan.budgetMs;
  for (const item of plan.over) {
    if (results.length >= FEWEST && performance.now() > endAt) return { results, note: stopped(plan, results, 'its time is used up') };
    try {
      results.push(await once(item, results.length));
    } catch (error) {
      return { results, note: stopped(plan, results, (error as Error).message) };
    }
  }
  return { results };
}

function stopped(plan: Plan<unknown>, results: readonly unknown[], reason: string): string {
  const note = `stopped after ${results.length} of ${plan.over.length} runs: ${reason}`;
  say(`  ${plan.what}: ${note}`);
  return note;
}
