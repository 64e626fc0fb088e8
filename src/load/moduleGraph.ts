import { readFileSync, realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { contentHash } from './fileStates.ts';
import { ResolvedImports } from './resolvedImports.ts';

interface LoadedModule {
  readonly file: string;
  /** Of the content that was imported last. */
  hash: string;
  /** Part of the URL it is imported by: Node never imports the same URL twice. 0 for the first time. */
  version: number;
  /** The paths under which it was asked for; a link has another than its module. */
  readonly entries: Set<string>;
  readonly importers: Set<LoadedModule>;
  readonly imports: Set<LoadedModule>;
}

const OWN_FOLDER = new URL('..', import.meta.url).href;

const isProjectFile = (url: string): boolean => url.startsWith('file:') && !url.startsWith(OWN_FOLDER) && !url.includes('/node_modules/');

// What a module gets from these is the same every time; other built-in ones read files, the system or the network, and packages may do so.
const REPEATABLE = /^node:(?:assert|buffer|crypto|events|module|path|punycode|querystring|string_decoder|url|util)(?:\/|$)/;

const isRepeatable = (url: string): boolean => url.startsWith(OWN_FOLDER) || REPEATABLE.test(url);

const fileOf = (url: string): string => fileURLToPath(url.replace(/[?#].*$/, ''));

function currentHash(file: string): string | undefined {
  try {
    return contentHash(readFileSync(file));
  } catch {
    return undefined;
  }
}

function realPathOf(path: string): string | undefined {
  try {
    return realpathSync.native(path);
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
  /** What was asked for; undefined where that has not been imported yet. */
  readonly #entries = new Map<string, LoadedModule | undefined>();
  /** What of it has to be imported, for the first time or again. */
  readonly #outdated = new Set<string>();
  /** Modules that changed, or were never evaluated without an error; with a module all that import it are here. */
  readonly #unsettled = new Set<LoadedModule>();
  readonly #resolved = new ResolvedImports();
  readonly #read = new Map<string, string>();
  #version = 0;
  /** How often a module was imported that was imported before. */
  renewals = 0;
  /** False once a module can see more than the project's modules, which then may give something else the next time. */
  isRepeatable = true;
  /** The file that is being read or evaluated now; what a failure without a place of its own is about. */
  current: string | undefined;
  readonly #onEvaluate: (file: string) => void;

  constructor(onEvaluate: (file: string) => void) {
    this.#onEvaluate = onEvaluate;
    registerHooks({
      resolve: (specifier, context, nextResolve) => {
        const parent = context.parentURL && isProjectFile(context.parentURL) ? fileOf(context.parentURL) : undefined;
        const resolved = this.#resolve(parent, specifier, () =>
          this.#resolved.get(specifier, context, () => nextResolve(specifier, context)),
        );
        if (isProjectFile(resolved.url)) return { ...resolved, url: this.#versioned(resolved.url, parent) };
        if (parent !== undefined && !isRepeatable(resolved.url)) this.isRepeatable = false;
        return resolved;
      },
      load: (url, context, nextLoad) => {
        const loaded = nextLoad(url, context);
        if (!isProjectFile(url)) return loaded;
        this.#noteRead(this.#moduleOf(fileOf(url)), loaded.source);
        return { ...loaded, source: this.#announced(fileOf(url), loaded) };
      },
    });
    Object.defineProperty(globalThis, EVALUATING, { value: (file: string) => this.#evaluating(file) });
  }

  /** Asks for a file, which `outdated` has until it was imported. */
  add(path: string): void {
    this.#entries.set(path, undefined);
    this.#outdated.add(path);
  }

  remove(path: string): void {
    this.#entries.get(path)?.entries.delete(path);
    this.#entries.delete(path);
    this.#outdated.delete(path);
  }

  /** What has to be imported, sorted. */
  get outdated(): readonly string[] {
    return [...this.#outdated].sort();
  }

  /** Looks whether files hold something else than was imported, and prepares to import those anew, and whatever failed before. */
  refresh(files: readonly string[]): void {
    for (const file of files) this.#check(file);
    this.#version++;
    for (const module of this.#unsettled) this.#renew(module);
  }

  /** Imports what was asked for at its current version. */
  async import(path: string): Promise<Readonly<Record<string, unknown>>> {
    this.current = path;
    const file = realpathSync.native(path);
    const exports = await import(pathToFileURL(file).href);
    const module = this.#moduleOf(file);
    module.entries.add(path);
    this.#entries.set(path, module);
    this.#outdated.delete(path);
    this.#settle(module);
    return exports;
  }

  /** What was read since `takeRead`, with the hash of its content. */
  get read(): readonly (readonly [file: string, hash: string])[] {
    return [...this.#read];
  }

  takeRead() {
    const { read } = this;
    this.#read.clear();
    return read;
  }

  #check(path: string): void {
    const entry = this.#entries.get(path);
    if (entry !== undefined && realPathOf(path) !== entry.file) this.#outdated.add(path);
    const module = this.#modules.get(path) ?? entry;
    if (module === undefined) return;
    const hash = currentHash(module.file);
    if (hash === undefined) this.#resolved.forget();
    if (hash === module.hash) this.#read.set(module.file, module.hash);
    else this.#unsettle(module);
  }

  #unsettle(module: LoadedModule): void {
    if (this.#unsettled.has(module)) return;
    this.#unsettled.add(module);
    for (const path of module.entries) this.#outdated.add(path);
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
    const module: LoadedModule = { file, hash: '', version: 0, entries: new Set(), importers: new Set(), imports: new Set() };
    this.#modules.set(file, module);
    this.#unsettled.add(module);
    return module;
  }

  #noteRead(module: LoadedModule, source: unknown): void {
    const isText = typeof source === 'string' || source instanceof Uint8Array;
    module.hash = isText ? contentHash(source) : (currentHash(module.file) ?? '');
    this.#read.set(module.file, module.hash);
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
