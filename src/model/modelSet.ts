import type { DeclaredRename, ModelPart, ModelSet, ModelStatement } from './statement.ts';

/** Whether a model file is SQL; all others are TypeScript. */
export const isSqlFile = (file: string): boolean => file.endsWith('.sql');

/**
 * The statements of some parts, in the order in which they run: the basic ones first, and those of SQL files last, as they stand.
 * @param parts  in file order
 */
export function statementsOf(parts: Iterable<ModelPart>): readonly ModelStatement[] {
  return [...parts].flatMap(({ statements }) => statements).sort((one, other) => one.stage - other.stage);
}

/** Joins its parts when somebody asks for the whole: who looks at single parts does not pay for that. */
class JoinedParts implements ModelSet {
  readonly parts: ReadonlyMap<string, ModelPart>;
  #files: readonly string[] | undefined;
  #statements: readonly ModelStatement[] | undefined;
  #renames: readonly DeclaredRename[] | undefined;
  #warnings: readonly string[] | undefined;

  constructor(parts: Iterable<ModelPart>) {
    this.parts = new Map([...parts].map((part) => [part.file, part]));
  }

  get files(): readonly string[] {
    this.#files ??= [...this.parts.keys()];
    return this.#files;
  }

  get statements(): readonly ModelStatement[] {
    this.#statements ??= statementsOf(this.parts.values());
    return this.#statements;
  }

  get renames(): readonly DeclaredRename[] {
    this.#renames ??= this.#inRunningOrder().flatMap(({ renames }) => renames);
    return this.#renames;
  }

  get roles(): readonly ModelStatement[] {
    return [...this.parts.values()].flatMap(({ roles = [] }) => roles);
  }

  get warnings(): readonly string[] {
    this.#warnings ??= this.#inRunningOrder().flatMap(({ warnings }) => warnings);
    return this.#warnings;
  }

  #inRunningOrder(): readonly ModelPart[] {
    return [...this.parts.values()].sort((one, other) => Number(isSqlFile(one.file)) - Number(isSqlFile(other.file)));
  }
}

/**
 * All that the given parts say.
 * @param parts  in file order
 */
export const modelSet = (parts: Iterable<ModelPart>): ModelSet => new JoinedParts(parts);
