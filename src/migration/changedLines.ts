const SHOWN = 6;

/** What changed between two texts, as `-` and `+` lines behind the number of the first one; common lines around it are left out. */
export function changedLines(before: string, after: string): readonly string[] {
  const [from, to] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < Math.min(from.length, to.length) && from[start] === to[start]) start++;
  let common = 0;
  while (common < Math.min(from.length, to.length) - start && from.at(-1 - common) === to.at(-1 - common)) common++;
  const removed = from.slice(start, from.length - common).map((line) => `  - ${line}`);
  const added = to.slice(start, to.length - common).map((line) => `  + ${line}`);
  return [`  line ${start + 1}:`, ...shortened(removed), ...shortened(added)];
}

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trimEnd());

const shortened = (lines: readonly string[]): readonly string[] =>
  lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN), `    (${lines.length - SHOWN} more lines)`];
