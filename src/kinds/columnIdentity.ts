import { quote } from './identifier.ts';
import type { Member } from './kind.ts';

/** A column that counts by a sequence of its own, which is a part of it. */
export interface Identity {
  readonly always: boolean;
  /** The sequence's name, where it is not the one that PostgreSQL would choose. */
  readonly sequence: string | null;
  readonly unlogged: boolean | null;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
}

/** An identity column, as far as its counting goes. */
interface Counting {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly identity: Identity | null;
}

/** What the catalog has of an identity column. */
export interface IdentityRow {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly identity: string;
  readonly sequence: {
    readonly oid: string;
    readonly name: string;
    readonly values: readonly string[];
    readonly cycle: boolean;
    readonly persistence: string;
  } | null;
  readonly table_persistence: string;
}

/** The name that PostgreSQL would choose for the sequence of an identity column, qualified and quoted. */
const usualSequence = ({ schema, table, column }: Pick<Counting, 'schema' | 'table' | 'column'>): string =>
  `"${schema}"."${table}_${column}_seq"`;

/** How a column counts; null for one that does not, and for one of a partition, which counts with its whole. */
export function identityOf(row: IdentityRow): Identity | null {
  if (row.sequence === null) return null;
  const [start = '1', increment = '1', min = '1', max = '1', cache = '1'] = row.sequence.values;
  const usual = usualSequence(row);
  const name = row.sequence.name;
  return {
    always: row.identity === 'a',
    sequence: name === usual ? null : name,
    unlogged: row.sequence.persistence === row.table_persistence ? null : row.sequence.persistence === 'u',
    start,
    increment,
    min,
    max,
    cache,
    cycle: row.sequence.cycle,
  };
}

/** The largest and smallest values of the types that an identity column can have. */
const BOUNDS: Readonly<Record<string, readonly [min: string, max: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

function identityOptions(identity: Identity, type: string): string {
  const [lowest, highest] = BOUNDS[type] ?? BOUNDS.bigint ?? ['', ''];
  const descending = identity.increment.startsWith('-');
  const min = descending ? lowest : '1';
  const max = descending ? '-1' : highest;
  const options = [
    identity.sequence === null ? '' : `SEQUENCE NAME ${identity.sequence}`,
    identity.unlogged === null ? '' : identity.unlogged ? 'UNLOGGED' : 'LOGGED',
    identity.start === (descending ? max : min) && identity.start === (descending ? identity.max : identity.min)
      ? ''
      : `START WITH ${identity.start}`,
    identity.increment === '1' ? '' : `INCREMENT BY ${identity.increment}`,
    identity.min === min ? '' : `MINVALUE ${identity.min}`,
    identity.max === max ? '' : `MAXVALUE ${identity.max}`,
    identity.cache === '1' ? '' : `CACHE ${identity.cache}`,
    identity.cycle ? 'CYCLE' : '',
  ].filter((option) => option !== '');
  return options.length > 0 ? ` (${options.join(' ')})` : '';
}

/** ` GENERATED … AS IDENTITY` with what is not usual, or nothing. */
export const identityClause = (column: Counting): string =>
  column.identity === null
    ? ''
    : ` GENERATED ${column.identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${identityOptions(column.identity, column.type)}`;

/** The statements that make one way of counting another; `alter` is `ALTER TABLE … ALTER COLUMN …`. */
export function changeIdentity(alter: string, before: Counting, after: Counting): string[] {
  if (before.identity === null) return after.identity === null ? [] : [`${alter} ADD${identityClause(after)}`];
  if (after.identity === null) return [`${alter} DROP IDENTITY`];
  if (before.identity.sequence !== after.identity.sequence || before.identity.unlogged !== after.identity.unlogged) {
    return [`${alter} DROP IDENTITY`, `${alter} ADD${identityClause(after)}`];
  }
  const { always: wasAlways, sequence: _, unlogged: __, ...wasOptions } = before.identity;
  const { always, sequence: ___, unlogged: ____, ...options } = after.identity;
  const sets = [
    ...(wasAlways === always ? [] : [`SET GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'}`]),
    ...(wasOptions.increment === options.increment ? [] : [`SET INCREMENT BY ${options.increment}`]),
    ...(wasOptions.min === options.min ? [] : [`SET MINVALUE ${options.min}`]),
    ...(wasOptions.max === options.max ? [] : [`SET MAXVALUE ${options.max}`]),
    ...(wasOptions.start === options.start ? [] : [`SET START WITH ${options.start}`]),
    ...(wasOptions.cache === options.cache ? [] : [`SET CACHE ${options.cache}`]),
    ...(wasOptions.cycle === options.cycle ? [] : [`SET ${options.cycle ? '' : 'NO '}CYCLE`]),
  ];
  return sets.length > 0 ? [`${alter} ${sets.join(' ')}`] : [];
}

/** The sequence behind an identity column; under another name it goes on counting where it is. */
export function sequencesOf(column: Counting): readonly Member[] {
  if (column.identity === null) return [];
  const sequence = column.identity.sequence ?? usualSequence(column);
  const name = sequence.slice(quote(column.schema).length + 1);
  return [{ name: name.slice(1, -1).replaceAll('""', '"') }];
}
