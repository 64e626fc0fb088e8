import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { atExit } from './atExit.ts';

/** A project folder made for one test. */
export interface TemporaryProject {
  /** Absolute, symbolic links resolved. */
  readonly root: string;
  path(...parts: readonly string[]): string;
  write(file: string, text: string): void;
  remove(): void;
}

/** A folder of these files and, if they have none, an empty `fastpyd.config.json`; removed at the end of the process at the latest. */
export function temporaryProject(files: Readonly<Record<string, string>> = {}): TemporaryProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'fastpyd-test-')));
  const project: TemporaryProject = {
    root,
    path: (...parts) => join(root, ...parts),
    write: (file, text) => writeInto(root, file, text),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  atExit(project.remove);
  for (const [file, text] of Object.entries({ 'fastpyd.config.json': '{}\n', ...files })) project.write(file, text);
  return project;
}

function writeInto(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
