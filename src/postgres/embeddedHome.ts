import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverAccount } from './account.ts';
import { makeFolder, stateFolder } from './state.ts';

/** What `.fastpy/postgres.json` says when the data lies outside the project. */
interface Pointer {
  /** A name in the state folder, never a path: a project that came from elsewhere must not choose folders. */
  readonly cluster: string;
  /** Where the project was when this was written; a copy of a project must not share the data of the first. */
  readonly root: string;
}

/** The data directory of a project's embedded database, which need not exist yet. */
export function embeddedHome(root: string): string {
  const folder = makeProjectFolder(root);
  return serverAccount() ? join(stateFolder().embedded, clusterName(root, join(folder, 'postgres.json'))) : join(folder, 'postgres');
}

/** The folder for the sockets of a data directory, short enough whatever the project is called. */
export function socketFolder(directory: string): string {
  return makeFolder(join(stateFolder().sockets, createHash('sha256').update(directory).digest('hex').slice(0, 12)), serverAccount());
}

function makeProjectFolder(root: string): string {
  const folder = join(root, '.fastpy');
  if (mkdirSync(folder, { recursive: true, mode: 0o700 })) chmodSync(folder, 0o700);
  if (!existsSync(join(folder, '.gitignore'))) writeFileSync(join(folder, '.gitignore'), '*\n');
  return folder;
}

function clusterName(root: string, file: string): string {
  const pointer = readPointer(file);
  if (pointer && (pointer.root === root || !isPointedTo(pointer))) return adopt({ ...pointer, root }, file);
  return adopt({ cluster: randomUUID(), root }, file);
}

/** Whether the project that the pointer was written in is still where it was, so that this one is its copy. */
function isPointedTo(pointer: Pointer): boolean {
  return readPointer(join(pointer.root, '.fastpy', 'postgres.json'))?.cluster === pointer.cluster;
}

function adopt(pointer: Pointer, file: string): string {
  if (readPointer(file)?.root !== pointer.root) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify(pointer)}\n`, { mode: 0o600 });
    renameSync(draft, file);
  }
  return pointer.cluster;
}

function readPointer(file: string): Pointer | undefined {
  try {
    const { cluster, root } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Pointer>;
    return cluster && root && /^[0-9a-f-]{36}$/.test(cluster) ? { cluster, root } : undefined;
  } catch {
    return undefined;
  }
}
