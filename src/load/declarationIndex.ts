import { fail } from '../errors.ts';
import { type DeclarationContent, declarationContent } from '../model/declaration.ts';
import type { Place } from '../model/place.ts';
import type { ModelPart } from '../model/statement.ts';
import { loadFailure, relativeTo } from './loadFailure.ts';

type Exports = Readonly<Record<string, unknown>>;
type Written = Pick<ModelPart, 'statements' | 'renames'>;

/** A declaration that some file exports. */
interface Exported {
  readonly value: unknown;
  readonly content: DeclarationContent;
  readonly exporters: Set<string>;
  /** The one among them whose part it belongs to. */
  owner: string | undefined;
  written: Written | undefined;
}

/** Exported declarations, and those in exported lists and plain objects. */
function* exportedValues(exports: Exports): Iterable<unknown> {
  for (const value of Object.values(exports)) {
    yield value;
    if (declarationContent(value)) continue;
    if (Array.isArray(value)) yield* value;
    else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) yield* Object.values(value);
  }
}

const difference = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>): readonly T[] => [...one].filter((value) => !other.has(value));

const isSameList = (one: readonly unknown[], other: readonly unknown[] = []): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

/**
 * What the model files export, and what of that changed since it was taken last. A declaration that several files export belongs to the
 * one that makes it, or to the first one in file order where it is made elsewhere.
 */
export class DeclarationIndex {
  readonly #root: string;
  readonly #values = new Map<unknown, Exported>();
  readonly #files = new Map<string, ReadonlySet<Exported>>();
  /** How many declarations make an object. */
  readonly #makers = new Map<string, number>();
  #doubles = 0;
  #touched = new Set<string>();
  readonly #taken = new Map<string, readonly Written[]>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Takes over what a file, named relative to the project's root, exports now. */
  put(file: string, exports: Exports): void {
    const before = this.#files.get(file) ?? new Set<Exported>();
    const after = new Set([...exportedValues(exports)].flatMap((value) => this.#exported(value)));
    this.#files.set(file, after);
    this.#touched.add(file);
    for (const exported of difference(before, after)) this.#leave(exported, file);
    for (const exported of difference(after, before)) this.#enter(exported, file);
  }

  /** Forgets a file that is no model any more. */
  remove(file: string): void {
    this.put(file, {});
    this.#files.delete(file);
    this.#taken.delete(file);
  }

  /**
   * Writes out the files whose declarations are not those of the last call. Files that failed are tried again by the next one.
   * @throws MODEL_DUPLICATE  when two declarations make the same object
   * @throws MODEL_LOAD_FAILED  where a declaration cannot be written out
   */
  take(): readonly ModelPart[] {
    if (this.#doubles > 0) this.#assertDistinct();
    const written = [...this.#touched]
      .filter((file) => this.#files.has(file))
      .sort()
      .map((file) => [file, this.#write(file)] as const);
    const changed = written.filter(([file, ofFile]) => !isSameList(ofFile, this.#taken.get(file)) || !this.#taken.has(file));
    for (const [file, ofFile] of changed) this.#taken.set(file, ofFile);
    this.#touched = new Set();
    return changed.map(([file, ofFile]) => toPart(file, ofFile));
  }

  #exported(value: unknown): readonly Exported[] {
    const known = this.#values.get(value);
    if (known) return [known];
    const content = declarationContent(value);
    if (content === undefined) return [];
    const exported = { value, content, exporters: new Set<string>(), owner: undefined, written: undefined };
    this.#values.set(value, exported);
    return [exported];
  }

  #enter(exported: Exported, file: string): void {
    exported.exporters.add(file);
    if (exported.exporters.size === 1) this.#count(exported.content.object, 1);
    this.#assign(exported);
  }

  #leave(exported: Exported, file: string): void {
    exported.exporters.delete(file);
    if (exported.exporters.size === 0) {
      this.#values.delete(exported.value);
      this.#count(exported.content.object, -1);
    }
    this.#assign(exported);
  }

  #count(object: string | undefined, change: 1 | -1): void {
    if (object === undefined) return;
    const makers = (this.#makers.get(object) ?? 0) + change;
    if (makers === 1 + Math.max(change, 0)) this.#doubles += change;
    if (makers === 0) this.#makers.delete(object);
    else this.#makers.set(object, makers);
  }

  #assign(exported: Exported): void {
    const home = relativeTo(this.#root, exported.content.place.file);
    const owner = exported.exporters.has(home) ? home : [...exported.exporters].sort()[0];
    if (owner === exported.owner) return;
    for (const file of [exported.owner, owner]) if (file !== undefined) this.#touched.add(file);
    exported.owner = owner;
  }

  #ownedBy(file: string): readonly Exported[] {
    return [...(this.#files.get(file) ?? [])].filter(({ owner }) => owner === file);
  }

  #write(file: string): readonly Written[] {
    return this.#ownedBy(file).map((exported) => {
      exported.written ??= writeOut(exported.content, this.#root);
      return exported.written;
    });
  }

  #assertDistinct(): void {
    const seen = new Map<string, DeclarationContent>();
    const text = ({ file, line }: Place): string => `${relativeTo(this.#root, file)}:${line}`;
    const files = [...this.#files.keys()].sort();
    for (const { content } of files.flatMap((file) => this.#ownedBy(file))) {
      if (content.object === undefined) continue;
      const first = seen.get(content.object);
      if (first) throw fail('MODEL_DUPLICATE', { object: content.object, first: text(first.place), second: text(content.place) });
      seen.set(content.object, content);
    }
  }
}

function writeOut(content: DeclarationContent, root: string): Written {
  const at = ({ file, line }: Place) => ({ file: relativeTo(root, file), line });
  try {
    return {
      statements: content.statements().map(({ sql, place, stage }) => ({ sql, ...at(place), settings: [], stage })),
      renames: content.renames().map(({ place, ...rename }) => ({ ...rename, ...at(place) })),
    };
  } catch (error) {
    const location = at(content.place);
    const reason = error instanceof Error ? error.message : String(error);
    throw loadFailure(fail('MODEL_LOAD_FAILED', { ...location, reason }, { cause: error, location }), { root, file: content.place.file });
  }
}

const toPart = (file: string, written: readonly Written[]): ModelPart => ({
  file,
  statements: written.flatMap(({ statements }) => statements),
  renames: written.flatMap(({ renames }) => renames),
  warnings: [],
});
