import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Project } from '../config/project.ts';
import { fail } from '../errors.ts';
import { checksumOf } from './checksum.ts';
import { orderByParents } from './history.ts';
import type { LoadedMigration } from './loadedMigration.ts';
import type { Migration } from './migrationFile.ts';
import { loadInChild, UnloadableFile } from './migrationProcess.ts';
import { messageIn } from './slug.ts';

const TIME_LIMIT_MS = 10_000;

interface SourceFile {
  readonly id: string;
  readonly file: string;
  readonly source: string;
}

/** The `migrations/` folder of a project; a file whose text did not change is not loaded again. */
export class MigrationFolder {
  readonly #project: Project;
  readonly #timeLimitMs: number;
  #loaded = new Map<string, Migration>();

  /** @param timeLimitMs  how long all files together may take to load */
  constructor(project: Project, { timeLimitMs = TIME_LIMIT_MS }: { readonly timeLimitMs?: number } = {}) {
    this.#project = project;
    this.#timeLimitMs = timeLimitMs;
  }

  /**
   * Every migration in the order of parents.
   * @throws MIGRATION_INVALID
   * @throws HISTORY_CONFLICT
   */
  async read(): Promise<readonly Migration[]> {
    const files = await this.#sources();
    const known = files.map((file) => this.#loaded.get(keyOf(file)));
    const fresh = await this.#load(files.filter((_, index) => known[index] === undefined));
    this.#loaded = new Map(files.map((file, index) => [keyOf(file), known[index] ?? fresh.get(file.id)] as const).filter(hasMigration));
    return orderByParents([...this.#loaded.values()]);
  }

  async #sources(): Promise<readonly SourceFile[]> {
    const folder = join(this.#project.root, this.#project.config.migrations);
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const files = names.filter((name) => /^[^._].*(?<!\.d)\.ts$/.test(name)).sort();
    return Promise.all(
      files.map(async (name) => ({
        id: name.slice(0, -'.ts'.length),
        file: join(folder, name),
        source: await readFile(join(folder, name), 'utf8'),
      })),
    );
  }

  async #load(files: readonly SourceFile[]): Promise<ReadonlyMap<string, Migration>> {
    if (files.length === 0) return new Map();
    const paths = files.map(({ file }) => file);
    const loaded = await loadInChild(this.#project.root, paths, this.#timeLimitMs).catch((error: unknown) => {
      throw error instanceof UnloadableFile ? this.#invalid(error) : error;
    });
    return new Map(
      files.flatMap((file, index) => {
        const stated = loaded[index];
        return stated === undefined ? [] : [[file.id, toMigration(file, stated)] as const];
      }),
    );
  }

  #invalid(error: UnloadableFile): Error {
    const file = relative(this.#project.root, error.file);
    return fail('MIGRATION_INVALID', { file, reason: error.message }, { cause: error, location: { file } });
  }
}

const keyOf = ({ id, source }: SourceFile): string => `${id}\n${source}`;

const hasMigration = (entry: readonly [string, Migration | undefined]): entry is [string, Migration] => entry[1] !== undefined;

const toMigration = ({ id, file, source }: SourceFile, stated: LoadedMigration): Migration => ({
  ...stated,
  id,
  file,
  source,
  message: stated.message ?? messageIn(id),
  checksum: checksumOf(source),
});
