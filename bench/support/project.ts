import { cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { embeddedHome, socketFolder } from '../../src/postgres/embeddedHome.ts';
import { keptHome } from '../../src/postgres/keptHome.ts';
import { fastpydModels, modelFile, tableModel } from '../schema/fastpydModels.ts';
import type { TableSpec } from '../schema/tables.ts';
import { writeFiles } from '../schema/writeFiles.ts';
import { closing } from './ending.ts';
import { connectTo } from './installed.ts';

/** A temporary folder that goes with the bench. */
export interface Folder extends AsyncDisposable {
  readonly root: string;
}

/** A temporary project on an embedded database of its own. */
export interface Project extends Folder {
  readonly tables: readonly TableSpec[];
}

/** An empty temporary folder. */
export function temporaryFolder(): Folder {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'fastpyd-bench-')));
  return { root, ...closing(() => rmSync(root, { recursive: true, force: true })) };
}

/** A temporary project with models of these tables, and no migrations. */
export function createProject(tables: readonly TableSpec[]): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'fastpyd-bench-')));
  const ending = closing(() => removeProject(root));
  writeFiles(root, { 'fastpyd.config.json': '{}\n', ...(tables.length > 0 ? fastpydModels(tables) : {}) });
  return { root, tables, ...ending };
}

/** Part of a project may lie outside of it: its kept shadow, and for root, whose folders servers cannot enter, its database. */
async function removeProject(root: string): Promise<void> {
  await stopDaemon(root);
  const database = embeddedHome(root);
  const shadows = keptHome(root, 0).folder.replace(/0$/, '');
  for (const path of [...beginningWith(database), ...beginningWith(shadows), socketFolder(database), root])
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** A folder, and what lies beside it under the same name with something behind: locks, drafts, other majors. */
function beginningWith(path: string): readonly string[] {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(basename(path)))
    .map((name) => join(folder, name));
}

/** A command that found its daemon dead has started another one. */
async function stopDaemon(root: string): Promise<void> {
  const client = await connectTo(root);
  await client?.request('daemon.stop', {}).catch(() => undefined);
  await client?.closed;
}

/** What of a project is in git, in another folder: no daemon has kept anything of it, and its database is not made yet. */
export function cloneProject({ root, tables }: Project): Project {
  const clone = createProject([]);
  for (const name of ['models', 'migrations']) cpSync(join(root, name), join(clone.root, name), { recursive: true });
  return { ...clone, tables };
}

/** Saves a table's model as editors do: over the old file, or (`atomic`) as a new file that takes the old one's place. */
export function saveModel({ root }: Folder, table: TableSpec, { atomic = false }: { readonly atomic?: boolean } = {}): void {
  const file = join(root, modelFile(table));
  const written = atomic ? `${file}.tmp` : file;
  writeFileSync(written, tableModel(table));
  if (atomic) renameSync(written, file);
}
