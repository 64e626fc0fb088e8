import { randomBytes } from 'node:crypto';
import { access, link, mkdir, open, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { fail } from '../errors.ts';
import { checksumOf } from './checksum.ts';
import type { Migration } from './migrationFile.ts';
import { type MigrationText, renderMigration } from './renderMigration.ts';
import { slugOf, stampAfter } from './slug.ts';

/** The most names that are tried when others write migrations in the same second. */
const TRIES = 1000;

/**
 * Writes a migration file whose time is later than its parent's. The file appears whole or not at all.
 * @throws FILE_NOT_WRITTEN
 */
export async function writeMigration(project: Project, text: MigrationText & { readonly now?: Date | undefined }): Promise<Migration> {
  const folder = join(project.root, project.config.migrations);
  const source = renderMigration(text);
  const id = await createFile(folder, source, text).catch((error: NodeJS.ErrnoException) => {
    throw fail(
      'FILE_NOT_WRITTEN',
      { file: join(project.config.migrations, slugOf(text.message)), reason: error.message },
      { cause: error },
    );
  });
  return { ...migrationOf(text), id, file: join(folder, `${id}.ts`), source };
}

/** A migration as its file will say it, before there is a file. */
export function migrationOf(text: MigrationText): Migration {
  const step = (sql: string) => ({ kind: 'sql', sql }) as const;
  const { message, parent, baseline = false, transaction = true, replaces } = text;
  const steps = { transaction, up: text.up.map(step), down: text.down?.map(step) ?? null };
  const id = slugOf(message);
  return { id, file: id, source: renderMigration(text), parent, message, baseline, replaces, ...steps, checksum: checksumOf(steps) };
}

/** A link fails where a name is taken, a rename would not: so no file is ever overwritten. */
async function createFile(
  folder: string,
  source: string,
  { parent, message, now = new Date() }: MigrationText & { readonly now?: Date | undefined },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${randomBytes(6).toString('hex')}.tmp`);
  await writeSynced(temporary, source);
  try {
    let stamp = stampAfter(parent, now);
    for (let tries = 0; tries < TRIES; tries++) {
      const id = `${stamp}_${slugOf(message)}`;
      if (await linkIfFree(temporary, join(folder, `${id}.ts`))) return id;
      stamp = stampAfter(stamp, now);
    }
    throw new Error(`${TRIES} files with this message exist already`);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeSynced(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } catch (error) {
    await unlink(file);
    throw error;
  } finally {
    await handle.close();
  }
}

/** Some file systems have no links: there a name is looked at before the file is moved to it. */
async function linkIfFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (NO_LINKS.includes(code)) return renameIfFree(from, to);
    throw error;
  }
}

const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

async function renameIfFree(from: string, to: string): Promise<boolean> {
  if (await exists(to)) return false;
  await rename(from, to);
  return true;
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
