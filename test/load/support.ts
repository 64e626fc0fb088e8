import type { Project } from '../../src/config/project.ts';
import { FastpyError } from '../../src/errors.ts';
import { ModelLoader } from '../../src/load/modelLoader.ts';
import type { ModelSet } from '../../src/model/statement.ts';
import { type TemporaryProject, temporaryProject } from '../support/project.ts';

/** A folder of models and a loader on it. */
export interface LoadedProject {
  readonly folder: TemporaryProject;
  readonly project: Project;
  readonly loader: ModelLoader;
  close(): void;
}

/** Makes a project of these files; whoever calls it closes it. */
export function loadedProject(
  files: Readonly<Record<string, string>>,
  config: Partial<Project['config']> = {},
  timeLimitMs = 10_000,
): LoadedProject {
  const folder = temporaryProject(files);
  const models = { models: ['models/**/*.{ts,sql}'], naming: 'snake_case', ...config };
  const project = { root: folder.root, configFile: folder.path('fastpyd.config.json'), config: models } as Project;
  const loader = new ModelLoader(project, { timeLimitMs });
  const close = (): void => {
    loader.close();
    folder.remove();
  };
  return { folder, loader, close, project };
}

/** The text of a model with one table, with further columns and lines. */
export const tableModel = (name: string, columns = '', lines = ''): string =>
  `import { column, table } from 'fastpyd/model';\n${lines}export const T = table('${name}', { id: column.bigint().primaryKey(), ${columns} });\n`;

/** The statements as text, each behind its file. */
export const textsOf = ({ statements }: ModelSet): readonly string[] => statements.map(({ file, sql }) => `${file}: ${sql}`);

/** The error that loading ends with. */
export async function failureOf(loading: Promise<unknown>): Promise<FastpyError> {
  const error = await loading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof FastpyError) return error;
  throw new Error(`a FastpyError was expected, and not ${String(error)}`, { cause: error });
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
