/** Breaks runs at requests spread over their whole length; `TEST_RUNS` says at how many, `all` at every one. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { breakConnection, killProcess, patient } from './faults.ts';

const DEFAULT_RUNS = 5;

/** That many requests, spread evenly. */
function spread(requests: number, runs = DEFAULT_RUNS): readonly number[] {
  const wanted = process.env.TEST_RUNS === 'all' ? requests : Number(process.env.TEST_RUNS ?? runs);
  const count = Math.min(requests, wanted);
  return Array.from({ length: count }, (_, index) => 1 + Math.floor((index * requests) / count));
}

for (const direction of ['up', 'down'] as const) {
  for (const moment of ['before', 'answered'] as const) {
    test(`a connection cut when a request is ${moment} leaves nothing undone and nothing done twice, on the way ${direction}`, async () => {
      const work = await patient();
      const { requests } = work.clean[direction];
      assert.ok(requests > 20);
      for (const request of spread(requests)) await breakConnection(work, direction, { request, moment });
      await work.end();
    });
  }
}

test('a process that is killed has applied each migration once or not at all', async () => {
  const work = await patient();
  for (const request of spread(work.clean.up.requests, 4)) await killProcess(work, 'up', request);
  await work.end();
});

test.run();
