/** Whole sessions at the command line: what each prints is what its file in `scripts/` says. UPDATE_GOLDENS=1 writes it there. */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { normalise, perform } from './support/transcript.ts';

for (const file of globSync(join(import.meta.dirname, 'scripts/*.txt')).sort()) {
  test(`the session "${basename(file, '.txt')}" prints what its file says`, () => {
    const expected = readFileSync(file, 'utf8');
    const actual = normalise(perform(expected));
    if (process.env.UPDATE_GOLDENS) writeFileSync(file, actual);
    else assert.is(actual, expected);
  });
}

test.run();
