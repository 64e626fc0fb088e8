import { round, type Summary, summarise } from './statistics.ts';

/** Samples of one quantity at one size, and what they come to. */
export interface Series {
  /** The measure and what of it: `save.verified`. */
  readonly id: string;
  /** How many tables the project has; for `apply`, how many migrations were pending. */
  readonly size: number;
  readonly unit: 'ms' | 'MB' | 'processes';
  /** In the order in which they were taken. */
  readonly samples: readonly number[];
  readonly summary?: Summary | undefined;
  /** Why there are fewer samples than asked for, or none. */
  readonly note?: string | undefined;
}

/** Sums up the samples of one quantity. */
export function series(id: string, taken: Omit<Series, 'id' | 'summary'>): Series {
  return { id, ...taken, samples: taken.samples.map(round), summary: summarise(taken.samples) };
}

/** What stands in place of a measurement that could not be made. */
export const missing = (id: string, size: number, note: string): Series => ({ id, size, unit: 'ms', samples: [], note });
