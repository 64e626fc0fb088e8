import { fail } from '../errors.ts';
import { type DeclarationContent, declarationContent } from '../model/declaration.ts';
import type { Place } from '../model/place.ts';
import type { DeclaredRename, ModelStatement } from '../model/statement.ts';
import { loadFailure, relativeTo } from './loadFailure.ts';

/** What the TypeScript models of a project say. */
export interface CollectedModels {
  readonly statements: readonly ModelStatement[];
  readonly renames: readonly DeclaredRename[];
}

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

function distinctContents(modules: readonly Exports[]): DeclarationContent[] {
  const values = new Set(modules.flatMap((exports) => [...exportedValues(exports)]));
  return [...values].map(declarationContent).filter((content) => content !== undefined);
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

/**
 * Writes out the declarations that modules export, the basic ones first.
 * @throws MODEL_DUPLICATE  when two of them make the same object
 */
export function collectDeclarations(modules: readonly Exports[], root: string): CollectedModels {
  const contents = distinctContents(modules);
  assertDistinct(contents, root);
  const written = contents.map((content) => writeOut(content, root));
  const statements = written.flatMap((one) => one.statements).sort((one, other) => one.stage - other.stage);
  const at = ({ file, line }: Place) => ({ file: relativeTo(root, file), line });
  return {
    statements: statements.map(({ sql, place }) => ({ sql, ...at(place), settings: [] })),
    renames: written.flatMap((one) => one.renames).map(({ to, from, place }) => ({ to, from, ...at(place) })),
  };
}
