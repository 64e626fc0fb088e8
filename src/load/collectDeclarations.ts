import { fail } from '../errors.ts';
import { type DeclarationContent, declarationContent } from '../model/declaration.ts';
import type { Place } from '../model/place.ts';
import type { ModelPart } from '../model/statement.ts';
import { loadFailure, relativeTo } from './loadFailure.ts';

type Exports = Readonly<Record<string, unknown>>;

/** Exported declarations, and those in exported lists and plain objects. */
function* exportedValues(exports: Exports): Iterable<unknown> {
  for (const value of Object.values(exports)) {
    yield value;
    if (declarationContent(value)) continue;
    if (Array.isArray(value)) yield* value;
    else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) yield* Object.values(value);
  }
}

/** A model file that was imported. */
export interface ImportedModule {
  /** Absolute. */
  readonly file: string;
  readonly exports: Exports;
}

/** The declarations of each file: what it exports and was not found in a file before it. */
function contentsByFile(modules: readonly ImportedModule[]): ReadonlyMap<string, readonly DeclarationContent[]> {
  const seen = new Set<unknown>();
  const isNew = (value: unknown): boolean => seen.size < seen.add(value).size;
  return new Map(
    modules.map(({ file, exports }) => {
      const contents = [...exportedValues(exports)].filter(isNew).map(declarationContent);
      return [file, contents.filter((content) => content !== undefined)];
    }),
  );
}

function assertDistinct(contents: readonly DeclarationContent[], root: string): void {
  const seen = new Map<string, DeclarationContent>();
  const text = ({ file, line }: Place): string => `${relativeTo(root, file)}:${line}`;
  for (const content of contents) {
    if (content.object === undefined) continue;
    const first = seen.get(content.object);
    if (first) throw fail('MODEL_DUPLICATE', { object: content.object, first: text(first.place), second: text(content.place) });
    seen.set(content.object, content);
  }
}

function writeOut(content: DeclarationContent, root: string) {
  try {
    return { statements: content.statements(), renames: content.renames() };
  } catch (error) {
    const { file, line } = content.place;
    const reason = error instanceof Error ? error.message : String(error);
    const location = { file: relativeTo(root, file), line };
    throw loadFailure(fail('MODEL_LOAD_FAILED', { ...location, reason }, { cause: error, location }), { root, file });
  }
}

function toPart(file: string, contents: readonly DeclarationContent[], root: string): ModelPart {
  const written = contents.map((content) => writeOut(content, root));
  const at = ({ file, line }: Place) => ({ file: relativeTo(root, file), line });
  return {
    file: relativeTo(root, file),
    statements: written
      .flatMap(({ statements }) => statements)
      .map(({ sql, place, stage }) => ({ sql, ...at(place), settings: [], stage })),
    renames: written.flatMap(({ renames }) => renames).map(({ to, from, place }) => ({ to, from, ...at(place) })),
    warnings: [],
  };
}

/**
 * Writes out the declarations that modules export, file by file.
 * @throws MODEL_DUPLICATE  when two of them make the same object
 */
export function collectDeclarations(modules: readonly ImportedModule[], root: string): readonly ModelPart[] {
  const contents = contentsByFile(modules);
  assertDistinct([...contents.values()].flat(), root);
  return [...contents].map(([file, ofFile]) => toPart(file, ofFile, root));
}
