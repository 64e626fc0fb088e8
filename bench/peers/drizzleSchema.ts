import { camelCase } from '../schema/case.ts';
import { indexName } from '../schema/sqlTables.ts';
import { type ColumnSpec, type ColumnType, NOW, type TableNames, type TableSpec } from '../schema/tables.ts';
import { ENUMS } from '../schema/words.ts';

/** The same tables as Drizzle has them: one file for each, and one for the enums. */
export function drizzleSchema(tables: readonly TableSpec[]): Readonly<Record<string, string>> {
  return { 'schema/enums.ts': drizzleEnums(), ...Object.fromEntries(tables.map((table) => [drizzleFile(table), drizzleTable(table)])) };
}

/** Where a table's schema file lies. */
export const drizzleFile = ({ row }: TableNames): string => `schema/${row}.ts`;

function drizzleEnums(): string {
  const lines = Object.entries(ENUMS).map(
    ([name, values]) => `export const ${camelCase(name)} = pgEnum('${name}', [${values.map((value) => `'${value}'`).join(', ')}]);`,
  );
  return `import { pgEnum } from 'drizzle-orm/pg-core';\n\n${lines.join('\n')}\n`;
}

/** One table's file; it imports the files of the tables that it refers to. */
export function drizzleTable(table: TableSpec): string {
  const property = (name: string): string => `table.${camelCase(name)}`;
  const indexes = table.indexes.map((names) => `  index('${indexName(table, names)}').on(${names.map(property).join(', ')}),`);
  return `import { sql } from 'drizzle-orm';
import { type AnyPgColumn, bigint, boolean, check, date, index, jsonb, numeric, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
${importsOf(table).join('\n')}

export const ${camelCase(table.table)} = pgTable('${table.table}', {
${table.columns.map((column) => `  ${camelCase(column.name)}: ${writeColumn(column)},`).join('\n')}
}, (table) => [
${indexes.join('\n')}
  check('${table.table}_${table.notNegative}_not_negative', sql\`\${${property(table.notNegative)}} >= 0\`),
]);
`;
}

function importsOf(table: TableSpec): readonly string[] {
  return table.columns.flatMap(({ type }) => {
    if (type.kind === 'enum') return [`import { ${camelCase(type.name)} } from './enums';`];
    if (type.kind !== 'reference' || type.to.row === table.row) return [];
    return [`import { ${camelCase(type.to.table)} } from './${type.to.row}';`];
  });
}

function writeColumn({ name, type, isNullable, default: value }: ColumnSpec): string {
  const literal = type.kind === 'boolean' ? String(value) : `'${String(value)}'`;
  const suffix = value === undefined ? '' : value === NOW ? '.defaultNow()' : `.default(${literal})`;
  const notNull = isNullable || type.kind === 'id' ? '' : '.notNull()';
  return `${writeType(name, type)}${notNull}${suffix}`;
}

function writeType(name: string, type: ColumnType): string {
  if (type.kind === 'id') return `bigint('${name}', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity()`;
  if (type.kind === 'varchar') return `varchar('${name}', { length: ${type.length} })`;
  if (type.kind === 'numeric') return `numeric('${name}', { precision: 12, scale: 2 })`;
  if (type.kind === 'timestamptz') return `timestamp('${name}', { withTimezone: true })`;
  if (type.kind === 'enum') return `${camelCase(type.name)}('${name}')`;
  if (type.kind !== 'reference') return `${type.kind}('${name}')`;
  const target = `(): AnyPgColumn => ${camelCase(type.to.table)}.id`;
  return `bigint('${name}', { mode: 'number' }).references(${target}, { onDelete: '${type.onDelete}' })`;
}
