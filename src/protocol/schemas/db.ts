/** Parameters of the `db.*` requests. */
import { z } from 'zod';
import type {
  BaselineParams,
  DatabaseParams,
  DiffParams,
  FreshParams,
  HistoryParams,
  KeptParams,
  MakeParams,
  MigrateParams,
  PullParams,
  RollbackParams,
  SeedParams,
  SquashParams,
  StatusParams,
} from '../methods.ts';
import { answers, count, database, flag, object, text, texts } from './params.ts';

export const databaseParams = object<DatabaseParams>(database);
export const statusParams = object<StatusParams>({ ...database, strict: flag });
export const makeParams = object<MakeParams>({
  ...database,
  ...answers,
  message: text.optional(),
  empty: flag,
  rebase: flag,
  dryRun: flag,
  strict: flag,
  safe: flag,
});
export const migrateParams = object<MigrateParams>({
  ...database,
  ...answers,
  message: text.optional(),
  dryRun: flag,
  to: text.optional(),
  adopt: flag,
  revertDrift: flag,
  keep: flag,
  strict: flag,
  safe: flag,
});
export const rollbackParams = object<RollbackParams>({
  ...database,
  ...answers,
  steps: count,
  keep: flag,
  to: text.optional(),
  dryRun: flag,
});
export const freshParams = object<FreshParams>({ ...database, ...answers, seed: flag });
export const seedParams = object<SeedParams>({
  ...database,
  ...answers,
  seeder: text.optional(),
  count,
  randomSeed: z.int({ error: 'must be a whole number' }).min(0, { error: 'must not be negative' }).optional(),
  auto: flag,
  nullShare: z
    .number({ error: 'must be a number' })
    .min(0, { error: 'must be from 0 to 1' })
    .max(1, { error: 'must be from 0 to 1' })
    .optional(),
  skew: z.number({ error: 'must be a number' }).min(0, { error: 'must not be negative' }).max(100, { error: 'is too large' }).optional(),
});
export const diffParams = object<DiffParams>({ ...database, ...answers, drift: flag, strict: flag });
export const pullParams = object<PullParams>({
  ...database,
  format: z.enum(['ts', 'sql'], { error: 'must be "ts" or "sql"' }).optional(),
  out: text.optional(),
  dryRun: flag,
  force: flag,
});
export const baselineParams = object<BaselineParams>({ ...database, message: text.optional(), dryRun: flag });
export const keptParams = object<KeptParams>({ ...database, drop: texts, force: flag, target: text.optional() });
export const historyParams = object<HistoryParams>({ ...database, restore: texts });
export const squashParams = object<SquashParams>({ ...database, message: text.optional(), to: text.optional(), dryRun: flag });
