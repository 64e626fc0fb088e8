import { loadProject } from '../../src/config/loadProject.ts';
import type { Project } from '../../src/config/project.ts';
import { openDatabase } from '../../src/database/live.ts';
import type { Database } from '../../src/database/session.ts';
import { FastpyError } from '../../src/errors.ts';
import type { Migration } from '../../src/migration/migrationFile.ts';
import { MigrationFolder } from '../../src/migration/migrationFolder.ts';
import { type TemporaryProject, temporaryProject } from '../support/project.ts';
import { createDatabase } from '../support/servers.ts';

/** A project with a history and an empty database to apply it to. */
export interface TestHistory {
  readonly place: TemporaryProject;
  readonly project: Project;
  readonly url: string;
  readonly database: Database;
  read(): Promise<readonly Migration[]>;
  /** The first column of the first row. */
  value(query: string): Promise<unknown>;
  end(): Promise<void>;
}

/** The source of a migration whose steps are given as TypeScript. */
export const migrationSource = (text: string): string =>
  `import { migration, sql } from 'fastpyd/migration';\nexport default migration({ ${text} });\n`;

/** Migrations by name, each the inside of `migration({ … })`; a parent that is not stated is the one before. */
export async function testHistory(
  migrations: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<TestHistory> {
  const names = Object.keys(migrations);
  const sources = Object.entries(migrations).map(([name, text], index) => {
    const parent = text.includes('parent:') ? '' : `parent: ${index === 0 ? 'null' : `'${names[index - 1]}'`}, `;
    return [`migrations/${name}.ts`, migrationSource(parent + text)];
  });
  const place = temporaryProject({ ...Object.fromEntries(sources), ...files });
  const project = await loadProject(place.root);
  const { url, drop } = await createDatabase();
  const database = await openDatabase(url);
  return {
    place,
    project,
    url,
    database,
    read: () => new MigrationFolder(project).read(),
    value: async (query) => Object.values((await database.session((session) => session.query(query)))[0] ?? {})[0],
    end: async () => {
      await database.close();
      await drop();
      place.remove();
    },
  };
}

/** The error that the work fails with. */
export async function failureOf(work: Promise<unknown>): Promise<FastpyError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FastpyError) return error;
  throw new Error(`a FastpyError was expected, and not ${String(error)}`, { cause: error });
}
