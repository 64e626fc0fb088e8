import { rmSync } from 'node:fs';
import { type KeptHome, keptHome } from '../../src/postgres/keptHome.ts';
import { atExit } from './atExit.ts';
import { type TemporaryProject, temporaryProject } from './project.ts';

/** A temporary project for tests of its kept shadow, which is removed with it. */
export function temporaryKept(): TemporaryProject & { readonly home: KeptHome } {
  const folder = temporaryProject();
  atExit(() => removeKept(folder.root));
  return { ...folder, home: keptHome(folder.root, 18) };
}

/** Removes what the daemons of a project kept; none may run. */
export function removeKept(root: string): void {
  const homes = [15, 18].map((major) => keptHome(root, major));
  for (const { folder, lock } of homes)
    for (const path of [folder, lock, `${lock}.pid`]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
}
