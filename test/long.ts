/**
 * The one command behind `npm run test:long`: property tests on random inputs, for as many runs as wanted.
 * TEST_SEED repeats a run that failed; TEST_RUNS says how many inputs each property gets.
 */
import { randomInt } from 'node:crypto';
import { conclude, findTests, runFiles } from './runner.ts';

const DEFAULT_RUNS = 100;

const seed = process.env.TEST_SEED ?? String(randomInt(2 ** 31));
const runs = process.env.TEST_RUNS ?? String(DEFAULT_RUNS);
console.log(`seed ${seed}, ${runs} runs a property; repeat with: TEST_SEED=${seed} TEST_RUNS=${runs} npm run test:long\n`);
conclude(await runFiles(await findTests('test/long/**/*.long.ts', process.argv.slice(2)), { TEST_SEED: seed, TEST_RUNS: runs }));
