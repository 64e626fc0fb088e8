/** `node scripts/faults.ts`: writes the README's table of faults from the runs that are recorded in bench/results/faults.jsonl. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from '../test/faults/rows.ts';
import type { FaultRuns } from '../test/support/recordRuns.ts';

const ROOT = join(import.meta.dirname, '..');

/** Where the table lies in the README. */
export const BLOCK = /<!-- faults:start -->[\s\S]*<!-- faults:end -->/;

/** What the README says of the runs that were recorded, one a line. */
export function faultsBlock(records: string): string {
  const runs = records.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as FaultRuns]));
  const lines = Object.entries(rows).flatMap(([row, fault]) => {
    const own = runs.filter((record) => record.row === row);
    return own.length === 0 ? [] : [`| ${row} | ${fault} | ${serversOf(own)} | ${sum(own, 'runs')} | ${sum(own, 'failures')} |`];
  });
  const head = ['| | fault | PostgreSQL | runs | failures |', '|---|---|---|---:|---:|'];
  return ['<!-- faults:start -->', ...head, ...lines, '<!-- faults:end -->'].join('\n');
}

const sum = (runs: readonly FaultRuns[], what: 'runs' | 'failures'): number => runs.reduce((total, record) => total + record[what], 0);

const serversOf = (runs: readonly FaultRuns[]): string =>
  [...new Set(runs.map(({ server }) => Number.parseInt(server, 10)))].sort((one, other) => one - other).join(', ');

if (import.meta.main) {
  const readme = join(ROOT, 'README.md');
  const block = faultsBlock(readFileSync(join(ROOT, 'bench/results/faults.jsonl'), 'utf8'));
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(BLOCK, () => block),
  );
}
