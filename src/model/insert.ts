import { quoteIdentifier } from '../database/quote.ts';
import { fail } from '../errors.ts';
import { dotted, type QualifiedName, writeName } from './name.ts';
import { boundTo } from './runtime.ts';
import { type Parameter, toParameter, type ValueShape } from './values.ts';

/** A table as inserts need it. */
export interface InsertTarget {
  readonly name: QualifiedName;
  readonly columns: readonly InsertColumn[];
}

/** One column of it. */
export interface InsertColumn {
  readonly property: string;
  readonly name: string;
  readonly shape: ValueShape;
}

/** Values by property name, as a seeder gives them. */
export type InputRow = Readonly<Record<string, unknown>>;

// The protocol counts parameters in 16 bits; the second limit keeps one statement's text small.
const MAX_PARAMETERS = 65_535;
const MAX_ROWS = 1_000;

/** @throws USAGE  for a property that the table does not have */
export function assertKnown(target: InsertTarget, row: InputRow): void {
  const known = target.columns.map((column) => column.property);
  const unknown = Object.keys(row).find((property) => !known.includes(property));
  if (unknown === undefined) return;
  const problem = `${dotted(target.name)} has no column for the property "${unknown}"`;
  throw fail('USAGE', { problem, help: `Its properties are ${known.join(', ')}.` });
}

function writeInsert(target: InsertTarget, columns: readonly InsertColumn[], rows: readonly InputRow[]) {
  const values: Parameter[] = [];
  const cell = (row: InputRow, { property, shape }: InsertColumn): string => {
    if (row[property] === undefined) return 'DEFAULT';
    values.push(toParameter(row[property], shape));
    return `$${values.length}`;
  };
  const tuples = rows.map((row) => `(${columns.map((column) => cell(row, column)).join(', ')})`);
  const names = columns.map((column) => quoteIdentifier(column.name)).join(', ');
  const returning = target.columns.map((column) => quoteIdentifier(column.name)).join(', ');
  const insert = `INSERT INTO ${writeName(target.name)} (${names}) VALUES ${tuples.join(', ')}`;
  return { insert, returning: ` RETURNING ${returning}`, values };
}

/** A row by property name. */
export function toProperties({ columns }: InsertTarget, row: InputRow): InputRow {
  return Object.fromEntries(columns.map(({ property, name }) => [property, row[name]]));
}

/** Inserts rows through the bound connection, many to a statement, and returns them by property name. */
export async function insertRows(target: InsertTarget, rows: readonly InputRow[], onConflict = ''): Promise<InputRow[]> {
  for (const row of rows) assertKnown(target, row);
  const chunkSize = Math.min(MAX_ROWS, Math.floor(MAX_PARAMETERS / Math.max(1, target.columns.length)));
  const inserted: InputRow[] = [];
  for (let at = 0; at < rows.length; at += chunkSize) {
    inserted.push(...(await insertChunk(target, rows.slice(at, at + chunkSize), onConflict)));
  }
  return inserted;
}

/** Inserts as many rows as one statement has room for. */
export async function insertChunk(target: InsertTarget, rows: readonly InputRow[], onConflict = ''): Promise<readonly InputRow[]> {
  const { query } = boundTo(dotted(target.name));
  const given = target.columns.filter(({ property }) => rows.some((row) => row[property] !== undefined));
  // A row of nothing but defaults still has to name a column; an identity column takes DEFAULT like any other.
  const columns = given.length > 0 ? given : target.columns.slice(0, 1);
  const { insert, returning, values } = writeInsert(target, columns, rows);
  return (await query<InputRow>(`${insert}${onConflict}${returning}`, values)).map((row) => toProperties(target, row));
}
