import type { Project } from '../config/project.ts';
import { stringLiteral } from './code.ts';
import { scaffoldName } from './scaffoldName.ts';
import { pascalCase, plural, singular } from './words.ts';
import { writeNewFile } from './writeNewFile.ts';

/**
 * Writes a first version of a TypeScript model, and gives its file relative to the project's root.
 * @throws USAGE
 * @throws FILE_EXISTS
 */
export async function scaffoldModel({ root, config }: Project, name: string): Promise<string> {
  const words = singular(scaffoldName(name, 'model'));
  const file = `${modelFolder(config.models)}${words}.ts`;
  await writeNewFile(root, file, renderModel(words));
  return file;
}

/** The folder of the first pattern that finds TypeScript files, with its slash. */
export function modelFolder(patterns: readonly string[]): string {
  const pattern = patterns.find((candidate) => /ts\b/.test(candidate)) ?? patterns[0] ?? 'models/';
  const fixed = pattern.replace(/[*?{[(].*$/s, '');
  return fixed.slice(0, fixed.lastIndexOf('/') + 1).replace(/^\.\//, '');
}

const renderModel = (words: string): string => `import { column, sql, table } from 'fastpyd/model';

export const ${pascalCase(words)} = table(${stringLiteral(plural(words))}, {
  id: column.bigint().identity().primaryKey(),
  createdAt: column.timestamptz().default(sql\`now()\`),
});
`;
