import { camelCase, pascalCase } from './case.ts';
import { type ColumnSpec, type ColumnType, type EnumName, NOW, type TableNames, type TableSpec } from './tables.ts';
import { ENUMS } from './words.ts';

/** The model files of these tables and of the enums that they share, by their paths in a project. */
export function fastpydModels(tables: readonly TableSpec[]): Readonly<Record<string, string>> {
  const enums = Object.keys(ENUMS).map((name) => [`models/enums/${name}.ts`, enumModel(name as EnumName)]);
  return Object.fromEntries([...enums, ...tables.map((table) => [modelFile(table), tableModel(table)])]);
}

/** Where a table's model lies in its project. */
export const modelFile = ({ row }: TableNames): string => `models/${row}.ts`;

function enumModel(name: EnumName): string {
  const values = ENUMS[name].map((value) => `'${value}'`).join(', ');
  return `import { enumType } from 'fastpyd/model';\n\nexport const ${pascalCase(name)} = enumType('${name}', [${values}]);\n`;
}

/** A table's model as a person would write it: one file that imports the models which its columns name. */
export function tableModel(table: TableSpec): string {
  const self = camelCase(table.row);
  const items = (names: readonly string[]): string => names.map((name) => `${self}.${camelCase(name)}`).join(', ');
  return `import { check, column, index, sql, table } from 'fastpyd/model';
${importsOf(table).join('\n')}

export const ${pascalCase(table.row)} = table(
  '${table.table}',
  {
${table.columns.map((column) => `    ${camelCase(column.name)}: ${columnModel(column)},`).join('\n')}
  },
  (${self}) => [
${table.indexes.map((names) => `    index(${items(names)}),`).join('\n')}
    check('${table.table}_${table.notNegative}_not_negative', sql\`\${${items([table.notNegative])}} >= 0\`),
  ],
);
`;
}

function importsOf(table: TableSpec): readonly string[] {
  const lines = table.columns.flatMap(({ type }) => {
    if (type.kind === 'enum') return [`import { ${pascalCase(type.name)} } from './enums/${type.name}.ts';`];
    if (type.kind !== 'reference' || type.to.row === table.row) return [];
    return [`import { ${pascalCase(type.to.row)} } from './${type.to.row}.ts';`];
  });
  return [...new Set(lines)].sort();
}

function columnModel(column: ColumnSpec): string {
  const value = column.default === NOW ? 'sql`now()`' : typeof column.default === 'string' ? `'${column.default}'` : column.default;
  const suffix = value === undefined ? '' : `.default(${value})`;
  return `column.${typeModel(column.type)}${column.isNullable ? '.nullable()' : ''}${suffix}`;
}

function typeModel(type: ColumnType): string {
  if (type.kind === 'id') return 'bigint().identity().primaryKey()';
  if (type.kind === 'varchar') return `varchar(${type.length})`;
  if (type.kind === 'numeric') return 'numeric(12, 2)';
  if (type.kind === 'enum') return `enum(${pascalCase(type.name)})`;
  if (type.kind === 'reference') return `bigint().references(() => ${pascalCase(type.to.row)}.id, { onDelete: '${type.onDelete}' })`;
  return `${type.kind}()`;
}
