import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { fail } from '../errors.ts';
import { isSqlFile, modelSet } from '../model/modelSet.ts';
import type { ModelPart, ModelSet } from '../model/statement.ts';
import { LoaderProcess } from './loaderProcess.ts';
import { readSqlModel } from './readSqlModel.ts';

export interface ModelLoaderOptions {
  /** How long the TypeScript models may take together, in milliseconds. */
  readonly timeLimitMs?: number | undefined;
}

// A re-imported module stays in memory (about 90 KB), so the child is replaced now and then.
const RENEWED_MODULES_A_CHILD = 1_000;
const TIME_LIMIT_MS = 10_000;

const isIgnored = (file: string): boolean => /(?:^|[/\\])node_modules[/\\]|\.d\.[cm]?ts$/.test(file);

/** The model files that the patterns of a project find, relative to its root, sorted. */
export async function findModelFiles({ root, config }: Project): Promise<string[]> {
  const found = new Set<string>();
  for await (const entry of glob([...config.models], { cwd: root, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const relative = file.startsWith(root) ? file.slice(root.length + 1).replaceAll('\\', '/') : file;
    if (!entry.isDirectory() && !isIgnored(relative)) found.add(relative);
  }
  return [...found].sort();
}

const emptyPart = (file: string): ModelPart => ({ file, statements: [], renames: [], warnings: [] });

async function readText(root: string, file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(join(root, file)));
  } catch (cause) {
    const reason = cause instanceof TypeError ? 'it is not UTF-8 text' : cause instanceof Error ? cause.message : String(cause);
    throw fail('MODEL_LOAD_FAILED', { file, reason }, { cause, location: { file } });
  }
}

/** Loads the models of a project: SQL files here, TypeScript files in a child process that is kept for the next time. */
export class ModelLoader {
  readonly #project: Project;
  readonly #timeLimitMs: number;
  readonly #sqlModels = new Map<string, { readonly text: string; readonly part: ModelPart }>();
  #parts: ReadonlyMap<string, ModelPart> = new Map();
  #child: LoaderProcess | undefined;
  #renewed = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(project: Project, options: ModelLoaderOptions = {}) {
    this.#project = project;
    this.#timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;
  }

  /**
   * Reads all models as they are now. Calls wait for each other.
   * @throws MODEL_LOAD_FAILED  with the model's file and line
   * @throws MODEL_DUPLICATE  when two TypeScript declarations make the same object
   */
  load(): Promise<ModelSet> {
    const result = this.#last.then(() => this.#loadAll());
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Ends the child process. */
  close(): void {
    this.#child?.kill();
    this.#child = undefined;
  }

  async #loadAll(): Promise<ModelSet> {
    const files = await findModelFiles(this.#project);
    const sqlParts = await Promise.all(files.filter(isSqlFile).map((file) => this.#readSql(file)));
    const typeScriptParts = await this.#loadTypeScript(files.filter((file) => !isSqlFile(file)));
    const fresh = new Map([...sqlParts, ...typeScriptParts].map((part) => [part.file, part]));
    const models = modelSet(files.map((file) => this.#sameOr(fresh.get(file) ?? emptyPart(file))));
    this.#parts = models.parts;
    return models;
  }

  /** The part that is known already, when the new one says the same. */
  #sameOr(part: ModelPart): ModelPart {
    const known = this.#parts.get(part.file);
    return known !== undefined && JSON.stringify(known) === JSON.stringify(part) ? known : part;
  }

  async #readSql(file: string): Promise<ModelPart> {
    const text = await readText(this.#project.root, file);
    const known = this.#sqlModels.get(file);
    if (known?.text === text) return known.part;
    const part = readSqlModel(text, file);
    this.#sqlModels.set(file, { text, part });
    return part;
  }

  async #loadTypeScript(files: readonly string[]): Promise<readonly ModelPart[]> {
    if (files.length === 0) return [];
    const { root, config } = this.#project;
    const child = this.#readyChild();
    const absolute = files.map((file) => join(root, file));
    const { parts, renewed } = await child.load({ root, files: absolute, naming: config.naming });
    this.#renewed += renewed;
    return parts;
  }

  #readyChild(): LoaderProcess {
    if (this.#renewed > RENEWED_MODULES_A_CHILD) this.close();
    if (this.#child?.isAlive) return this.#child;
    this.#renewed = 0;
    this.#child = new LoaderProcess({ root: this.#project.root, timeLimitMs: this.#timeLimitMs });
    return this.#child;
  }
}
