import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BLOCK, faultsBlock } from '../../scripts/faults.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test('the README says of faults what was recorded, no more and no less', () => {
  const [block] = BLOCK.exec(read('README.md')) ?? [];
  assert.is(block, faultsBlock(read('bench/results/faults.jsonl')));
});

test('runs of one fault add up over servers and days', () => {
  const line = (server: string, runs: number, failures: number) => JSON.stringify({ row: 'R-09', server, seed: 1, runs, failures });
  const table = faultsBlock([line('18.4', 3, 0), line('15.18', 4, 1), line('18.4', 5, 0)].join('\n'));
  assert.match(table, /\| R-09 \| [^|]* \| 15, 18 \| 12 \| 1 \|/);
});

test.run();
