import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { series } from '../../bench/support/series.ts';
import { quantile, summarise } from '../../bench/support/statistics.ts';

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

test('the median is the middle sample, or lies half way between the two in the middle', () => {
  assert.is(quantile([9, 1, 5], 0.5), 5);
  assert.is(quantile([9, 1, 5, 6], 0.5), 5.5);
});

test('the 95th percentile lies on the line between the samples around it', () => {
  assert.is(quantile(numbers(101), 0.95), 96);
  assert.is(quantile(numbers(2), 0.95), 1.95);
});

test('the order of the samples does not matter, and they are left as they are', () => {
  const samples = [3, 1, 2];
  summarise(samples);
  assert.equal(samples, [3, 1, 2]);
  assert.equal(summarise(samples), summarise([1, 2, 3]));
});

test('one sample is its own median and extremes', () => {
  assert.equal(summarise([7]), { runs: 1, median: 7, p95: 7, min: 7, max: 7 });
});

test('no samples have no summary, and a share of none is refused', () => {
  assert.is(summarise([]), undefined);
  assert.throws(() => quantile([], 0.5), RangeError);
});

test('what went wrong is told without folders and hosts', () => {
  const note = 'stopped: /home/somebody/project/node_modules/.bin/tool could not reach https://registry.example/tool';
  const { note: told } = series('peer', { size: 10, unit: 'ms', samples: [], note });
  assert.is(told, 'stopped: tool could not reach a URL');
});

test.run();
