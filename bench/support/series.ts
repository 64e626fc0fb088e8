import { round, type Summary, summarise } from './statistics.ts';

/** Samples of one quantity at one size, and what they come to. */
export interface Series {
  /** The measure and what of it: `save.verified`. */
  readonly id: string;
  /** How many tables the project has; for `apply`, how many migrations were pending. */
  readonly size: number;
  readonly unit: 'ms' | 'MiB' | 'processes';
  /** In the order in which they were taken. */
  readonly samples: readonly number[];
  readonly summary?: Summary | undefined;
  /** Why there are fewer samples than asked for, or none. */
  readonly note?: string | undefined;
}

/** Sums up the samples of one quantity. */
export function series(id: string, taken: Omit<Series, 'id' | 'summary'>): Series {
  const { note, samples } = taken;
  return { id, ...taken, samples: samples.map(round), summary: summarise(samples), ...(note === undefined ? {} : { note: neutral(note) }) };
}

/** What stands in place of a measurement that could not be made. */
export const missing = (id: string, size: number, note: string): Series => ({ id, size, unit: 'ms', samples: [], note: neutral(note) });

/** A result is published: what went wrong is told without the folders and the hosts of this machine. */
const neutral = (text: string): string => text.replaceAll(/\b\w+:\/\/\S+/g, 'a URL').replaceAll(/(?:\/[\w.@+-]+)+\/(?=[\w.@+-])/g, '');
