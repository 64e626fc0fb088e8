import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { embeddedHome, socketFolder } from '../../src/postgres/embeddedHome.ts';
import { atExit } from './atExit.ts';
import { type TemporaryProject, temporaryProject } from './project.ts';

/** A temporary project for tests of its embedded database, whose data is removed with it wherever it lies. */
export function temporaryEmbedded(): TemporaryProject {
  const folder = temporaryProject();
  atExit(() => removeData(embeddedHome(folder.root)));
  return folder;
}

/** With the drafts that a test which kills a first start leaves. */
function removeData(directory: string): void {
  const files = readdirSync(dirname(directory)).filter((name) => name.startsWith(basename(directory)));
  for (const path of [...files.map((name) => join(dirname(directory), name)), socketFolder(directory)])
    rmSync(path, { recursive: true, force: true });
}
