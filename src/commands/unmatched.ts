import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { configShape } from '../config/shape.ts';
import { findModelFiles } from '../load/modelFiles.ts';

/** Nobody has mistyped what nobody has written. */
const usual = configShape.parse({});

const WHERE = 'in fastpyd.config.json';

/** Patterns of the settings that match no file, one sentence each: the models that they were to find would be taken for gone. */
export const unmatchedModels = ({ config, ...project }: Project): readonly string[] =>
  config.models
    .filter((pattern) => !usual.models.includes(pattern))
    .filter((pattern) => findModelFiles({ ...project, config: { ...config, models: [pattern] } }).length === 0)
    .map((pattern) => `the pattern "${pattern}" of "models" ${WHERE} matches no file`);

/** The same of a folder that the settings name and that has no file in it. */
export function unmatchedFolder({ root, config }: Project, setting: 'migrations' | 'seeders'): readonly string[] {
  const folder = config[setting];
  if (folder === usual[setting] || holdsCode(join(root, folder))) return [];
  return [`the folder "${folder}" of "${setting}" ${WHERE} has no file in it`];
}

const holdsCode = (folder: string): boolean => existsSync(folder) && readdirSync(folder).some((name) => /\.[mc]?ts$/.test(name));
