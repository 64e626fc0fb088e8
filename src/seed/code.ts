import { quoteIdentifier } from '../database/quote.ts';
import type { ModelColumn, ModelTable } from './modelTable.ts';

/** A string literal in single quotes, unless that needs an escape. */
export const stringLiteral = (text: string): string => (/['\\\p{C}]/u.test(text) ? JSON.stringify(text) : `'${text}'`);

/** Lines one level deeper. */
export const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

const isIdentifier = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);

/** A name as a key of an object literal. */
export const propertyKey = (name: string): string => (isIdentifier(name) ? name : stringLiteral(name));

/** How a property of that name is read. */
export const access = (name: string): string => (isIdentifier(name) ? `.${name}` : `[${stringLiteral(name)}]`);

/** A name inside a template literal of SQL. */
export const sqlName = (name: string): string =>
  quoteIdentifier(name).replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');

/** A table inside a template literal of SQL: its model where TypeScript has one. */
export const tableInSql = ({ exported, schema, name }: ModelTable): string =>
  exported === null ? `${sqlName(schema)}.${sqlName(name)}` : `\${${exported.name}}`;

/** A column inside a template literal of SQL. */
export const columnInSql = ({ exported }: ModelTable, { name, property }: ModelColumn): string =>
  exported === null ? sqlName(name) : `\${${exported.name}${access(property)}}`;

/** The type of what a query gives for some columns of a table. */
export function rowType({ exported }: ModelTable, columns: readonly ModelColumn[]): string {
  if (exported === null) return `{ ${columns.map(({ property }) => `${propertyKey(property)}: unknown`).join('; ')} }`;
  return `Pick<Row<typeof ${exported.name}>, ${columns.map(({ property }) => stringLiteral(property)).join(' | ')}>`;
}
