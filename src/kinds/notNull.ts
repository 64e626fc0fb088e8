import type { Column } from './columns.ts';
import { qualify, quote } from './identifier.ts';
import type { AlterContext } from './kind.ts';

/** What is said of a NOT NULL beyond that it is there; since PostgreSQL 18 it is a constraint with a name. */
export interface NotNull {
  /** Null where PostgreSQL made it up. */
  readonly name: string | null;
  /** NO INHERIT. */
  readonly alone: boolean;
  readonly validated: boolean;
}

/** The constraint behind a column that is NOT NULL, as the catalog has it; none before PostgreSQL 18. */
export interface NotNullRow {
  readonly name: string;
  readonly alone: boolean;
  readonly validated: boolean;
}

/** SQL for that row, of the column `a` of pg_attribute. */
export const NOT_NULL_ROW = `case when a.attnotnull then (select json_build_object('name', o.conname, 'alone', o.connoinherit, 'validated', o.convalidated)
        from pg_constraint o where o.conrelid = a.attrelid and o.contype = 'n' and o.conkey = array[a.attnum]) end`;

/** A table or a column that gets another name keeps the made-up name of its NOT NULL, which so says nothing. */
const isMadeUp = (name: string): boolean => /_not_null\d*$/.test(name);

/** Null where nothing is said but NOT NULL. */
export function notNullOf(row: NotNullRow | null): NotNull | null {
  if (row === null || (isMadeUp(row.name) && !row.alone && row.validated)) return null;
  return { ...row, name: isMadeUp(row.name) ? null : row.name };
}

const said = ({ name, alone }: NotNull, column = ''): string =>
  `${name === null ? '' : `CONSTRAINT ${quote(name)} `}NOT NULL${column}${alone ? ' NO INHERIT' : ''}`;

const isLater = ({ notNullAs }: Column): boolean => notNullAs?.validated === false;

/** ` NOT NULL` in the definition of a column. */
export function notNullClause(column: Column): string {
  if (!column.notNull || isLater(column)) return '';
  return ` ${column.notNullAs === null ? 'NOT NULL' : said(column.notNullAs)}`;
}

/** What a column's definition cannot say: a NOT NULL that rows which are there need not meet. */
export const laterNotNull = (column: Column): readonly string[] => (column.notNull && isLater(column) ? setNotNull(column) : []);

/** What follows once a new column is filled. */
export const requireFilled = (column: Column): readonly string[] => (isLater(column) ? [] : setNotNull(column));

const alterTable = (column: Column): string => `ALTER TABLE ${qualify(column.schema, column.table)}`;
const alterColumn = (column: Column): string => `${alterTable(column)} ALTER COLUMN ${quote(column.column)}`;

function setNotNull(column: Column): readonly string[] {
  if (column.notNullAs === null) return [`${alterColumn(column)} SET NOT NULL`];
  const later = isLater(column) ? ' NOT VALID' : '';
  return [`${alterTable(column)} ADD ${said(column.notNullAs, ` ${quote(column.column)}`)}${later}`];
}

/** Only taking it away leads there: it is to be made again. */
const isMadeAnew = (before: Column, after: Column): boolean => before.notNull && after.notNull && !isLater(before) && isLater(after);

/** What comes before a change of the column's type. */
export const dropNotNull = (before: Column, after: Column): readonly string[] =>
  before.notNull && (!after.notNull || isMadeAnew(before, after)) ? [`${alterColumn(after)} DROP NOT NULL`] : [];

/** What comes behind it. */
export function changeNotNull(before: Column, after: Column, context: AlterContext): readonly string[] {
  if (!after.notNull) return [];
  if (!before.notNull || isMadeAnew(before, after)) return setNotNull(after);
  const [was, is] = [before.notNullAs, after.notNullAs];
  const present = was?.name ?? context.madeUpName?.before(before.id) ?? '';
  const wanted = is?.name ?? context.madeUpName?.after(after.id) ?? usualName(after);
  const isRenamed = (was?.name ?? null) !== (is?.name ?? null);
  return [
    ...(isRenamed ? [`${alterTable(after)} RENAME CONSTRAINT ${quote(present)} TO ${quote(wanted)}`] : []),
    ...((was?.alone ?? false) === (is?.alone ?? false)
      ? []
      : [`${alterTable(after)} ALTER CONSTRAINT ${quote(isRenamed ? wanted : present)} ${is?.alone ? 'NO INHERIT' : 'INHERIT'}`]),
    ...(isLater(before) && !isLater(after) ? [`${alterColumn(after)} SET NOT NULL`] : []),
  ];
}

const usualName = ({ table, column }: Column): string => `${table}_${column}_not_null`;
