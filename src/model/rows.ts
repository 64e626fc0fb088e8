import { quoteIdentifier } from '../database/quote.ts';
import { fail } from '../errors.ts';
import { assertKnown, type InputRow, type InsertColumn, type InsertTarget, insertRows, toProperties } from './insert.ts';
import { dotted, writeName } from './name.ts';
import { boundTo } from './runtime.ts';
import { type Parameter, toParameter } from './values.ts';

/** What TRUNCATE does beside emptying the table. */
export interface TruncateOptions {
  /** Empties the tables that refer to it too; without it PostgreSQL refuses where there are such tables. */
  readonly cascade?: boolean | undefined;
  /** Begins identities and serials anew. */
  readonly restartIdentity?: boolean | undefined;
}

interface Condition {
  readonly text: string;
  readonly values: readonly Parameter[];
}

const givenColumns = ({ columns }: InsertTarget, row: InputRow): readonly InsertColumn[] =>
  columns.filter(({ property }) => row[property] !== undefined);

const listOf = (columns: readonly InsertColumn[]): string => columns.map(({ name }) => quoteIdentifier(name)).join(', ');

function conditionOf(target: InsertTarget, row: InputRow): Condition {
  assertKnown(target, row);
  const values: Parameter[] = [];
  const terms = givenColumns(target, row).map(({ property, name, shape }) => {
    const value = toParameter(row[property], shape);
    if (value === null) return `${quoteIdentifier(name)} IS NULL`;
    values.push(value);
    return `${quoteIdentifier(name)} = $${values.length}`;
  });
  return { text: terms.length === 0 ? '' : ` WHERE ${terms.join(' AND ')}`, values };
}

/** How many rows have these values. */
export async function countRows(target: InsertTarget, row: InputRow): Promise<number> {
  const { text, values } = conditionOf(target, row);
  const { query } = boundTo(dotted(target.name));
  const [found] = await query<{ rows: number | string }>(`SELECT count(*) AS rows FROM ${writeName(target.name)}${text}`, values);
  return Number(found?.rows ?? 0);
}

/** The first row that has these values, or else a new one that has them and the others. */
export async function firstOrCreateRow(target: InsertTarget, row: InputRow, others: InputRow): Promise<InputRow | undefined> {
  const { text, values } = conditionOf(target, row);
  const { query } = boundTo(dotted(target.name));
  const select = `SELECT ${listOf(target.columns)} FROM ${writeName(target.name)}${text} ORDER BY 1 LIMIT 1`;
  const [found] = await query<InputRow>(select, values);
  return found === undefined ? (await insertRows(target, [{ ...others, ...row }]))[0] : toProperties(target, found);
}

/**
 * Inserts a row, or brings the one that has the same key up to date.
 * @param on  the properties of a key or unique index
 */
export async function upsertRow(target: InsertTarget, row: InputRow, on: readonly string[]): Promise<InputRow | undefined> {
  assertKnown(target, Object.fromEntries(on.map((property) => [property, null])));
  const key = target.columns.filter(({ property }) => on.includes(property));
  if (key.length === 0) throw fail('USAGE', { problem: `upsert into ${dotted(target.name)} needs the properties of a key: { on: 'id' }` });
  const others = givenColumns(target, row).filter((column) => !key.includes(column));
  // Something has to be set for RETURNING to give the row that is there.
  const set = (others.length > 0 ? others : key).map(({ name }) => `${quoteIdentifier(name)} = EXCLUDED.${quoteIdentifier(name)}`);
  const onConflict = ` ON CONFLICT (${listOf(key)}) DO UPDATE SET ${set.join(', ')}`;
  return (await insertRows(target, [row], onConflict))[0];
}

/** Takes all rows away. */
export async function truncateTable({ name }: InsertTarget, { cascade, restartIdentity }: TruncateOptions): Promise<void> {
  const options = `${restartIdentity ? ' RESTART IDENTITY' : ''}${cascade ? ' CASCADE' : ''}`;
  await boundTo(dotted(name)).query(`TRUNCATE ${writeName(name)}${options}`);
}
