import { alembic } from './alembic.ts';
import { drizzle } from './drizzle.ts';
import { make } from './make.ts';
import type { Measure } from './measure.ts';
import { memory } from './memory.ts';
import { pgDelta } from './pgDelta.ts';
import { save } from './save.ts';
import { start } from './start.ts';
import { status } from './status.ts';

/** What is measured of fastpyd in a project, in this order. */
export const MEASURES: readonly Measure[] = [start, save, status, make, memory];

/** The same of other tools, for the same tables. */
export const PEER_MEASURES: readonly Measure[] = [drizzle, pgDelta, alembic];
