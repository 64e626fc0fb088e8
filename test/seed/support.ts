import { loadProject } from '../../src/config/loadProject.ts';
import type { Project } from '../../src/config/project.ts';
import { type BulkDatabase, openBulk } from '../../src/database/bulk.ts';
import { openScratch } from '../../src/database/scratch.ts';
import { ModelLoader } from '../../src/load/modelLoader.ts';
import { materialise } from '../../src/shadow/materialise.ts';
import { type TemporaryProject, temporaryProject } from '../support/project.ts';
import { createDatabase } from '../support/servers.ts';

/** A project whose models are real in a database of its own. */
export interface Seedbed {
  readonly folder: TemporaryProject;
  readonly project: Project;
  readonly database: BulkDatabase;
  /** The first column of what a query gives. */
  read(sql: string): Promise<readonly unknown[]>;
  remove(): Promise<void>;
}

/** Makes the models of these files real, and opens the database as `db:seed` does. */
export async function seedbed(files: Readonly<Record<string, string>>): Promise<Seedbed> {
  const folder = temporaryProject(files);
  const project = await loadProject(folder.root);
  const target = await createDatabase();
  await makeModels(project, target.url);
  const database = openBulk(target.url);
  return {
    folder,
    project,
    database,
    read: async (sql) => (await database.session(({ query }) => query(sql))).map((row) => Object.values(row)[0]),
    remove: async () => {
      await database.close();
      await target.drop();
      folder.remove();
    },
  };
}

async function makeModels(project: Project, url: string): Promise<void> {
  const loader = new ModelLoader(project);
  const scratch = openScratch(url);
  try {
    await materialise(scratch, await loader.load());
  } finally {
    loader.close();
    await scratch.close();
  }
}
