import type { Result } from '../result.ts';
import type { Series } from '../support/series.ts';

/** The samples of one quantity at one size. */
export const findSeries = ({ series }: Result, id: string, size: number): Series | undefined =>
  series.find((each) => each.id === id && each.size === size);

/** Its median; undefined when it was not measured. */
export const medianOf = (result: Result, id: string, size: number): number | undefined => findSeries(result, id, size)?.summary?.median;

/** The sizes at which any of these quantities was asked for, smallest first. */
export function sizesOf({ series }: Result, ids: readonly string[]): readonly number[] {
  const sizes = series.filter(({ id }) => ids.includes(id)).map(({ size }) => size);
  return [...new Set(sizes)].sort((one, other) => one - other);
}
