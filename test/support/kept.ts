import { rmSync } from 'node:fs';
import { type KeptHome, keptHome } from '../../src/postgres/keptHome.ts';
import { atExit } from './atExit.ts';
import { type TemporaryProject, temporaryProject } from './project.ts';

/** A temporary project for tests of its kept shadow, which is removed with it. */
export function temporaryKept(): TemporaryProject & { readonly home: KeptHome } {
  const folder = temporaryProject();
  const home = keptHome(folder.root, 18);
  atExit(() => {
    for (const path of [home.folder, home.lock, `${home.lock}.pid`]) rmSync(path, { recursive: true, force: true });
  });
  return { ...folder, home };
}
