import { mkdtempSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { connect } from '../../client/index.ts';
import { embeddedHome, socketFolder } from '../../src/postgres/embeddedHome.ts';
import { fastpydModels, modelFile, tableModel } from '../schema/fastpydModels.ts';
import type { TableSpec } from '../schema/tables.ts';
import { writeFiles } from '../schema/writeFiles.ts';
import { closing } from './ending.ts';

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

/** The data of an embedded database may lie outside its project: for root, whose folders the server's account cannot enter. */
async function removeProject(root: string): Promise<void> {
  await stopDaemon(root);
  const directory = embeddedHome(root);
  const beside = readdirSync(dirname(directory)).filter((name) => name.startsWith(basename(directory)));
  for (const path of [...beside.map((name) => join(dirname(directory), name)), socketFolder(directory), root])
    rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** A command that found its daemon dead has started another one. */
async function stopDaemon(root: string): Promise<void> {
  const client = await connect({ project: root, autostart: false }).catch(() => undefined);
  await client?.request('daemon.stop', {}).catch(() => undefined);
  await client?.closed;
}

const KEPT = new Set(['postgres', 'postgres.json', '.gitignore']);

/** Removes what daemons have kept of a project but for its database, as if none had ever served it. No daemon may be running. */
export function forget({ root }: Folder): void {
  const folder = join(root, '.fastpy');
  for (const name of readdirSync(folder)) if (!KEPT.has(name)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Saves a table's model as editors do: over the old file, or (`atomic`) as a new file that takes the old one's place. */
export function saveModel({ root }: Folder, table: TableSpec, { atomic = false }: { readonly atomic?: boolean } = {}): void {
  const file = join(root, modelFile(table));
  const written = atomic ? `${file}.tmp` : file;
  writeFileSync(written, tableModel(table));
  if (atomic) renameSync(written, file);
}
