/** What a table shows of many samples. */
export interface Summary {
  readonly runs: number;
  readonly median: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

/** Sums samples up; undefined for none. */
export function summarise(samples: readonly number[]): Summary | undefined {
  if (samples.length === 0) return undefined;
  const at = (share: number): number => round(quantile(samples, share));
  return { runs: samples.length, median: at(0.5), p95: at(0.95), min: at(0), max: at(1) };
}

/** The value that this share of the samples does not exceed; between two samples it lies on the line between them. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  if (below === undefined || above === undefined) throw new RangeError('no samples, or a share that is not between 0 and 1');
  return below + (above - below) * (place - Math.floor(place));
}

/** To the microsecond or kilobyte: what lies below is noise. */
export const round = (value: number): number => Math.round(value * 1_000) / 1_000;
