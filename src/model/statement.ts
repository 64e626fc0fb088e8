/** One statement that a model file asks for, with the place it stands; what loading models gives and the shadow runs. */
export interface ModelStatement {
  readonly sql: string;
  /** Relative to the project's root. */
  readonly file: string;
  /** The statement's first line, from 1. */
  readonly line: number;
  /** The `SET` statements that hold at this place of the file, in order. */
  readonly settings: readonly string[];
  /** Which statements come first, see STAGES; a subset sorted by it, stable and in file order, stands as it stands in the whole. */
  readonly stage: number;
}

/** A rename that a model states by `.renamedFrom('old')` or `-- @renamed from=old`. */
export interface DeclaredRename {
  readonly file: string;
  readonly line: number;
  /** The object under its new name, dotted and unquoted: `public.posts` or `public.posts.headline`. */
  readonly to: string;
  /** The old name, alone, or dotted where it was in another schema. */
  readonly from: string;
  /** It is no rename: `from` is a value that goes, and rows that have it get `to`. Stated by `.mappedValues()` or `-- @mapped from=old`. */
  readonly isMap?: boolean | undefined;
}

/** What one model file says. Immutable, and the same object for as long as the file means the same. */
export interface ModelPart {
  /** Relative to the project's root. */
  readonly file: string;
  /** In the order of the file; see `statementsOf` for the order in which they run. */
  readonly statements: readonly ModelStatement[];
  readonly renames: readonly DeclaredRename[];
  /** Statements about managed roles, which are not run with the others; see `load/roleStatements.ts`. */
  readonly roles?: readonly ModelStatement[] | undefined;
  /** One sentence each, e.g. that rows in a SQL model were skipped, with file:line. */
  readonly warnings: readonly string[];
}

/** Everything the models of a project say. */
export interface ModelSet {
  /** Files that the patterns found, relative to the project's root, sorted. */
  readonly files: readonly string[];
  /** What each of them says, in their order. A part that two loads have in common is the same object in both. */
  readonly parts: ReadonlyMap<string, ModelPart>;
  /** All statements, in the order in which they run. */
  readonly statements: readonly ModelStatement[];
  readonly renames: readonly DeclaredRename[];
  /** Statements about managed roles. */
  readonly roles: readonly ModelStatement[];
  readonly warnings: readonly string[];
}
