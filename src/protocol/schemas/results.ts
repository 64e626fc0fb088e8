/** The shape of every request's result, by method: what `rpc.discover` tells of it. */
import { z } from 'zod';
import type { Method, ResultOf } from '../methods.ts';
import {
  appliedInfo,
  changeInfo,
  dryRunInfo,
  errorData,
  greeting,
  ignoredDriftInfo,
  keptInfo,
  migrationInfo,
  schemaVersion,
  seededInfo,
  size,
  strings,
  suggestionInfo,
} from './resultParts.ts';

const made = z.strictObject({
  schemaVersion,
  migration: migrationInfo.nullable(),
  baseline: migrationInfo.nullable(),
  suggestion: suggestionInfo.nullable(),
  warnings: strings,
});
const scaffolded = z.strictObject({ schemaVersion, file: z.string(), warnings: strings });

const shapes = {
  'daemon.hello': z.strictObject(greeting),
  'daemon.status': z.strictObject({
    ...greeting,
    schemaVersion,
    uptimeMs: z.number().min(0),
    clients: size,
    rssBytes: size,
    socket: z.string(),
    log: z.string(),
  }),
  'daemon.stop': z.strictObject({ stopped: z.literal(true) }),
  'db.migrate': z.strictObject({
    schemaVersion,
    reverted: z.array(changeInfo),
    made: made.nullable(),
    applied: z.array(appliedInfo),
    appliedElsewhere: z.array(migrationInfo),
    dryRun: z.array(dryRunInfo).nullable(),
    warnings: strings,
  }),
  'db.make': made,
  'db.rollback': z.strictObject({
    schemaVersion,
    rolledBack: z.array(migrationInfo),
    dryRun: z.array(dryRunInfo.omit({ observed: true })).nullable(),
    warnings: strings,
  }),
  'db.fresh': z.strictObject({
    schemaVersion,
    dropped: size,
    applied: z.array(appliedInfo),
    seeded: z.array(seededInfo),
    warnings: strings,
  }),
  'db.seed': z.strictObject({ schemaVersion, seeded: z.array(seededInfo), randomSeed: size, warnings: strings }),
  'db.status': z.strictObject({
    schemaVersion,
    database: z.strictObject({
      url: z.string(),
      kind: z.enum(['embedded', 'url']),
      serverVersion: z.string(),
      development: z.boolean(),
    }),
    applied: z.array(appliedInfo),
    pending: z.array(migrationInfo),
    drift: z.array(changeInfo),
    ignoredDrift: z.array(ignoredDriftInfo),
    kept: z.array(keptInfo),
    changes: z.array(changeInfo),
    failure: errorData.nullable(),
    warnings: strings,
  }),
  'db.diff': z.strictObject({
    schemaVersion,
    suggestion: suggestionInfo.nullable(),
    drift: z.array(changeInfo).nullable(),
    ignoredDrift: z.array(ignoredDriftInfo).nullable(),
    driftSql: strings.nullable(),
    warnings: strings,
  }),
  'db.pull': z.strictObject({
    schemaVersion,
    files: z.array(z.strictObject({ file: z.string(), objects: size, overwrites: z.boolean() })),
    dryRun: z.boolean(),
    warnings: strings,
  }),
  'db.baseline': z.strictObject({ schemaVersion, baseline: migrationInfo.nullable(), dryRun: strings.nullable(), warnings: strings }),
  'db.kept': z.strictObject({ schemaVersion, kept: z.array(keptInfo), dropped: strings }),
  'db.squash': z.strictObject({
    schemaVersion,
    migration: migrationInfo.nullable(),
    replaced: z.array(migrationInfo),
    removed: strings,
    dryRun: strings.nullable(),
    provedOn: z.string().nullable(),
    warnings: strings,
  }),
  'db.history': z.strictObject({ schemaVersion, restored: strings, revisions: z.array(appliedInfo) }),
  'db.verify': z.strictObject({
    schemaVersion,
    migrations: z.array(
      z.strictObject({
        id: z.string(),
        up: z.enum(['proven', 'refused', 'not reached']),
        down: z.enum(['exact', 'differs', 'refused', 'none', 'not reached']),
        differences: strings,
        failure: errorData.nullable(),
      }),
    ),
    provedOn: z.string(),
    warnings: strings,
  }),
  'db.url': z.strictObject({ schemaVersion, url: z.string() }),
  'make.seeder': scaffolded,
  'make.model': scaffolded,
  'suggestion.get': z.strictObject({ suggestion: suggestionInfo.nullable() }),
  'suggestion.accept': made,
};

/** zod's types are the ones of methods.ts but for `readonly`, and for how intersections are written down. */
type Frozen<Type> = Type extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : Type extends object
    ? { readonly [Key in keyof Type]: Frozen<Type[Key]> }
    : Type;

type IsSame<One, Other> =
  (<Type>() => Type extends Frozen<One> ? 1 : 2) extends <Type>() => Type extends Frozen<Other> ? 1 : 2 ? true : false;

/** Where shape and type differ in a field, in whether it may be left out, or in a value, the method's shape does not compile. */
type SameAsTypes = {
  readonly [M in Method]: IsSame<z.output<(typeof shapes)[M]>, ResultOf<M>> extends true ? z.ZodType : never;
};

export const resultShapes: { readonly [M in Method]: z.ZodType } = shapes satisfies SameAsTypes;
