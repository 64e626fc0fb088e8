import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { fail } from '../errors.ts';
import { nearest } from '../protocol/nearest.ts';
import { singular, snakeCase } from './words.ts';

/** One file of the `seeders/` folder. */
export interface SeederFile {
  /** The file's name without its ending: `post_seeder`. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
}

/** What all spellings of a seeder's name have in common: `Post`, `posts`, `PostSeeder` and `post_seeder.ts` are `post`. */
export const subjectOf = (name: string): string => {
  const words = snakeCase(name.replace(/\.[mc]?ts$/, ''));
  return singular(words.replace(/_?seeders?$/, '') || words);
};

/** The seeders of a project, by name; none where there is no folder. */
export async function listSeeders({ root, config }: Project): Promise<readonly SeederFile[]> {
  const folder = join(root, config.seeders);
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => /^[^._].*(?<!\.d)\.[mc]?ts$/.test(name)).sort();
  return files.map((name) => ({ name: name.replace(/\.[mc]?ts$/, ''), file: join(folder, name) }));
}

/**
 * The seeder that a name means: the file of exactly that name, or else the one about the same subject.
 * @throws SEEDER_NOT_FOUND
 */
export function findSeeder(seeders: readonly SeederFile[], wanted: string): SeederFile {
  const bare = wanted.replace(/\.[mc]?ts$/, '');
  const subject = subjectOf(wanted);
  const found = seeders.find(({ name }) => name === bare) ?? seeders.find(({ name }) => subjectOf(name) === subject);
  if (found !== undefined) return found;
  const close = nearest(
    subject,
    seeders.map(({ name }) => subjectOf(name)),
  );
  const near = seeders.filter(({ name }) => subjectOf(name) === close);
  throw fail('SEEDER_NOT_FOUND', { name: wanted, near: (near.length > 0 ? near : seeders).map(({ name }) => name) });
}
