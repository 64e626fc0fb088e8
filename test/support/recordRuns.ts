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

/** Appends a line to the file that `TEST_RECORD` names, so that runs add up over days; without it nothing is kept. */
export function recordRuns(runs: PropertyRuns): void {
  const file = process.env.TEST_RECORD;
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
