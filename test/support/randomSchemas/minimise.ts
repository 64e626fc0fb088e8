import type { Pair } from './schemas.ts';

/**
 * The smallest pair that still fails, by leaving out ever smaller groups of slots: a pair has hundreds of them, and most do not matter.
 * @param deadline  in milliseconds since the epoch; the smallest found by then is returned
 */
export async function minimise(pair: Pair, fails: (pair: Pair) => Promise<boolean>, deadline: number): Promise<Pair> {
  let smallest = pair;
  for (let size = Math.ceil(filled(pair).length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    const places = filled(smallest);
    for (let at = 0; at < places.length && Date.now() < deadline; at += size) {
      const simpler = without(smallest, places.slice(at, at + size));
      if (await fails(simpler)) smallest = simpler;
    }
  }
  return smallest;
}

/** A slot on one side. */
interface Place {
  readonly side: number;
  readonly slot: string;
}

const filled = (pair: Pair): readonly Place[] => {
  const slots = Object.keys(pair[0]);
  return slots.flatMap((slot) => [0, 1].filter((side) => (pair[side]?.[slot] ?? 0) !== 0).map((side) => ({ side, slot })));
};

const without = (pair: Pair, places: readonly Place[]): Pair => {
  const side = (index: 0 | 1) => ({
    ...pair[index],
    ...Object.fromEntries(places.filter((place) => place.side === index).map(({ slot }) => [slot, 0])),
  });
  return [side(0), side(1)];
};
