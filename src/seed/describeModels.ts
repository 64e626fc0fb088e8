import type { Column } from '../model/column.ts';
import { declarationContent } from '../model/declaration.ts';
import { EnumType } from '../model/enumType.ts';
import { columnName } from '../model/naming.ts';
import { referencedColumns } from '../model/references.ts';
import { writeSql } from '../model/sql.ts';
import { TABLE_PARTS, type Table } from '../model/table.ts';
import { withWishes } from './columnWishes.ts';
import type { ColumnTarget, ModelColumn, ModelTable } from './modelTable.ts';
import { uniqueKeys } from './readConditions.ts';

interface Module {
  readonly file: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** What all columns of a table share. */
interface Surroundings {
  /** The values of each enum, by the name of its type in SQL. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  readonly keys: readonly (readonly string[])[];
}

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && TABLE_PARTS in value;

/** The tables that model files export, each where it is found first. */
export function describeModules(modules: readonly Module[]): readonly ModelTable[] {
  const exported = modules.flatMap(({ file, exports }) => Object.entries(exports).map(([name, value]) => ({ file, name, value })));
  const enums = new Map(exported.flatMap(({ value }) => (value instanceof EnumType ? [[writeSql(value), value.values] as const] : [])));
  const tables = new Map<Table, { readonly file: string; readonly name: string }>();
  for (const { file, name, value } of exported) if (isTable(value) && !tables.has(value)) tables.set(value, { file, name });
  return [...tables].map(([table, place]) => ({ ...describeTable(table, enums), exported: place }));
}

function describeTable(table: Table, enums: Surroundings['enums']): Omit<ModelTable, 'exported'> {
  const { name, columns } = table[TABLE_PARTS];
  const said = declarationContent(table)?.statements() ?? [];
  const statements = said.map(({ sql }) => sql).join(';\n');
  const keys = uniqueKeys(statements);
  const surroundings = { enums, keys };
  const described = Object.entries(columns).map(([property, column]) => describeColumn(property, column, surroundings));
  return { ...name, columns: withWishes(described, statements), keys: keys.filter(({ length }) => length > 1) };
}

function describeColumn(property: string, { parts }: Column, { enums, keys }: Surroundings): ModelColumn {
  const name = parts.name ?? columnName(property);
  const type = parts.typeSql();
  const isKey = (parts.isPrimaryKey ?? false) && !keys.some((key) => key.length > 1 && key.includes(name));
  const isFilled = parts.isNullable || parts.defaultSql || parts.identity || parts.generated || /serial$/.test(type);
  return {
    name,
    property,
    type,
    isRequired: !isFilled,
    isUnique: parts.unique !== undefined || isKey || keys.some((key) => key.length === 1 && key[0] === name),
    values: enums.get(type.replace(/(?:\[\])+$/, '')) ?? [],
    references: parts.references === undefined ? null : targetOf(parts.references.target),
  };
}

function targetOf(target: () => void): ColumnTarget | null {
  const [column] = referencedColumns(target);
  return column === undefined ? null : { schema: column.table.schema, table: column.table.name, column: column.columnName };
}
