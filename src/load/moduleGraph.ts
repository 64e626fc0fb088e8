import { readFileSync, realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { contentHash } from './fileStates.ts';

interface LoadedModule {
  readonly file: string;
  /** Of the content that was imported last. */
  hash: string;
  /** Part of the URL it is imported by: Node never imports the same URL twice. 0 for the first time. */
  version: number;
  readonly importers: Set<LoadedModule>;
  readonly imports: Set<LoadedModule>;
}

const OWN_FOLDER = new URL('..', import.meta.url).href;

const isFile = (url: string): boolean => url.startsWith('file:') && !url.startsWith(OWN_FOLDER);
const isProjectFile = (url: string): boolean => isFile(url) && !url.includes('/node_modules/');

// What a module gets from these is the same every time; all other built-in ones read files, the system or the network.
const REPEATABLE = /^node:(?:assert|buffer|crypto|events|module|path|punycode|querystring|string_decoder|url|util)(?:\/|$)/;

const fileOf = (url: string): string => fileURLToPath(url.replace(/[?#].*$/, ''));

function currentHash(file: string): string | undefined {
  try {
    return contentHash(readFileSync(file));
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
  /** By the file that was asked for, which may be a link to the module. */
  readonly #entries = new Map<string, LoadedModule>();
  /** Modules that changed, or were never evaluated without an error; with a module all that import it are here. */
  readonly #unsettled = new Set<LoadedModule>();
  #read = new Map<string, string>();
  #version = 0;
  /** How often a module was imported that was imported before. */
  renewals = 0;
  /** False once a module can see more than other modules, so that the same modules may give something else the next time. */
  isRepeatable = true;
  /** The file that is being read or evaluated now; what a failure without a place of its own is about. */
  current: string | undefined;
  readonly #onEvaluate: (file: string) => void;

  constructor(onEvaluate: (file: string) => void) {
    this.#onEvaluate = onEvaluate;
    registerHooks({
      resolve: (specifier, context, nextResolve) => {
        const parent = context.parentURL && isProjectFile(context.parentURL) ? fileOf(context.parentURL) : undefined;
        const resolved = this.#resolve(parent, specifier, () => nextResolve(specifier, context));
        if (context.parentURL && isFile(context.parentURL)) this.#noteBuiltin(resolved.url);
        return isProjectFile(resolved.url) ? { ...resolved, url: this.#versioned(resolved.url, parent) } : resolved;
      },
      load: (url, context, nextLoad) => {
        const loaded = nextLoad(url, context);
        if (isFile(url)) this.#noteRead(fileOf(url), loaded.source);
        return isProjectFile(url) ? { ...loaded, source: this.#announced(fileOf(url), loaded) } : loaded;
      },
    });
    Object.defineProperty(globalThis, EVALUATING, { value: (file: string) => this.#evaluating(file) });
  }

  /** Looks whether files hold something else than was imported, and prepares to import those anew, and whatever failed before. */
  refresh(files: readonly string[]): void {
    for (const file of files) {
      const module = this.#modules.get(file) ?? this.#entries.get(file);
      if (module === undefined) continue;
      if (currentHash(module.file) === module.hash) this.#read.set(module.file, module.hash);
      else this.#unsettle(module);
    }
    this.#version++;
    for (const module of this.#unsettled) this.#renew(module);
  }

  /** Which version of a file was imported; undefined when it has to be imported now. */
  versionOf(file: string): number | undefined {
    const module = this.#entries.get(file);
    return module === undefined || this.#unsettled.has(module) ? undefined : module.version;
  }

  /** Imports a file at its current version. */
  async import(file: string): Promise<Readonly<Record<string, unknown>>> {
    const real = realpathSync.native(file);
    const exports = await import(pathToFileURL(real).href);
    const module = this.#moduleOf(real);
    this.#entries.set(file, module);
    this.#settle(module);
    return exports;
  }

  /** What was read since the last call, with the hash of its content. */
  takeRead(): ReadonlyMap<string, string> {
    const read = this.#read;
    this.#read = new Map();
    return read;
  }

  #unsettle(module: LoadedModule): void {
    if (this.#unsettled.has(module)) return;
    this.#unsettled.add(module);
    for (const importer of module.importers) this.#unsettle(importer);
  }

  /** What imports without an error has imported nothing that failed. */
  #settle(module: LoadedModule): void {
    if (this.#unsettled.delete(module)) for (const imported of module.imports) this.#settle(imported);
  }

  #renew(module: LoadedModule): void {
    module.version = this.#version;
    for (const imported of module.imports) imported.importers.delete(module);
    module.imports.clear();
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
    if (parent !== undefined) this.#connect(this.#moduleOf(parent), module);
    if (module.version === 0) return url;
    const versioned = new URL(url);
    versioned.searchParams.set('v', String(module.version));
    return versioned.href;
  }

  #connect(importer: LoadedModule, imported: LoadedModule): void {
    importer.imports.add(imported);
    imported.importers.add(importer);
  }

  #moduleOf(file: string): LoadedModule {
    const known = this.#modules.get(file);
    if (known) return known;
    const module = { file, hash: '', version: 0, importers: new Set<LoadedModule>(), imports: new Set<LoadedModule>() };
    this.#modules.set(file, module);
    this.#unsettled.add(module);
    return module;
  }

  #noteBuiltin(url: string): void {
    if (url.startsWith('node:') && !REPEATABLE.test(url)) this.isRepeatable = false;
  }

  #noteRead(file: string, source: unknown): void {
    const isText = typeof source === 'string' || source instanceof Uint8Array;
    const hash = isText ? contentHash(source) : (currentHash(file) ?? '');
    this.#read.set(file, hash);
    const module = this.#modules.get(file);
    if (module === undefined) return;
    module.hash = hash;
    if (module.version > 0) this.renewals++;
  }

  /** Puts a call on the first line of a module that says when it begins to run. */
  #announced(file: string, loaded: { readonly format?: string | null | undefined; readonly source?: unknown }) {
    const { source } = loaded;
    this.current = file;
    if (typeof source !== 'string' && !(source instanceof Uint8Array)) return source as undefined;
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
