import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import type { Database, Session } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import type { Renamable } from '../diff/renamables.ts';
import type { Holder } from '../diff/valueHolders.ts';
import type { Column } from '../kinds/columns.ts';
import type { SchemaObject } from '../kinds/kind.ts';
import type { Sequence } from '../kinds/sequences.ts';
import type { Table } from '../kinds/tables.ts';

const relation = (object: { readonly schema: string; readonly table: string }): string =>
  `${quoteIdentifier(object.schema)}.${quoteIdentifier(object.table)}`;

const UNDEFINED = /^(42P01|42703|3F000)$/;

async function count(session: Session, from: string): Promise<number> {
  const [row] = await session.query<{ rows: number }>(`select count(*)::float8 as rows from ${from}`).catch((error: unknown) => {
    // What history has and the live database does not have yet holds no rows.
    if (error instanceof SqlError && UNDEFINED.test(error.sqlState)) return [];
    throw error;
  });
  return row?.rows ?? 0;
}

/**
 * How many rows a table has, or how many values that are not null a column has, in the live database; 0 for what is not there. The rows of
 * partitions and child tables are theirs: they stay where only the whole goes.
 */
export function countRows(live: Database, object: SchemaObject): Promise<number> {
  return live.session((session) => {
    if (object.kind === 'table') return count(session, `only ${relation(object as Table)}`);
    if (object.kind !== 'column') return Promise.resolve(0);
    const column = object as Column;
    return count(session, `${relation(column)} where ${quoteIdentifier(column.column)} is not null`);
  });
}

/** How many rows hold a value of an enum, or something in an attribute of a composite type, in a column of that type. */
export function countMember(live: Database, { column, isList }: Holder, { object, own }: Renamable): Promise<number> {
  const value = quoteIdentifier(column.column);
  const holds =
    object.kind === 'enum'
      ? isList
        ? `${quoteLiteral(own)} = any(${value}::text[])`
        : `${value}::text = ${quoteLiteral(own)}`
      : isList
        ? `${value} is not null`
        : `(${value}).${quoteIdentifier(own)} is not null`;
  return live.session((session) => count(session, `${relation(column)} where ${holds}`));
}

/** Has the live database taken numbers from a sequence? Not from one that it does not have. */
export async function isUsedSequence(live: Database, object: SchemaObject): Promise<boolean> {
  const { schema, sequence } = object as Sequence;
  const name = `${quoteIdentifier(schema)}.${quoteIdentifier(sequence)}`;
  return (await live.session((session) => count(session, `${name} where is_called`))) > 0;
}

/** How many rows the table of a column has in the live database. */
export const countTableRows = (live: Database, column: Column): Promise<number> =>
  live.session((session) => count(session, relation(column)));

/** `1 value` of a column, `3 rows` of a table. */
export function held(kind: SchemaObject['kind'], rows: number): string {
  const noun = kind === 'column' ? 'value' : 'row';
  return `${rows} ${noun}${rows === 1 ? '' : 's'}`;
}
