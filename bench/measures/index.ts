import { make } from './make.ts';
import type { Measure } from './measure.ts';
import { memory } from './memory.ts';
import { save } from './save.ts';
import { start } from './start.ts';
import { status } from './status.ts';

/** Every measurement of a project, in the order in which they are made. */
export const MEASURES: readonly Measure[] = [start, save, status, make, memory];
