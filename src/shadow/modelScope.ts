import type { Root } from '../kinds/root.ts';
import { statementsOf } from '../model/modelSet.ts';
import type { ModelPart, ModelSet, ModelStatement } from '../model/statement.ts';
import { contentOf, type FindIndex, type PartScope, partScope } from './partScope.ts';

/** What turns one set of models into another. */
export interface ModelChange {
  /** The roots whose statements are not the same, by key. */
  readonly roots: ReadonlyMap<string, Root>;
  /** Files whose part changed, came or went. */
  readonly files: readonly string[];
}

/** A table that becomes part of another one leaves its traces there. */
const ENTANGLED = /\bpartition\s+of\b|\battach\s+partition\b|\binherits?\b/i;

/** Knows which statement of a set of models is about what, so that a change of few files is understood by looking at these alone. */
export class ModelScope {
  models: ModelSet;
  readonly #findIndex: FindIndex;
  readonly #scopes = new WeakMap<ModelPart, PartScope>();
  readonly #filesOf = new Map<string, Set<string>>();
  readonly #reachesEverything: boolean;

  constructor(models: ModelSet, findIndex: FindIndex) {
    this.models = models;
    this.#findIndex = findIndex;
    this.moveTo(models, models.files);
    this.#reachesEverything = [...models.parts.values()].some((part) => this.#scopeOf(part).reachesEverything);
  }

  /** Takes other models for the ones it knows, which differ from them in these files. */
  moveTo(models: ModelSet, files: readonly string[]): void {
    this.models = models;
    for (const file of files) for (const key of this.#scopeIn(models, file).byRoot.keys()) this.#addFile(key, file);
  }

  /** Some relation that the models make; undefined when they make none. */
  anyRoot(): Root | undefined {
    for (const part of this.models.parts.values())
      for (const { root } of this.#scopeOf(part).byRoot.values()) if (root.sort === 'relation') return root;
    return undefined;
  }

  /** What changed; undefined where only everything made anew will tell. */
  changeTo(models: ModelSet): ModelChange | undefined {
    const files = changedFiles(this.models, models);
    const pairs = files.map((file) => [this.#scopeIn(this.models, file), this.#scopeIn(models, file)] as const);
    if (this.#reachesEverything || pairs.some(([, after]) => after.reachesEverything)) return undefined;
    if (pairs.some(([before, after]) => before.apart.join() !== after.apart.join())) return undefined;
    const roots = new Map(pairs.flatMap(([before, after]) => changedRoots(before, after)));
    const changed = pairs.flatMap((pair) => pair.flatMap((scope) => statementsAbout(scope, roots)));
    return changed.some(({ sql }) => ENTANGLED.test(sql)) ? undefined : { roots, files };
  }

  /** The statements of other models about these roots, in the order in which they run. */
  statementsAbout(roots: ReadonlyMap<string, Root>, { models, files }: { readonly models: ModelSet; readonly files: readonly string[] }) {
    const places = new Set([...files, ...[...roots.keys()].flatMap((key) => [...(this.#filesOf.get(key) ?? [])])]);
    const parts = [...places].sort().flatMap((file) => models.parts.get(file) ?? []);
    return statementsOf(parts.map((part) => ({ ...part, statements: this.#statementsIn(part, roots) })));
  }

  /** Every statement of other models about routines. */
  *routines(models: ModelSet): Iterable<ModelStatement> {
    for (const part of models.parts.values())
      for (const { root, statements } of this.#scopeOf(part).byRoot.values()) if (root.sort === 'routine') yield* statements;
  }

  #statementsIn(part: ModelPart, roots: ReadonlyMap<string, Root>): readonly ModelStatement[] {
    const wanted = new Set(statementsAbout(this.#scopeOf(part), roots));
    return part.statements.filter((statement) => wanted.has(statement));
  }

  #scopeIn(models: ModelSet, file: string): PartScope {
    const part = models.parts.get(file);
    return part === undefined ? EMPTY : this.#scopeOf(part);
  }

  #scopeOf(part: ModelPart): PartScope {
    const scope = this.#scopes.get(part) ?? partScope(part, this.#findIndex);
    this.#scopes.set(part, scope);
    return scope;
  }

  #addFile(key: string, file: string): void {
    const files = this.#filesOf.get(key);
    if (files === undefined) this.#filesOf.set(key, new Set([file]));
    else files.add(file);
  }
}

const EMPTY: PartScope = { byRoot: new Map(), apart: [], reachesEverything: false };

const changedFiles = (before: ModelSet, after: ModelSet): readonly string[] =>
  [...new Set([...before.parts.keys(), ...after.parts.keys()])].filter((file) => before.parts.get(file) !== after.parts.get(file));

const changedRoots = (before: PartScope, after: PartScope): readonly (readonly [string, Root])[] =>
  [...before.byRoot, ...after.byRoot]
    .filter(([key]) => contentAbout(before, key) !== contentAbout(after, key))
    .map(([key, { root }]) => [key, root] as const);

const contentAbout = ({ byRoot }: PartScope, key: string): string => (byRoot.get(key)?.statements ?? []).map(contentOf).join();

const statementsAbout = ({ byRoot }: PartScope, roots: ReadonlyMap<string, Root>): readonly ModelStatement[] =>
  [...roots.keys()].flatMap((key) => byRoot.get(key)?.statements ?? []);
