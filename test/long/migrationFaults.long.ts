import fc from 'fast-check';
import { test } from 'uvu';
import { breakConnection, killProcess, patient } from '../migration/faults.ts';

const seed = Number(process.env.TEST_SEED ?? 1);
const runs = Number(process.env.TEST_RUNS ?? 100);

test(`connections cut and processes killed anywhere in a migration: ${runs} runs, seed ${seed}`, async () => {
  const work = await patient();
  const anyFault = fc.record({
    direction: fc.constantFrom('up', 'down'),
    how: fc.constantFrom('before', 'answered', 'kill'),
    place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  for (const { direction, how, place } of fc.sample(anyFault, { seed, numRuns: runs })) {
    const request = 1 + Math.floor(place * work.clean[direction].requests);
    if (how === 'kill') await killProcess(work, direction, request);
    else await breakConnection(work, direction, { request, moment: how });
  }
  await work.end();
});

test.run();
