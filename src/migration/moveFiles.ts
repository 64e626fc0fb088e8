import { randomBytes } from 'node:crypto';
import { open, rename, rm, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../errors.ts';
import type { Migration } from './migrationFile.ts';

const PARENT = /(^\s*|[{,]\s*)parent\s*:\s*(?:null|'[^'\n]*'|"[^"\n]*"|`[^`\n]*`)/m;
const BEGINNING = /migration\(\s*\{/;

/**
 * Lets a migration follow another one: its file is written anew with that parent, whole or not at all. What it does stays as it was.
 * @throws FILE_NOT_WRITTEN
 */
export async function relink({ file, source }: Pick<Migration, 'file' | 'source'>, parent: string): Promise<void> {
  const stated = `parent: ${JSON.stringify(parent).replace(/^"([^'\\]*)"$/, "'$1'")}`;
  const text = PARENT.test(source)
    ? source.replace(PARENT, (_, blank: string) => `${blank}${stated}`)
    : source.replace(BEGINNING, (begin) => `${begin} ${stated},`);
  if (text === source) throw notWritten(file, new Error('its parent cannot be told from its text'));
  await replaceFile(file, text).catch((error: Error) => {
    throw notWritten(file, error);
  });
}

/** Writes a file anew, whole or not at all. */
export async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = join(dirname(file), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/**
 * Removes the files of migrations that another one replaces. That one is on the disk before the first of them goes, whatever happens then.
 * @throws FILE_NOT_WRITTEN
 */
export async function removeReplaced(replaced: readonly Migration[]): Promise<void> {
  for (const folder of new Set(replaced.map(({ file }) => dirname(file)))) await syncFolder(folder);
  for (const { file } of replaced)
    await unlink(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw notWritten(file, error);
    });
}

/** Some systems cannot open a folder; there the file system itself keeps the order. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

const notWritten = (file: string, error: Error): Error => fail('FILE_NOT_WRITTEN', { file, reason: error.message }, { cause: error });
