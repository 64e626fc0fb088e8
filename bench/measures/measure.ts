import type { Edits } from '../schema/edits.ts';
import type { Project } from '../support/project.ts';
import type { Series } from '../support/series.ts';

/** What a measurement is given. */
export interface Situation {
  /** Migrated: models and history agree. It must be left as it was found, and without a daemon. */
  readonly project: Project;
  /** How often the usual thing is to be measured; what takes seconds is measured less often. */
  readonly runs: number;
  /** How long one quantity may be measured for, at one size. */
  readonly budgetMs: number;
  /** One-column edits, which no measurement shares with another. */
  readonly edits: Edits;
}

/** One kind of measurement. */
export interface Measure {
  /** As `--only` takes it; the first part of the ids of its series. */
  readonly name: string;
  run(situation: Situation): Promise<readonly Series[]>;
}
