import type { Wishes } from './auto/wishes.ts';

/** A table as a scaffold needs it, whether a TypeScript or an SQL model describes it. */
export interface ModelTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly ModelColumn[];
  /** The columns of each key or unique index that has several. */
  readonly keys: readonly (readonly string[])[];
  /** Where a TypeScript model exports it; null for a model in SQL. */
  readonly exported: { readonly name: string; readonly file: string } | null;
}

/** One column of a model. */
export interface ModelColumn {
  readonly name: string;
  /** What a row calls it in TypeScript. */
  readonly property: string;
  /** As SQL writes it, in lower case: `varchar(200)`. */
  readonly type: string;
  /** True where an insert has to give a value. */
  readonly isRequired: boolean;
  /** True where no two rows may have the same value. */
  readonly isUnique: boolean;
  /** The values of an enum, empty for any other type. */
  readonly values: readonly string[];
  readonly references: ColumnTarget | null;
  /** What conditions ask of its values, as far as they are understood. */
  readonly wishes?: Wishes | undefined;
}

/** What a foreign key of one column refers to. */
export interface ColumnTarget {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}
