/** How much is kept. */
export interface Limits {
  readonly count: number;
  readonly bytes: number;
  /** So many stay whatever they take: with fewer, one command would drop what the next one needs. */
  readonly least: number;
}

/** Something kept. */
export interface Measured {
  readonly bytes: number;
  readonly isInUse: boolean;
}

/**
 * Which of these go so that the rest keeps the limits, or as many as may go.
 * @param all  the least recently used first
 */
export function surplus<T extends Measured>(all: readonly T[], limits: Limits): readonly T[] {
  const gone = new Set<T>();
  const isTooMuch = (): boolean => {
    const left = all.filter((each) => !gone.has(each));
    return left.length > limits.least && (left.length > limits.count || left.reduce((sum, { bytes }) => sum + bytes, 0) > limits.bytes);
  };
  for (const each of all.slice(0, Math.max(0, all.length - limits.least))) if (!each.isInUse && isTooMuch()) gone.add(each);
  return [...gone];
}
