/** What several results consist of. */
import { z } from 'zod';
import { catalogue, type ErrorCode } from '../../errors.ts';

export const schemaVersion = z.literal(1);
export const strings = z.array(z.string());
export const size = z.int().min(0);
/** ISO 8601. */
const instant = z.string();
const milliseconds = z.number().min(0);

export const greeting = {
  protocolVersion: z.int(),
  packageVersion: z.string(),
  packagePath: z.string(),
  project: z.string(),
  pid: z.int(),
  startedAt: instant,
};

export const migrationInfo = z.strictObject({ id: z.string(), message: z.string(), file: z.string() });
export const appliedInfo = migrationInfo.extend({ appliedAt: instant, durationMs: milliseconds, baseline: z.boolean() });

export const changeInfo = z.strictObject({
  action: z.enum(['create', 'alter', 'rename', 'replace', 'drop']),
  kind: z.string(),
  name: z.string(),
  hazards: strings,
});
export const ignoredDriftInfo = changeInfo.extend({ object: z.string(), reason: z.string() });

const observedInfo = z.strictObject({
  locks: z.array(z.strictObject({ relation: z.string(), mode: z.string() })).nullable(),
  rewritten: strings,
});
export const dryRunInfo = z.strictObject({ id: z.string(), statements: strings, observed: z.array(observedInfo).optional() });

const question = z.strictObject({
  kind: z.enum(['rename', 'drop', 'default', 'map', 'empty', 'target', 'hazard']),
  message: z.string(),
  flags: strings,
  candidates: z
    .array(z.strictObject({ name: z.string(), flag: z.string(), confidence: z.number().min(0).max(1), evidence: strings }))
    .optional(),
});
export const suggestionInfo = z.strictObject({
  message: z.string(),
  changes: z.array(changeInfo),
  up: strings,
  down: strings,
  observed: z.array(observedInfo).optional(),
  reversible: z.enum(['exact', 'lossy', 'impossible']),
  transactional: z.boolean(),
  questions: z.array(question),
  provedOn: z.string(),
  warnings: strings,
});

export const errorData = z.strictObject({
  code: z.enum(Object.keys(catalogue) as ErrorCode[]),
  details: z.unknown(),
  location: z
    .strictObject({
      file: z.string().optional(),
      line: z.int().optional(),
      column: z.int().optional(),
      statement: z.string().optional(),
    })
    .optional(),
});

export const keptInfo = z.strictObject({
  name: z.string(),
  object: z.string(),
  migration: z.string(),
  direction: z.enum(['up', 'down']),
  rows: size,
  keptAt: instant,
});
export const seededInfo = z.strictObject({ seeder: z.string(), rows: size, durationMs: milliseconds });
