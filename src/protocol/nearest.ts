/** The known word that a mistyped one most likely meant, or undefined when none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(word.length / 3));
  const ranked = known.map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }));
  const best = ranked.sort((one, other) => one.distance - other.distance)[0];
  return best !== undefined && best.distance <= limit ? best.candidate : undefined;
}

/** `; did you mean "x"?`, or nothing when no known word is close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const candidate = nearest(word, known);
  return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}

/** So many names are offered in place of one that is not known. */
const MOST = 3;

/** The names nearest to a mistyped one, the nearest first; those of a few objects, all of them. */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const ranked = [...new Set(known)].map((candidate) => ({ candidate, far: distance(name.toLowerCase(), candidate.toLowerCase()) }));
  return ranked
    .toSorted((one, other) => one.far - other.far || (one.candidate < other.candidate ? -1 : 1))
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}

/** Levenshtein's distance, one row at a time. */
export function distance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const substitution = at(previous, j - 1) + (from[i - 1] === to[j - 1] ? 0 : 1);
      row.push(Math.min(at(previous, j) + 1, at(row, j - 1) + 1, substitution));
    }
    previous = row;
  }
  return at(previous, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
