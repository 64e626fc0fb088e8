import type { Constraint } from '../../kinds/constraints.ts';
import type { Index } from '../../kinds/indexes.ts';
import type { SchemaObject } from '../../kinds/kind.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import type { Table } from '../../kinds/tables.ts';
import { propertyKey, stringLiteral } from '../../seed/code.ts';
import { nameLiteral } from './code.ts';
import { columnCode, isSayable } from './columnCode.ts';
import { constraintCode } from './constraintCode.ts';
import { indexCode } from './indexCode.ts';
import { commentOn, type DeclaredTable, partsOf, type SaidPart, type TableContext } from './tableContext.ts';

/** Can builders say the table, but for what is set on it afterwards? */
export const isTableSayable = (table: Table, columns: DeclaredTable['columns'], live: SchemaSnapshot): boolean =>
  table.partitionBy === null &&
  table.inherits.length === 0 &&
  table.ofType === null &&
  table.accessMethod === null &&
  !live.objects.has(table.id.replace(/^[^:]*/, 'partition') as Table['id']) &&
  columns.every((column) => isSayable(column, live));

/** A table in TypeScript: its columns with their keys, and behind them what concerns several columns or has a name of its own. */
export function tableCode(context: TableContext): SaidPart {
  const { live, file, declared } = context;
  const { table } = declared;
  file.use('column');
  const columns = declared.columns.map((column) => ({ column, ...columnCode(column, context) }));
  const constraints = partsOf<Constraint>(live, table, 'constraint').flatMap((each) => constraintCode(each, context) ?? []);
  const indexes = partsOf<Index>(live, table, 'index').flatMap((each) => indexCode(each, context) ?? []);
  const comment = commentOn(live, table);
  const lines = columns.map(({ column, code }) => {
    const keys = constraints.filter((each) => each.column === column.column).map((each) => each.code);
    return `  ${propertyKey(declared.properties.get(column.column) ?? column.column)}: ${code}${keys.join('')},`;
  });
  const extras = [
    ...(table.unlogged ? [`${file.use('unlogged')}()`] : []),
    ...constraints.filter(({ column }) => column === undefined).map(({ code }) => code),
    ...indexes.map(({ code }) => code),
    ...(comment === undefined ? [] : [`${file.use('comment')}(${stringLiteral(comment.text)})`]),
  ];
  const bare: Table = { ...table, options: [], rowSecurity: false, forceRowSecurity: false };
  const objects: readonly SchemaObject[] = [
    bare,
    ...[...columns, ...indexes].flatMap((part) => part.objects),
    ...constraints.map(({ object }) => object),
    ...(comment === undefined ? [] : [comment]),
  ];
  return { code: `${file.use('table')}(${nameLiteral(table.schema, table.table)}, ${block('{', lines, '}')}${callback(extras)})`, objects };
}

const block = (open: string, lines: readonly string[], close: string): string =>
  lines.length === 0 ? `${open}${close}` : [open, ...lines, close].join('\n');

const callback = (extras: readonly string[]): string => {
  const parameter = extras.some((extra) => /\bt[.[]/.test(extra)) ? '(t)' : '()';
  return extras.length === 0
    ? ''
    : `, ${parameter} => ${block(
        '[',
        extras.map((extra) => `  ${extra},`),
        ']',
      )}`;
};
