const SHOWN = 12;

/** What changed between two texts, as `-` and `+` lines behind the number of the first one of each place; common lines are left out. */
export function changedLines(before: string, after: string): readonly string[] {
  const lines = hunks(linesOf(before), linesOf(after)).flatMap(({ line, removed, added }) => [
    `  line ${line}:`,
    ...removed.map((text) => `  - ${text}`),
    ...added.map((text) => `  + ${text}`),
  ]);
  return lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN), `    (${lines.length - SHOWN} more lines)`];
}

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trimEnd());

interface Hunk {
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Cuts at the longest run that both have in common, and looks at what is before and behind it in the same way. */
function hunks(from: readonly string[], to: readonly string[], line = 1): readonly Hunk[] {
  const run = longestCommonRun(from, to);
  if (run.length === 0) return from.length + to.length === 0 ? [] : [{ line, removed: from, added: to }];
  return [
    ...hunks(from.slice(0, run.from), to.slice(0, run.to), line),
    ...hunks(from.slice(run.from + run.length), to.slice(run.to + run.length), line + run.from + run.length),
  ];
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

function longestCommonRun(from: readonly string[], to: readonly string[]): Run {
  let longest: Run = { from: 0, to: 0, length: 0 };
  let ending = new Map<number, number>();
  for (const [row, text] of from.entries()) {
    const next = new Map<number, number>();
    for (const [column, other] of to.entries()) {
      if (other !== text) continue;
      const length = (ending.get(column - 1) ?? 0) + 1;
      next.set(column, length);
      if (length > longest.length) longest = { from: row - length + 1, to: column - length + 1, length };
    }
    ending = next;
  }
  return longest;
}
