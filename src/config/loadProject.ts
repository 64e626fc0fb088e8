import { realpathSync } from 'node:fs';
import type { z } from 'zod';
import { fail } from '../errors.ts';
import { didYouMean } from '../protocol/nearest.ts';
import { type ProjectFile, readProjectFile } from '../protocol/projectFile.ts';
import type { Config, Project } from './project.ts';
import { type RepeatedKey, repeatedKeys } from './repeatedKeys.ts';
import { configShape, milliseconds } from './shape.ts';

export { findProject } from '../protocol/projectFile.ts';

/**
 * Reads the project at a folder, with every default filled in.
 * @throws CONFIG_INVALID  with all problems at once
 */
export async function loadProject(root: string): Promise<Project> {
  const realRoot = realpathSync(root);
  const source = readProjectFile(realRoot);
  return { root: realRoot, configFile: source.file, config: parseConfig(source) };
}

function parseConfig(source: ProjectFile): Config {
  const parsed = configShape.safeParse(source.value);
  const repeated = repeatedKeys(source.text).map(repetition);
  if (parsed.success && repeated.length === 0) return toConfig(parsed.data);
  const problems = [...repeated, ...(parsed.error?.issues ?? []).flatMap((issue) => problemsOf(issue, source.text))];
  throw fail('CONFIG_INVALID', { file: source.file, problems });
}

const repetition = ({ key, line, firstLine }: RepeatedKey): string =>
  `line ${line}: "${key}" is there already, on line ${firstLine}; only one of the two can count`;

function toConfig({ $schema: _, ...settings }: z.output<typeof configShape>): Config {
  return {
    ...settings,
    lockTimeout: milliseconds(settings.lockTimeout),
    statementTimeout: milliseconds(settings.statementTimeout),
    idleExit: milliseconds(settings.idleExit),
  };
}

function problemsOf(issue: z.core.$ZodIssue, text: string): readonly string[] {
  const known = Object.keys(configShape.shape);
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    return issue.keys.map((key) => `${lineOf(key, text)}"${key}" is not a setting${didYouMean(key, known)}`);
  }
  const key = issue.path[0];
  if (key === undefined) return [issue.message];
  return [`${lineOf(String(key), text)}"${String(key)}" ${issue.message}`];
}

/** Where a setting stands: at its first mention, since hardly anything lies deeper in the file. */
function lineOf(key: string, text: string): string {
  const index = text.indexOf(`${JSON.stringify(key)}`);
  return index < 0 ? '' : `line ${text.slice(0, index).split('\n').length}: `;
}
