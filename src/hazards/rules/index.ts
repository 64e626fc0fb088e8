import type { Rule } from '../rule.ts';
import { ACCESS_RULES } from './access.ts';
import { APPLICATION_RULES } from './application.ts';
import { DATA_RULES } from './data.ts';
import { INDEX_RULES } from './indexes.ts';
import { REWRITE_RULES } from './rewrites.ts';
import { SCAN_RULES } from './scans.ts';
import { SCHEMA_RULES } from './schema.ts';
import { WAIT_RULES } from './waits.ts';

/** Every rule, by sort. */
export const RULES: readonly Rule[] = [
  ...INDEX_RULES,
  ...SCAN_RULES,
  ...REWRITE_RULES,
  ...WAIT_RULES,
  ...SCHEMA_RULES,
  ...DATA_RULES,
  ...APPLICATION_RULES,
  ...ACCESS_RULES,
];
