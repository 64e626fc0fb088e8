import type { Column } from '../../kinds/columns.ts';
import { qualify, quote } from '../../kinds/identifier.ts';
import { freeName, type SafePlace } from './safeForm.ts';

const tableOf = ({ schema, table }: Column): string => qualify(schema, table);
const alterTable = (column: Column): string => `ALTER TABLE ${tableOf(column)}`;
const alterColumn = (column: Column): string => `${alterTable(column)} ALTER COLUMN ${quote(column.column)}`;
/** What a plan says. */
export const setNotNull = (column: Column): string => `${alterColumn(column)} SET NOT NULL`;

/** Since then NOT NULL is a constraint that can be added without looking at the rows. */
const NOT_NULL_IS_CONSTRAINT = 18;

/** A validated check that says the same spares SET NOT NULL its look at every row. */
export function requireByCheck(column: Column, place: SafePlace): readonly string[] {
  const wish = { path: [column.schema, column.table], name: `${column.table}_${column.column}`, ending: 'is_set' };
  const check = quote(freeName(place, wish));
  return [
    `${alterTable(column)} ADD CONSTRAINT ${check} CHECK (${quote(column.column)} IS NOT NULL) NOT VALID`,
    `${alterTable(column)} VALIDATE CONSTRAINT ${check}`,
    setNotNull(column),
    `${alterTable(column)} DROP CONSTRAINT ${check}`,
  ];
}

/** The constraint has the name that it will be known by, since VALIDATE needs one. */
function requireByConstraint(column: Column, { from, to }: SafePlace): readonly string[] {
  const before = from.objects.get(column.id) as Column | undefined;
  const isThere = before?.notNull ?? false;
  const present = isThere ? (before?.notNullAs?.name ?? from.notes.get(column.id)?.madeUpName) : undefined;
  const name = quote(
    present ?? column.notNullAs?.name ?? to.notes.get(column.id)?.madeUpName ?? `${column.table}_${column.column}_not_null`,
  );
  const alone = column.notNullAs?.alone ? ' NO INHERIT' : '';
  return [
    ...(isThere ? [] : [`${alterTable(column)} ADD CONSTRAINT ${name} NOT NULL ${quote(column.column)}${alone} NOT VALID`]),
    `${alterTable(column)} VALIDATE CONSTRAINT ${name}`,
  ];
}

/** NOT NULL of a column whose table has rows. */
export function requireColumn(column: Column, place: SafePlace): readonly string[] {
  return place.majorVersion >= NOT_NULL_IS_CONSTRAINT ? requireByConstraint(column, place) : requireByCheck(column, place);
}
