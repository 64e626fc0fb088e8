import type { RunStatement } from '../../migration/parentLink.ts';
import type { CopyRows } from '../../model/runtime.ts';
import type { SeedCatalog } from './catalog.ts';
import type { Demands, Ways } from './demands.ts';

/** What rows are made for, and how. */
export interface AutoOptions {
  readonly count: number;
  readonly randomSeed: number;
  /** The share of values that are NULL where they may be. */
  readonly nullShare: number;
  /** 0 refers to all parents alike; the larger, the more rows refer to the same few. */
  readonly skew: number;
}

/** What making rows works with. */
export interface AutoContext extends AutoOptions {
  readonly query: RunStatement;
  readonly copy: CopyRows;
  readonly catalog: SeedCatalog;
  readonly ways: Ways;
  /** Values that the table at work should have, since a trigger asked for them. */
  readonly demanded?: Demands | undefined;
}
