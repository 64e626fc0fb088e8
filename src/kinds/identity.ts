import type { Column } from './columns.ts';
import { idOf, qualify, quote } from './identifier.ts';
import type { AlterContext, Member } from './kind.ts';
import { BOUNDS, bringIntoRange } from './sequenceRange.ts';
import type { Table } from './tables.ts';

/** How PostgreSQL numbers the rows of a column: the sequence behind it, which has no life of its own. */
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

/** The sequence, as the catalog has it. */
export interface SequenceRow {
  readonly oid: string;
  /** Qualified, each part quoted. */
  readonly name: string;
  readonly values: readonly string[];
  readonly cycle: boolean;
  readonly persistence: string;
}

interface IdentityRow {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly identity: string;
  readonly sequence: SequenceRow | null;
  readonly table_persistence: string;
}

/** The name that PostgreSQL would choose for the sequence of an identity column, qualified and quoted. */
const usualSequence = ({ schema, table, column }: Pick<Column, 'schema' | 'table' | 'column'>): string =>
  `"${schema}"."${table}_${column}_seq"`;

/** Null for a column that is not numbered by PostgreSQL. */
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

/** ` GENERATED … AS IDENTITY` in the definition of a column. */
export const identityClause = (column: Column): string =>
  column.identity === null
    ? ''
    : ` GENERATED ${column.identity.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${identityOptions(column.identity, column.type)}`;

const alterColumn = (column: Column): string => `ALTER TABLE ${qualify(column.schema, column.table)} ALTER COLUMN ${quote(column.column)}`;

/** The statements that lead there. The sequence is kept wherever it can be: one that is made anew would count from the beginning. */
export function changeIdentity(before: Column, after: Column, context: AlterContext): readonly string[] {
  const [was, is] = [before.identity, after.identity];
  if (was === null) return is === null ? [] : [`${alterColumn(after)} ADD${identityClause(after)}`];
  if (is === null) return [`${alterColumn(after)} DROP IDENTITY`];
  const range = bringIntoRange(qualify(after.schema, sequenceName(after)), was, is);
  const sets = [...changedOptions(was, is), ...range.restart];
  return [
    ...changeSequence(before, after, context),
    ...range.statements,
    ...(sets.length > 0 ? [`${alterColumn(after)} ${sets.join(' ')}`] : []),
  ];
}

const changedOptions = (was: Identity, is: Identity): readonly string[] => [
  ...(was.always === is.always ? [] : [`SET GENERATED ${is.always ? 'ALWAYS' : 'BY DEFAULT'}`]),
  ...(was.increment === is.increment ? [] : [`SET INCREMENT BY ${is.increment}`]),
  ...(was.min === is.min ? [] : [`SET MINVALUE ${is.min}`]),
  ...(was.max === is.max ? [] : [`SET MAXVALUE ${is.max}`]),
  ...(was.start === is.start ? [] : [`SET START WITH ${is.start}`]),
  ...(was.cache === is.cache ? [] : [`SET CACHE ${is.cache}`]),
  ...(was.cycle === is.cycle ? [] : [`SET ${is.cycle ? '' : 'NO '}CYCLE`]),
];

/** Its name, and whether it is logged where its table is not, or the other way round. */
function changeSequence(before: Column, after: Column, context: AlterContext): readonly string[] {
  const [was, is] = [sequenceName(before), sequenceName(after)];
  const isUnlogged = after.identity?.unlogged ?? (context.after(idOf('table', after.schema, after.table)) as Table | undefined)?.unlogged;
  return [
    ...(was === is ? [] : [`ALTER SEQUENCE ${qualify(after.schema, was)} RENAME TO ${quote(is)}`]),
    ...(before.identity?.unlogged === after.identity?.unlogged
      ? []
      : [`ALTER SEQUENCE ${qualify(after.schema, is)} SET ${isUnlogged ? 'UNLOGGED' : 'LOGGED'}`]),
  ];
}

/** Alone, unquoted. */
function sequenceName(column: Column): string {
  const sequence = column.identity?.sequence ?? usualSequence(column);
  return sequence.slice(quote(column.schema).length + 2, -1).replaceAll('""', '"');
}

/** The sequence behind an identity column; under another name it goes on counting where it is. */
export const sequencesOf = (column: Column): readonly Member[] => (column.identity === null ? [] : [{ name: sequenceName(column) }]);
