import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BLOCK, readmeBlock } from '../../bench/report/readmeBlock.ts';
import { readResult } from '../../bench/result.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const [block = ''] = BLOCK.exec(readme) ?? [];

test('the README says of speed what the result says that it names, and without a result nothing', () => {
  const [, path] = /\]\(([^)]*)\.json\)/.exec(block) ?? [];
  const expected =
    path === undefined ? '<!-- bench:start -->\n<!-- bench:end -->' : readmeBlock(readResult(join(ROOT, `${path}.json`)), path);
  assert.is(block, expected);
});

test.run();
