import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Project } from '../config/project.ts';
import { fail } from '../errors.ts';
import { FileStates } from '../load/fileStates.ts';
import { placeOf, relativeTo } from '../load/loadFailure.ts';
import { checksumOf } from './checksum.ts';
import { orderByParents } from './history.ts';
import type { LoadedMigration } from './loadedMigration.ts';
import type { Migration } from './migrationFile.ts';
import { loadInChild, UnloadableFile } from './migrationProcess.ts';
import { asThrown } from './projectChild.ts';
import { messageIn } from './slug.ts';

const TIME_LIMIT_MS = 10_000;

export interface ReadOptions {
  /** Absolute paths of files that came, changed or went since the last call; all others are as they were. Without it everything is looked at. */
  readonly changed?: readonly string[] | undefined;
}

/** The `migrations/` folder of a project; a file whose text did not change is not loaded again. */
export class MigrationFolder {
  readonly #project: Project;
  readonly #folder: string;
  readonly #timeLimitMs: number;
  readonly #states = new FileStates();
  /** By file; a file that is not here is to be loaded. */
  readonly #loaded = new Map<string, Migration>();
  #files: readonly string[] | undefined;
  #ordered: readonly Migration[] | undefined;

  /** @param timeLimitMs  how long all files together may take to load */
  constructor(project: Project, { timeLimitMs = TIME_LIMIT_MS }: { readonly timeLimitMs?: number } = {}) {
    this.#project = project;
    this.#folder = join(project.root, project.config.migrations);
    this.#timeLimitMs = timeLimitMs;
  }

  /**
   * Every migration in the order of parents; the same list for as long as no file says anything else.
   * @throws MIGRATION_INVALID
   * @throws HISTORY_CONFLICT
   */
  async read({ changed }: ReadOptions = {}): Promise<readonly Migration[]> {
    const files = await this.readFiles({ changed });
    this.#ordered ??= orderByParents(files);
    return this.#ordered;
  }

  /** Every migration by name, also where they make no history. @throws MIGRATION_INVALID */
  async readFiles({ changed }: ReadOptions = {}): Promise<readonly Migration[]> {
    this.#look(changed);
    const files = this.#files ?? [];
    await this.#load(files.filter((file) => !this.#loaded.has(file)));
    return files.flatMap((file) => this.#loaded.get(file) ?? []);
  }

  #look(changed: readonly string[] | undefined): void {
    const known = this.#files;
    if (known !== undefined && changed !== undefined && !changed.some((path) => dirname(path) === this.#folder)) return;
    this.#files = migrationFiles(this.#folder);
    const suspects = known === undefined || changed === undefined ? this.#files : this.#files.filter((file) => changed.includes(file));
    for (const file of suspects) if (this.#states.look(file)) this.#loaded.delete(file);
    if (known?.join() !== this.#files.join()) this.#ordered = undefined;
  }

  async #load(files: readonly string[]): Promise<void> {
    if (files.length === 0) return;
    this.#ordered = undefined;
    const sources = files.map((file) => this.#states.read(file).toString('utf8'));
    const stated = await loadInChild(this.#project.root, files, this.#timeLimitMs).catch((error: unknown) => {
      throw error instanceof UnloadableFile ? this.#invalid(error) : error;
    });
    for (const [index, file] of files.entries()) {
      const [migration, source] = [stated[index], sources[index]];
      if (migration !== undefined && source !== undefined) this.#loaded.set(file, toMigration(file, source, migration));
    }
  }

  #invalid(error: UnloadableFile): Error {
    const { root } = this.#project;
    const file = relativeTo(root, error.file);
    const location = placeOf(asThrown(error.failure), { root, file: error.file });
    // What it imports may be what is wrong.
    const line = location.file === file ? location.line : undefined;
    return fail('MIGRATION_INVALID', { file, line, reason: error.message }, { cause: error, location });
  }
}

function migrationFiles(folder: string): readonly string[] {
  const names = readNames(folder).filter((name) => /^[^._].*(?<!\.d)\.ts$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function toMigration(file: string, source: string, stated: LoadedMigration): Migration {
  const id = basename(file, '.ts');
  return { ...stated, id, file, source, message: stated.message ?? messageIn(id), checksum: checksumOf(stated) };
}
