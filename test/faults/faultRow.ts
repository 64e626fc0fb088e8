import { test } from 'uvu';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { type Figures, recordFaults } from '../support/recordRuns.ts';
import { withServer } from '../support/servers.ts';
import { type RowId, rows } from './rows.ts';

/** A random number from 0 to 1, the same sequence for the same seed. */
export type Random = () => number;

/** One of the runs of a row. */
export interface Run {
  /** From 0. */
  readonly number: number;
  /** Of this run alone, so that a run does not depend on those before it. */
  readonly random: Random;
  /** Has figures recorded with what the row came to. */
  readonly measured: (figures: Figures) => void;
}

/** What a row has ready for its runs. */
export interface Prepared {
  /** Gives the fault, and throws where what comes of it is not what must. */
  readonly run: (run: Run) => Promise<void>;
  readonly end?: (() => Promise<void>) | undefined;
}

interface Options {
  /** Runs on each server where FAULT_SCALE is 1. */
  readonly base: number;
  /** All by default. */
  readonly servers?: readonly (15 | 18)[] | undefined;
}

/** FAULT_SCALE: 1 is a campaign. */
export const scale = Number(process.env.FAULT_SCALE ?? 1);
const seed = Number(process.env.FAULT_SEED ?? 1);
const only = process.env.FAULT_SERVERS?.split(',').map(Number);

/** More failures than that say nothing new. */
const SHOWN = 3;

/** Declares a row, for which a machine may lack something (null): on each server, `base` × FAULT_SCALE runs (one at least), with what they came to as a line in the file FAULT_RECORD. */
export function faultRow(row: RowId, { base, servers = [15, 18] }: Options, prepare: (server: Cluster) => Promise<Prepared | null>): void {
  const runs = Math.max(1, Math.round(base * scale));
  for (const major of servers) {
    if (only !== undefined && !only.includes(major)) continue;
    test(`${row} ${rows[row]}: PostgreSQL ${major}, ${runs} runs, seed ${seed}`, async () => {
      const server = await withServer(major as 18);
      if (server === null) return;
      const prepared = await prepare(server);
      if (prepared === null) return;
      const { run, end } = prepared;
      const figures: Figures[] = [];
      const failures = await runAll(runs, (one) => run({ ...one, measured: (more) => figures.push(more) }));
      await end?.();
      const measured = figures.length > 0 && { figures };
      recordFaults({ row, server: server.version, seed, runs, failures: failures.length, ...measured });
      if (failures.length > 0) throw new Error(`${failures.length} of ${runs} failed:\n${failures.slice(0, SHOWN).join('\n')}`);
    });
  }
}

async function runAll(runs: number, run: (run: Omit<Run, 'measured'>) => Promise<void>): Promise<readonly string[]> {
  const failures: string[] = [];
  for (let number = 0; number < runs; number++)
    await run({ number, random: randomOf(seed * 1_000_003 + number) }).catch((error: unknown) => {
      failures.push(`run ${number}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  return failures;
}

/** mulberry32: small, and good enough to choose places. */
function randomOf(start: number): Random {
  let state = start | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
