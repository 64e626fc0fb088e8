import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import type { Project } from '../config/project.ts';
import { fail } from '../errors.ts';
import { FileStates } from '../load/fileStates.ts';
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

/** The `migrations/` folder of a project; a file that says what it said is neither read nor loaded again. */
export class MigrationFolder {
  readonly #project: Project;
  readonly #timeLimitMs: number;
  readonly #states = new FileStates();
  readonly #sources = new Map<string, SourceFile>();
  readonly #loaded = new WeakMap<SourceFile, Migration>();

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
    const files = await this.#find();
    const fresh = files.filter((file) => !this.#loaded.has(file));
    const loaded = await this.#load(fresh);
    for (const [file, migration] of loaded) this.#loaded.set(file, migration);
    return orderByParents(files.flatMap((file) => this.#loaded.get(file) ?? []));
  }

  async #find(): Promise<readonly SourceFile[]> {
    const folder = join(this.#project.root, this.#project.config.migrations);
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const files = names.filter((name) => /^[^._].*(?<!\.d)\.ts$/.test(name)).sort();
    const found = await Promise.all(files.map((name) => this.#source(join(folder, name))));
    this.#sources.clear();
    for (const source of found) this.#sources.set(source.file, source);
    this.#states.keepOnly(new Set(this.#sources.keys()));
    return found;
  }

  async #source(file: string): Promise<SourceFile> {
    const isChanged = this.#states.look(file);
    const known = this.#sources.get(file);
    if (known !== undefined && !isChanged) return known;
    return { id: basename(file, '.ts'), file, source: await readFile(file, 'utf8') };
  }

  async #load(files: readonly SourceFile[]): Promise<ReadonlyMap<SourceFile, Migration>> {
    if (files.length === 0) return new Map();
    const paths = files.map(({ file }) => file);
    const loaded = await loadInChild(this.#project.root, paths, this.#timeLimitMs).catch((error: unknown) => {
      throw error instanceof UnloadableFile ? this.#invalid(error) : error;
    });
    return new Map(
      files.flatMap((file, index) => {
        const stated = loaded[index];
        return stated === undefined ? [] : [[file, toMigration(file, stated)] as const];
      }),
    );
  }

  #invalid(error: UnloadableFile): Error {
    const file = relative(this.#project.root, error.file);
    return fail('MIGRATION_INVALID', { file, reason: error.message }, { cause: error, location: { file } });
  }
}

const toMigration = ({ id, file, source }: SourceFile, stated: LoadedMigration): Migration => ({
  ...stated,
  id,
  file,
  source,
  message: stated.message ?? messageIn(id),
  checksum: checksumOf(source),
});
