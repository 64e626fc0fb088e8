import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { loadFailure } from '../load/loadFailure.ts';
import { findModelFiles } from '../load/modelFiles.ts';
import { asThrown, ChildFailure, ProjectChild } from '../migration/projectChild.ts';
import type { ModelTable } from './modelTable.ts';

/** The code of the seeding child, as projectChild.ts finds it. */
export const SEED_CHILD = '../seed/child';

/** How long importing files may take, in milliseconds. */
export const LOAD_LIMIT_MS = 10_000;

/**
 * The tables of a project's TypeScript models.
 * @throws MODEL_LOAD_FAILED
 */
export async function typeScriptTables(project: Project): Promise<readonly ModelTable[]> {
  const files = findModelFiles(project)
    .filter((file) => !file.endsWith('.sql'))
    .map((file) => join(project.root, file));
  if (files.length === 0) return [];
  let current = files[0] ?? '';
  const onNotice = (file: string): void => {
    current = file;
  };
  const child = new ProjectChild(project.root, SEED_CHILD);
  try {
    return await child.ask<readonly ModelTable[]>({ type: 'describeModels', files }, { limitMs: LOAD_LIMIT_MS, onNotice });
  } catch (error) {
    throw error instanceof ChildFailure ? loadFailure(asThrown(error), { root: project.root, file: current }) : error;
  } finally {
    child.end();
  }
}
