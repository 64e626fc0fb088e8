import { rmSync } from 'node:fs';
import { embeddedHome, socketFolder } from '../../src/postgres/embeddedHome.ts';
import { atExit } from './atExit.ts';
import { type TemporaryProject, temporaryProject } from './project.ts';

/** A temporary project for tests of its embedded database, whose data is removed with it wherever it lies. */
export function temporaryEmbedded(): TemporaryProject {
  const folder = temporaryProject();
  atExit(() => removeData(embeddedHome(folder.root)));
  return folder;
}

function removeData(directory: string): void {
  const files = ['', '.lock', '.lock-journal', '.lock.pid'].map((suffix) => `${directory}${suffix}`);
  for (const path of [...files, socketFolder(directory)]) rmSync(path, { recursive: true, force: true });
}
