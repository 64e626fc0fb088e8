import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

/** What one run of a property test came to. */
export interface PropertyRuns {
  readonly property: string;
  /** e.g. `18.4`. */
  readonly server: string;
  readonly seed: number;
  readonly runs: number;
  /** Inputs that were none, since PostgreSQL refuses them. */
  readonly skipped: number;
  readonly failed: boolean;
}

/** What the runs of one fault on one server came to. */
export interface FaultRuns {
  /** e.g. `R-01`. */
  readonly row: string;
  /** e.g. `18.4`. */
  readonly server: string;
  readonly seed: number;
  readonly runs: number;
  readonly failures: number;
  /** What was measured, a run each; it is told, not asserted, where the machine has a say in it. */
  readonly figures?: readonly Figures[] | undefined;
}

/** Numbers by name, with their unit in it. */
export type Figures = Readonly<Record<string, number>>;

/** Appends a line to the file that `TEST_RECORD` names, so that runs add up over days; without it nothing is kept. */
export const recordRuns = (runs: PropertyRuns): void => record(process.env.TEST_RECORD, runs);

/** The same for faults and `FAULT_RECORD`. */
export const recordFaults = (runs: FaultRuns): void => record(process.env.FAULT_RECORD, runs);

function record(file: string | undefined, runs: object): void {
  if (file === undefined || file === '') return;
  appendFileSync(file, `${JSON.stringify({ date: new Date().toISOString(), commit: commit(), ...runs })}\n`);
}

/** The commit that was tested, marked where the sources are not as committed; null outside of a repository. */
function commit(): string | null {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
