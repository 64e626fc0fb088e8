import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Project } from '../config/project.ts';
import { fail } from '../errors.ts';
import { isSqlFile, modelSet } from '../model/modelSet.ts';
import type { ModelPart, ModelSet } from '../model/statement.ts';
import { LoaderPool } from './loaderPool.ts';
import type { Loaded } from './loaderProcess.ts';
import { type CachedModels, ModelCache } from './modelCache.ts';
import { ProjectFiles } from './projectFiles.ts';
import { readSqlModel } from './readSqlModel.ts';

export interface ModelLoaderOptions {
  /** How long the TypeScript models may take together, in milliseconds. */
  readonly timeLimitMs?: number | undefined;
}

export interface LoadOptions {
  /** Absolute paths of files that came, changed or went since the last call; all others are as they were. Without it everything is looked at. */
  readonly changed?: readonly string[] | undefined;
}

const TIME_LIMIT_MS = 10_000;
/** Importing everything takes a processor for a while: it begins when so long nothing was saved. */
const QUIET_MS = 1_000;

/**
 * Loads the models of a project: SQL files here, TypeScript files in a child process that is kept for the next time. What a load costs
 * follows what changed since the last one.
 */
export class ModelLoader {
  readonly #project: Project;
  readonly #files: ProjectFiles;
  readonly #pool: LoaderPool;
  readonly #cache: ModelCache;
  readonly #parts = new Map<string, ModelPart>();
  /** Parts that somebody else holds. */
  #known: ReadonlyMap<string, ModelPart> = new Map();
  /** The content that the part of a SQL file stands for. */
  readonly #sqlHashes = new Map<string, string>();
  #typeScript: readonly string[] = [];
  #models: ModelSet | undefined;
  #hasBegun = false;
  /** Whether the parts of TypeScript files stand for what was looked at last. */
  #isImported = false;
  /** The same of all parts. */
  #isLoaded = false;
  #isRepeatable = true;
  #staysReady = false;
  #preparing: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(project: Project, options: ModelLoaderOptions = {}) {
    const { root, config } = project;
    const timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
    this.#project = project;
    this.#files = new ProjectFiles(project);
    this.#pool = new LoaderPool({ root, naming: config.naming, timeLimitMs }, (loaded) => this.#takeOver(loaded));
    this.#cache = new ModelCache(project);
  }

  /** Whether there is a child that has imported models. */
  get isReady(): boolean {
    return this.#pool.isReady;
  }

  /** The modules that models import and that are no models themselves, absolute, as of the last load. */
  get imported(): ReadonlySet<string> {
    return this.#files.imported;
  }

  /**
   * Reads the models as they are now. A part that did not change is the same object as the last time, and so is the whole. Calls wait for
   * each other; what a failed call was told is not forgotten.
   * @throws MODEL_LOAD_FAILED  with the model's file and line
   * @throws MODEL_DUPLICATE  when two TypeScript declarations make the same object
   */
  load({ changed }: LoadOptions = {}): Promise<ModelSet> {
    return this.#enqueue(() => this.#load(changed));
  }

  /**
   * Keeps a child ready from now on, also where the cache made it unnecessary, so that a save finds everything imported. For processes that
   * stay; resolves when the child is ready, and never rejects: what is wrong with the models is told by `load`.
   */
  async prime(): Promise<void> {
    this.#staysReady = true;
    const models = await this.load().catch(() => undefined);
    if (models !== undefined && !this.#pool.isReady) await this.#prepare();
  }

  /** Takes note of parts that somebody holds: one that says the same will be the very same object. */
  know(parts: ReadonlyMap<string, ModelPart>): void {
    this.#known = parts;
  }

  /** Keeps what was loaded for the next process, and ends the children. */
  close(): void {
    this.#staysReady = false;
    clearTimeout(this.#preparing);
    this.#cache.flush();
    this.#pool.close();
  }

  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #load(changed: readonly string[] | undefined): Promise<ModelSet> {
    if (this.#hasBegun) this.#look(changed);
    else this.#begin();
    if (!this.#isLoaded) await this.#renew();
    this.#models ??= modelSet(this.#files.models.flatMap((file) => this.#parts.get(file) ?? []));
    return this.#models;
  }

  #begin(): void {
    const cached = this.#cache.read();
    if (cached === undefined) this.#files.look();
    else this.#restore(cached);
    this.#hasBegun = true;
    this.#list();
  }

  #restore({ parts, hashes }: CachedModels): void {
    const files = parts.map(({ file }) => file);
    if (!this.#files.adopt(files, hashes)) return;
    for (const part of parts) this.#parts.set(part.file, part);
    for (const file of files.filter(isSqlFile)) this.#sqlHashes.set(file, hashes.get(this.#pathOf(file)) ?? '');
    this.#isImported = true;
    this.#isLoaded = true;
  }

  #look(changed: readonly string[] | undefined): void {
    const before = this.#files.models;
    const moved = this.#files.look(changed);
    if (before !== this.#files.models) this.#list();
    if (moved.size === 0) return;
    const paths = [...moved];
    this.#pool.tell(paths);
    this.#isLoaded = false;
    if (paths.some((path) => !isSqlFile(path))) this.#isImported = false;
  }

  #list(): void {
    const { models } = this.#files;
    this.#typeScript = models.filter((file) => !isSqlFile(file));
    this.#models = undefined;
  }

  async #renew(): Promise<void> {
    for (const file of this.#files.models.filter(isSqlFile)) this.#readSql(file);
    if (!this.#isImported && this.#typeScript.length > 0) await this.#pool.load(this.#typeScript);
    this.#isImported = true;
    this.#isLoaded = true;
    this.#cache.keep(() => this.#keepable());
    this.#replaceWorn();
  }

  #readSql(file: string): void {
    const path = this.#pathOf(file);
    const known = this.#sqlHashes.get(file);
    if (known !== undefined && known === this.#files.hashOf(path)) return;
    this.#put(readSqlModel(this.#textOf(file), file));
    this.#sqlHashes.set(file, this.#files.hashOf(path) ?? '');
  }

  #textOf(file: string): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.#files.read(this.#pathOf(file)));
    } catch (cause) {
      const reason = cause instanceof TypeError ? 'it is not UTF-8 text' : cause instanceof Error ? cause.message : String(cause);
      throw fail('MODEL_LOAD_FAILED', { file, reason }, { cause, location: { file } });
    }
  }

  #replaceWorn(): void {
    clearTimeout(this.#preparing);
    if (this.#staysReady && this.#pool.isWorn) this.#preparing = setTimeout(() => void this.#prepare(), QUIET_MS).unref();
  }

  /** Makes another child ready, which takes over between two loads. */
  async #prepare(): Promise<void> {
    if (!this.#staysReady || this.#typeScript.length === 0) return;
    await this.#pool.prepare(this.#typeScript);
    await this.#enqueue(() => this.#adopt());
  }

  /** What was saved while the child was importing it may have read too early; the next load lets it look again. */
  async #adopt(): Promise<void> {
    await this.#pool.adopt();
    this.#isImported = false;
    this.#isLoaded = false;
  }

  #takeOver({ parts, modules, isComplete, isRepeatable }: Loaded): void {
    this.#files.note(modules, { isComplete });
    for (const part of parts) this.#put(part);
    this.#isRepeatable = isRepeatable;
  }

  #put(part: ModelPart): void {
    if (isDeepStrictEqual(this.#parts.get(part.file), part)) return;
    const known = this.#known.get(part.file);
    this.#parts.set(part.file, known !== undefined && isDeepStrictEqual(known, part) ? known : part);
    this.#models = undefined;
  }

  #keepable(): CachedModels | undefined {
    if (!this.#isLoaded || !this.#isRepeatable || this.#models === undefined) return undefined;
    return { hashes: this.#files.hashes(), parts: [...this.#models.parts.values()] };
  }

  #pathOf(file: string): string {
    return join(this.#project.root, file);
  }
}
