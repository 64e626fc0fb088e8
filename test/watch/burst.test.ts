import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Burst } from '../../src/watch/burst.ts';

const LONG_MS = 60_000;

/** A burst that adds these paths at once, and the call that it makes first. */
function burstOf(count: number, limits: { readonly quietMs: number; readonly bulkQuietMs: number; readonly capMs: number }) {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const burst = new Burst({ deliver: resolve }, limits);
  for (let index = count; index > 0; index--) burst.add(`file${String(index).padStart(3, '0')}`);
  return { first: promise, close: () => burst.close() };
}

test('what comes together is told together, sorted', async () => {
  const { first } = burstOf(3, { quietMs: 1, bulkQuietMs: LONG_MS, capMs: LONG_MS });
  assert.equal(await first, ['file001', 'file002', 'file003']);
});

test('many files are waited for longer, but not beyond the cap', async () => {
  const waiting = burstOf(100, { quietMs: 1, bulkQuietMs: LONG_MS, capMs: LONG_MS });
  assert.is(await Promise.race([waiting.first, delay(100, 'nothing yet')]), 'nothing yet');
  waiting.close();
  const capped = burstOf(100, { quietMs: LONG_MS, bulkQuietMs: LONG_MS, capMs: 1 });
  assert.is((await capped.first).length, 100);
});

test('who listens for it hears of each event what there is so far', () => {
  const heard: string[][] = [];
  const limits = { quietMs: LONG_MS, bulkQuietMs: LONG_MS, capMs: LONG_MS };
  const burst = new Burst({ deliver: () => undefined, stir: (paths) => heard.push([...paths]) }, limits);
  for (const path of ['a', 'a', 'b']) burst.add(path);
  burst.close();
  assert.equal(heard, [['a'], ['a'], ['a', 'b']]);
});

test('a closed burst tells nothing', async () => {
  const { first, close } = burstOf(1, { quietMs: 1, bulkQuietMs: 1, capMs: 1 });
  close();
  assert.is(await Promise.race([first, delay(50, 'nothing')]), 'nothing');
});

test.run();
