import type { Column } from '../../kinds/columns.ts';
import type { Default } from '../../kinds/defaults.ts';
import { idOf, qualify, quote } from '../../kinds/identifier.ts';
import type { PlannedStatement } from '../plan.ts';
import { backfill } from './backfill.ts';
import { expandAndContract, retyping } from './expandForm.ts';
import { numberInBatches } from './numberForm.ts';
import { isQuiet } from './quietTable.ts';
import { requireColumn, setNotNull } from './requireColumn.ts';
import { isInUse, type SafeForm, type SafePlace } from './safeForm.ts';

const tableOf = ({ schema, table }: Column): string => qualify(schema, table);
const alterTable = (column: Column): string => `ALTER TABLE ${tableOf(column)}`;
const alterColumn = (column: Column): string => `${alterTable(column)} ALTER COLUMN ${quote(column.column)}`;

const isRequirement = ({ sql }: PlannedStatement, column: Column): boolean =>
  sql === setNotNull(column) || (sql.startsWith(`${alterTable(column)} ADD `) && / NOT NULL "(?:[^"]|"")*"(?: NO INHERIT)?$/.test(sql));

const UPDATE = /^UPDATE (\S.*) SET (".*)$/s;

/** Rows that a new column is filled in. */
function fillInBatches({ sql }: PlannedStatement, column: Column): readonly string[] | undefined {
  const set = UPDATE.exec(sql)?.[2];
  return set === undefined ? undefined : [backfill({ table: tableOf(column), set, where: `${quote(column.column)} IS NULL` })];
}

/** A new column whose value differs from row to row: it is for new rows first, and others are filled in by and by. */
function fillLater(statement: PlannedStatement, column: Column, place: SafePlace): readonly string[] | undefined {
  if (!place.rewrites(statement) || !isQuiet(column, place)) return undefined;
  if (column.identity !== null) return numberInBatches(column, place);
  const value = place.to.objects.get(idOf('default', column.schema, column.table, column.column)) as Default | undefined;
  if (value === undefined || column.generated !== null || !statement.sql.includes(' DEFAULT ')) return undefined;
  const collation = column.collation === null ? '' : ` COLLATE ${column.collation}`;
  const name = quote(column.column);
  const isRequired = column.notNull && (column.notNullAs?.validated ?? true);
  return [
    `${alterTable(column)} ADD COLUMN ${name} ${column.type}${collation}`,
    `${alterColumn(column)} SET DEFAULT ${value.expression}`,
    backfill({ table: tableOf(column), set: `${name} = DEFAULT`, where: `${name} IS NULL` }),
    ...(isRequired ? requireColumn(column, place) : []),
  ];
}

/** Columns of tables that somebody uses. */
export const columnForm: SafeForm = (statement, place) => {
  const column = statement.object as Column;
  if (!isInUse(place, column.owner) || column.foreign !== null) return undefined;
  if (retyping(column, place) === statement) return expandAndContract(statement, column, place);
  if (isRequirement(statement, column)) return requireColumn(column, place);
  if (statement.sql.startsWith('UPDATE ')) return fillInBatches(statement, column);
  return statement.sql.startsWith(`${alterTable(column)} ADD COLUMN `) ? fillLater(statement, column, place) : undefined;
};

/**
 * A default that came later than its column, which is filled and required by its statements; and one that would stand aside while its column gets
 * another type, but comes with the column that takes its place.
 */
export const defaultForm: SafeForm = (statement, place) => {
  const { schema, table, column } = statement.object as Default;
  const owner = place.to.objects.get(idOf('column', schema, table, column)) as Column | undefined;
  if (owner === undefined || !isInUse(place, owner.owner)) return undefined;
  return retyping(owner, place) === undefined ? columnForm({ ...statement, object: owner }, place) : [];
};
