import { existsSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fail } from '../errors.ts';
import { replaceFile } from '../migration/moveFiles.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/**
 * Writes applied migrations back as the ledger has them. A file that is there, and says something else, is kept beside as `ID.ts.edited`,
 * or `ID.ts.edited2` where there is one.
 * @returns what was written, relative to the project's root
 * @throws USAGE  for what is not applied
 */
export async function restore(workspace: Workspace, target: Target, ids: readonly string[]): Promise<readonly string[]> {
  const revisions = await target.observed.revisions();
  const chosen = ids.map((id) => revisions.find((revision) => revision.id === id) ?? id);
  const unknown = chosen.find((revision) => typeof revision === 'string');
  if (unknown !== undefined)
    throw fail('USAGE', {
      problem: `${unknown} is not applied to this database`,
      help: `Applied are: ${revisions.map(({ id }) => id).join(', ') || 'none'}.`,
    });
  const { root, config } = workspace.project;
  const written: string[] = [];
  for (const revision of chosen) {
    if (typeof revision === 'string') continue;
    const file = join(root, config.migrations, `${revision.id}.ts`);
    await writeBack(file, revision.source);
    written.push(relative(root, file));
  }
  return written;
}

async function writeBack(file: string, source: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const there = await textOf(file);
  if (there === source) return;
  if (there !== undefined) await rename(file, freeName(`${file}.edited`));
  await replaceFile(file, source).catch((error: Error) => {
    throw fail('FILE_NOT_WRITTEN', { file, reason: error.message }, { cause: error });
  });
}

async function textOf(file: string): Promise<string | undefined> {
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
}

/** What was put aside before is kept as well. */
function freeName(name: string, number = 2): string {
  if (!existsSync(name)) return name;
  const next = name.replace(/\d*$/, String(number));
  return existsSync(next) ? freeName(name, number + 1) : next;
}
