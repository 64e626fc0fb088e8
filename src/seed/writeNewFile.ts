import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../errors.ts';

/**
 * Writes a file that does not exist yet.
 * @param file  relative to the root
 * @throws FILE_EXISTS
 * @throws FILE_NOT_WRITTEN
 */
export async function writeNewFile(root: string, file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text, { flag: 'wx' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST'
      ? fail('FILE_EXISTS', { file }, { cause: error })
      : fail('FILE_NOT_WRITTEN', { file, reason: message }, { cause: error });
  }
}
