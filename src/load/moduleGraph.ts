import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface LoadedModule {
  hash: string;
  /** Part of the URL it is imported by: Node never imports the same URL twice. 0 for the first time. */
  version: number;
  readonly importers: Set<string>;
  /** True until it was evaluated without an error. */
  isUnsettled: boolean;
}

const OWN_FOLDER = new URL('..', import.meta.url).href;

const isProjectFile = (url: string): boolean => url.startsWith('file:') && !url.startsWith(OWN_FOLDER) && !url.includes('/node_modules/');

const fileOf = (url: string): string => fileURLToPath(url.replace(/[?#].*$/, ''));
const hashOf = (content: string | Uint8Array): string => createHash('sha1').update(content).digest('hex');

function currentHash(file: string): string | undefined {
  try {
    return hashOf(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** Raised where an import leads nowhere: which file has it, and on which line. */
export class UnresolvedImport extends Error {
  readonly file: string;
  readonly line: number | undefined;

  constructor(specifier: string, file: string, cause: unknown) {
    super(`"${specifier}" is imported here, but there is no such file or package`, { cause });
    this.file = file;
    const lines = readFileSync(file, 'utf8').split('\n');
    const line = lines.findIndex((text) => text.includes(`'${specifier}'`) || text.includes(`"${specifier}"`));
    this.line = line < 0 ? undefined : line + 1;
  }
}

/**
 * The project's modules that this process has imported. A changed one is imported anew together with everything that
 * imports it, directly or not; all others stay as they are.
 */
export class ModuleGraph {
  readonly #modules = new Map<string, LoadedModule>();
  #version = 0;
  /** The file that is being read or evaluated now; what a failure without a place of its own is about. */
  current: string | undefined;
  readonly #onEvaluate: (file: string) => void;

  constructor(onEvaluate: (file: string) => void) {
    this.#onEvaluate = onEvaluate;
    registerHooks({
      resolve: (specifier, context, nextResolve) => {
        const parent = context.parentURL && isProjectFile(context.parentURL) ? fileOf(context.parentURL) : undefined;
        const resolved = this.#resolve(parent, specifier, () => nextResolve(specifier, context));
        return isProjectFile(resolved.url) ? { ...resolved, url: this.#versioned(resolved.url, parent) } : resolved;
      },
      load: (url, context, nextLoad) => {
        const loaded = nextLoad(url, context);
        return isProjectFile(url) ? { ...loaded, source: this.#announced(fileOf(url), loaded) } : loaded;
      },
    });
    Object.defineProperty(globalThis, EVALUATING, { value: (file: string) => this.#evaluating(file) });
  }

  /** Looks which files have changed since they were imported, so that they will be imported anew. Returns how many modules that is. */
  refresh(): number {
    const stale = new Set<string>();
    for (const [file, module] of this.#modules) {
      if (module.isUnsettled || currentHash(file) !== module.hash) this.#addWithImporters(file, stale);
    }
    this.#version++;
    for (const file of stale) this.#renew(file);
    return stale.size;
  }

  /** Imports a file at its current version. */
  async import(file: string): Promise<Readonly<Record<string, unknown>>> {
    return import(pathToFileURL(file).href);
  }

  /** Says that everything imported so far was evaluated without an error. */
  settle(): void {
    for (const module of this.#modules.values()) module.isUnsettled = false;
  }

  #addWithImporters(file: string, stale: Set<string>): void {
    if (stale.has(file)) return;
    stale.add(file);
    for (const importer of this.#modules.get(file)?.importers ?? []) this.#addWithImporters(importer, stale);
  }

  #renew(file: string): void {
    const module = this.#modules.get(file);
    if (!module) return;
    module.version = this.#version;
    module.isUnsettled = true;
    for (const other of this.#modules.values()) other.importers.delete(file);
  }

  #resolve<Resolved>(parent: string | undefined, specifier: string, resolve: () => Resolved): Resolved {
    try {
      return resolve();
    } catch (error) {
      throw parent === undefined ? error : new UnresolvedImport(specifier, parent, error);
    }
  }

  #versioned(url: string, parent: string | undefined): string {
    const module = this.#moduleOf(fileOf(url));
    if (parent !== undefined) module.importers.add(parent);
    if (module.version === 0) return url;
    const versioned = new URL(url);
    versioned.searchParams.set('v', String(module.version));
    return versioned.href;
  }

  #moduleOf(file: string): LoadedModule {
    const known = this.#modules.get(file);
    if (known) return known;
    const module = { hash: '', version: 0, importers: new Set<string>(), isUnsettled: true };
    this.#modules.set(file, module);
    return module;
  }

  /** Notes what was read, and puts a call on its first line that says when the module begins to run. */
  #announced(file: string, loaded: { readonly format?: string | null | undefined; readonly source?: unknown }) {
    const { source } = loaded;
    this.current = file;
    if (typeof source !== 'string' && !(source instanceof Uint8Array)) return source as undefined;
    this.#moduleOf(file).hash = hashOf(source);
    const text = typeof source === 'string' ? source : Buffer.from(source).toString('utf8');
    const isModule = loaded.format === 'module' || loaded.format === 'module-typescript';
    return isModule && !text.startsWith('#!') ? `globalThis.${EVALUATING}?.(${JSON.stringify(file)}); ${text}` : source;
  }

  #evaluating(file: string): void {
    this.current = file;
    this.#onEvaluate(file);
  }
}

const EVALUATING = '__fastpydEvaluating';
