import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../errors.ts';

/**
 * Writes model files; when one of them cannot be written, those that are new go again.
 * @param files  texts by path, relative to the root
 * @param overwritten  the paths where a file may stand
 * @throws FILE_NOT_WRITTEN
 */
export async function writeModels(root: string, files: ReadonlyMap<string, string>, overwritten: ReadonlySet<string>): Promise<void> {
  const made: string[] = [];
  for (const [file, text] of files) {
    const path = join(root, file);
    const isNew = !overwritten.has(file);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text, { flag: isNew ? 'wx' : 'w' });
    } catch (error) {
      for (const each of made) await rm(each, { force: true });
      throw fail('FILE_NOT_WRITTEN', { file, reason: error instanceof Error ? error.message : String(error) }, { cause: error });
    }
    if (isNew) made.push(path);
  }
}
