import type { ColumnTarget, ModelColumn, ModelTable } from './modelTable.ts';
import { camelCase, plural } from './words.ts';

/** A table that rows refer to; its rows are held in a variable of the seeder. */
export interface Parent {
  readonly table: ModelTable;
  readonly variable: string;
  /** The columns of it that are referred to. */
  readonly columns: readonly ModelColumn[];
}

const isTarget = (table: ModelTable, { schema, table: name }: ColumnTarget): boolean => table.schema === schema && table.name === name;

/**
 * The tables that a table's required columns refer to, those that others of them refer to first, and what is needed to make rows of
 * them. A circle is cut where it closes.
 */
export function ancestorsOf(table: ModelTable, tables: readonly ModelTable[]): readonly Parent[] {
  const found = new Map<ModelTable, Set<ModelColumn>>();
  const visit = (child: ModelTable, above: readonly ModelTable[]): void => {
    for (const { references } of child.columns.filter(({ isRequired }) => isRequired)) {
      const parent = references === null ? undefined : tables.find((candidate) => isTarget(candidate, references));
      const column = parent?.columns.find(({ name }) => name === references?.column);
      if (parent === undefined || column === undefined || above.includes(parent)) continue;
      visit(parent, [...above, parent]);
      found.set(parent, (found.get(parent) ?? new Set()).add(column));
    }
  };
  visit(table, [table]);
  return [...found].map(([parent, columns]) => ({ table: parent, variable: variableFor(parent.name), columns: [...columns] }));
}

/** Those of the parents that a table itself refers to. */
export const directParents = (table: ModelTable, parents: readonly Parent[]): readonly Parent[] =>
  parents.filter((parent) =>
    table.columns.some(({ isRequired, references }) => isRequired && references !== null && isTarget(parent.table, references)),
  );

/** Where the value of a reference is found. */
export function parentOf(
  target: ColumnTarget | null,
  parents: readonly Parent[],
): { readonly parent: Parent; readonly column: ModelColumn } | undefined {
  const parent = target === null ? undefined : parents.find(({ table }) => isTarget(table, target));
  const column = parent?.columns.find(({ name }) => name === target?.column);
  return parent === undefined || column === undefined ? undefined : { parent, column };
}

/** The plural of a table's name as a variable. */
export const variableFor = (name: string): string => camelCase(plural(name)).replace(/^(?![\p{L}_$])/u, '_');
