import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Shadow } from '../../src/shadow/shadow.ts';
import { OperationCounts } from '../support/randomSchemas/operationCounts.ts';
import { pairText } from '../support/randomSchemas/pairHolds.ts';
import { PairRunner } from '../support/randomSchemas/pairRunner.ts';
import { anyPair, type Pair } from '../support/randomSchemas/schemas.ts';
import { recordRuns } from '../support/recordRuns.ts';
import { withServer } from '../support/servers.ts';

const seed = Number(process.env.TEST_SEED ?? 1);
const runs = Number(process.env.TEST_RUNS ?? 100);
/** For one server. A test file has a quarter of an hour; what was not run by then is not counted as run. */
const limitMs = Number(process.env.TEST_MINUTES ?? 6) * 60_000;
/** To make a failure small. */
const SHRINK_LIMIT_MS = 60_000;
/** A campaign may have a process for each server. */
const majors = ([18, 15] as const).filter((major) => (process.env.TEST_SERVERS ?? '18,15').split(',').includes(String(major)));

const property = suite('random schemas');

for (const server of await Promise.all(majors.map((major) => withServer(major)))) {
  if (server === null) continue;
  const shadow = await Shadow.open(server, 'postgres');
  await shadow.ensureRoles(['reader']);
  const counts = new OperationCounts();
  const runner = new PairRunner(shadow, (operations) => counts.add(operations));
  property.after(() => runner.close().finally(() => shadow.close()));

  const holds = async (pair: Pair): Promise<void> => {
    const verdict = await runner.run(pair);
    fc.pre(verdict.outcome !== 'none');
    if (verdict.outcome === 'fails') throw new Error(verdict.reason);
  };

  /** Told at once, and as small as it gets in a while. */
  const tell = async (pair: Pair, reason: string): Promise<string> => {
    console.log(`\na pair fails on PostgreSQL ${server.major}, and is made small now: ${reason}`);
    const smallest = await runner.smallest(pair, Date.now() + SHRINK_LIMIT_MS);
    const verdict = await runner.run(smallest);
    const text = `${verdict.outcome === 'fails' ? verdict.reason : reason}\n${pairText(smallest, server.major)}`;
    console.log(text);
    return text;
  };

  property(`up reaches, down returns, an edit is as all at once, on PostgreSQL ${server.major}: ${runs} runs, seed ${seed}`, async () => {
    const result = await fc.check(fc.asyncProperty(anyPair, holds), {
      seed,
      numRuns: runs,
      maxSkipsPerRun: 20,
      interruptAfterTimeLimit: limitMs,
      // A pair has hundreds of parts: they are left out by groups, which is quicker than one by one.
      endOnFailure: true,
    });
    const { numRuns, numSkips, failed, counterexample, counterexamplePath, errorInstance } = result;
    console.log(`\n${numRuns} pairs on PostgreSQL ${server.major}, ${numSkips} more that were no schemas\n${counts}`);
    recordRuns({ property: 'random schemas', server: server.version, seed, runs: numRuns, skipped: numSkips, failed });
    if (!failed || counterexample === null) return;
    const reason = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    assert.unreachable(`seed ${seed}, pair ${counterexamplePath}: ${await tell(counterexample[0], reason)}`);
  });
}

property.run();
