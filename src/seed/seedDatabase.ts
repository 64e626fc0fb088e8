import { fail } from '../errors.ts';
import { nearest } from '../protocol/nearest.ts';
import { typeScriptTables } from './projectModels.ts';
import { runAuto } from './runAuto.ts';
import { type RunSeedersOptions, randomNumber, runSeeders, type Seeding } from './runSeeders.ts';
import { listSeeders, type SeederFile, subjectOf } from './seederFiles.ts';

export interface SeedDatabaseOptions extends RunSeedersOptions {
  /** Fills the tables without a seeder too. */
  readonly auto?: boolean | undefined;
  readonly nullShare?: number | undefined;
  readonly skew?: number | undefined;
}

/** What was seeded, and which tables got fewer rows than they should, with the reason. */
export interface DatabaseSeeding extends Seeding {
  readonly unfilled: readonly string[];
}

const USUAL_COUNT = 10;
const USUAL_NULL_SHARE = 0.1;

/**
 * Runs seeders; with `auto`, then makes rows for the tables that have none.
 * @throws SEEDER_NOT_FOUND
 * @throws SEEDER_FAILED
 */
export async function seedDatabase(options: SeedDatabaseOptions): Promise<DatabaseSeeding> {
  const randomSeed = options.randomSeed ?? randomNumber();
  if (!options.auto) return { ...(await runSeeders({ ...options, randomSeed })), unfilled: [] };
  const only = options.seeder === undefined ? undefined : await tableNamed(options.seeder, options);
  const { seeded } = only === undefined ? await runSeeders({ ...options, randomSeed }) : { seeded: [] };
  const made = await runAuto({
    ...options,
    root: options.project.root,
    request: {
      count: options.count ?? USUAL_COUNT,
      randomSeed,
      nullShare: options.nullShare ?? USUAL_NULL_SHARE,
      skew: options.skew ?? 0,
      schemas: options.project.config.schemas.includes('*') ? null : options.project.config.schemas,
      except: only === undefined ? await seededTables(options) : [],
      only,
    },
  });
  return { seeded: [...seeded, ...made.seeded], randomSeed, unfilled: made.unfilled };
}

const bareName = (path: string): string => path.slice(path.indexOf('.') + 1);

/** @throws SEEDER_NOT_FOUND */
async function tableNamed(wanted: string, { order = [], project }: SeedDatabaseOptions): Promise<string> {
  const found = order.find((path) => path === wanted) ?? order.find((path) => subjectOf(bareName(path)) === subjectOf(wanted));
  if (found !== undefined) return found;
  const models = await typeScriptTables(project);
  const model = models.find(({ exported }) => exported !== null && subjectOf(exported.name) === subjectOf(wanted));
  if (model !== undefined) return `${model.schema}.${model.name}`;
  const names = order.map(bareName);
  const close = nearest(wanted, names);
  throw fail('SEEDER_NOT_FOUND', { name: wanted, near: close === undefined ? names.slice(0, 10) : [close] });
}

/** The tables that have a seeder of their own. */
async function seededTables({ project, order = [] }: SeedDatabaseOptions): Promise<readonly string[]> {
  const seeders = await listSeeders(project);
  if (seeders.length === 0) return [];
  const models = await typeScriptTables(project).catch(() => []);
  const isSubject = (name: string): boolean => seeders.some((seeder: SeederFile) => subjectOf(seeder.name) === subjectOf(name));
  const byModel = models.flatMap(({ schema, name, exported }) =>
    exported !== null && isSubject(exported.name) ? [`${schema}.${name}`] : [],
  );
  return [...order.filter((path) => isSubject(bareName(path))), ...byModel];
}
