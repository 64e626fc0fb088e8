import { dirname, join, relative, sep } from 'node:path';
import type { Project } from '../config/project.ts';
import { nearestNames } from '../protocol/nearest.ts';
import type { ModelTable } from './modelTable.ts';
import { typeScriptTables } from './projectModels.ts';
import { renderSeeder, type Scene } from './renderSeeder.ts';
import { scaffoldName } from './scaffoldName.ts';
import { listSeeders, subjectOf } from './seederFiles.ts';
import { sqlTables } from './sqlTables.ts';
import { plural, singular, snakeCase } from './words.ts';
import { writeNewFile } from './writeNewFile.ts';

/** A file that was written. */
export interface Scaffold {
  /** Relative to the project's root. */
  readonly file: string;
  readonly warnings: readonly string[];
}

/**
 * Writes a seeder filled from the model of that name; where there is none, one to be filled by hand, with a warning.
 * @throws USAGE
 * @throws FILE_EXISTS
 * @throws MODEL_LOAD_FAILED
 */
export async function scaffoldSeeder(project: Project, name: string): Promise<Scaffold> {
  const words = scaffoldName(name.replace(/\.[mc]?ts$/, ''), 'seeder');
  const tables = [...(await typeScriptTables(project)), ...(await sqlTables(project))];
  const table = findTable(tables, subjectOf(words));
  const file = `${project.config.seeders}/${fileStem(table, words)}_seeder.ts`;
  const text = table === undefined ? renderUnknown(words) : renderSeeder(table, await sceneOf(project, { tables, file }));
  await writeNewFile(project.root, file, text);
  return { file, warnings: table === undefined ? [unknownModel(name, { tables, file })] : [] };
}

function unknownModel(name: string, { tables, file }: { readonly tables: readonly ModelTable[]; readonly file: string }): string {
  const near = nearestNames(
    name,
    tables.map((table) => table.exported?.name ?? table.name),
  );
  const others = near.length === 0 ? 'and no other either' : `the nearest ${near.length === 1 ? 'is' : 'are'} ${near.join(', ')}`;
  return `there is no model "${name}", ${others}: the table and the columns in ${file} are a guess to be corrected`;
}

const findTable = (tables: readonly ModelTable[], subject: string): ModelTable | undefined =>
  tables.find(({ exported }) => exported !== null && subjectOf(exported.name) === subject) ??
  tables.find(({ name }) => subjectOf(name) === subject);

/** \`PostSeeder\`, \`posts\` and \`Post\` are one file. */
function fileStem(table: ModelTable | undefined, words: string): string {
  if (table === undefined) return words.replace(/_?seeders?$/, '') || words;
  return table.exported === null ? singular(snakeCase(table.name)) : snakeCase(table.exported.name);
}

async function sceneOf(
  project: Project,
  { tables, file }: { readonly tables: readonly ModelTable[]; readonly file: string },
): Promise<Scene> {
  const seeders = await listSeeders(project);
  const folder = dirname(join(project.root, file));
  return {
    tables,
    importPath: (target) =>
      relative(folder, target)
        .split(sep)
        .join('/')
        .replace(/^(?!\.)/, './'),
    seederOf: ({ name, exported }) =>
      seeders.find((seeder) => [name, exported?.name ?? name].map(subjectOf).includes(subjectOf(seeder.name)))?.file,
  };
}

const renderUnknown = (words: string): string => `import { seeder, sql } from 'fastpyd/seeder';

// No model has this name yet; name the table and its columns here.
export default seeder(async ({ count = 10, faker, db }) => {
  for (let i = 0; i < count; i++) {
    await db.query(sql\`INSERT INTO ${plural(words.replace(/_?seeders?$/, '') || words)} (name) VALUES (\${faker.lorem.words(3)})\`);
  }
});
`;
