/**
 * What the tables of a benchmark are, as data that no tool is named in: fastpyd's models and those of every peer are written from it.
 * Each has 10 or 11 columns, 2 indexes, 1 or 2 foreign keys, 5 defaults, a check and a column of a shared enum.
 */
import { Random } from './random.ts';
import { AMOUNTS, AREAS, ENUMS, FLAGS, HUBS, NOUNS, TEXTS } from './words.ts';

export type EnumName = keyof typeof ENUMS;

/** A column's type as every tool has it. */
export type ColumnType =
  | { readonly kind: 'id' | 'text' | 'boolean' | 'jsonb' | 'date' | 'uuid' | 'timestamptz' | 'numeric' }
  | { readonly kind: 'varchar'; readonly length: number }
  | { readonly kind: 'enum'; readonly name: EnumName }
  | { readonly kind: 'reference'; readonly to: TableNames; readonly onDelete: 'cascade' | 'set null' };

export interface ColumnSpec {
  /** As in SQL. */
  readonly name: string;
  readonly type: ColumnType;
  readonly isNullable: boolean;
  /** A literal, or the time of the insert. */
  readonly default?: string | number | boolean | typeof NOW | undefined;
}

/** One table under each of its names. */
export interface TableNames {
  /** As in SQL: `billing_invoices`. */
  readonly table: string;
  /** Of one row, and of its file: `billing_invoice`. */
  readonly row: string;
}

export interface TableSpec extends TableNames {
  readonly columns: readonly ColumnSpec[];
  /** Each the columns of one index. */
  readonly indexes: readonly (readonly string[])[];
  /** A column that must not be negative. */
  readonly notNegative: string;
  /** Columns that nothing else of the table names, so that an edit may remove them alone. */
  readonly plain: readonly string[];
}

/** Stands for SQL's `now()` among the defaults. */
export const NOW = Symbol('now()');

/** So many tables fit; the words give no more names. */
export const MOST_TABLES = HUBS.length + AREAS.length * NOUNS.length;

/** The tables of one schema: the same for the same seed, and those of a smaller one are the first of a larger. */
export function describeTables({ tables, seed }: { readonly tables: number; readonly seed: number }): readonly TableSpec[] {
  if (!(tables >= 1 && tables <= MOST_TABLES)) throw new RangeError(`${tables} tables: from 1 to ${MOST_TABLES} can be described`);
  const random = new Random(seed);
  const names = namesIn(random).slice(0, tables);
  return names.map((each, index) => describeTable(each, referencesOf(each, { earlier: names.slice(0, index), random }), random));
}

function namesIn(random: Random): readonly TableNames[] {
  const rows = AREAS.flatMap((area) => NOUNS.map((noun) => `${area}_${noun}`));
  return [...HUBS, ...random.shuffle(rows)].map((row) => ({ row, table: `${row}s` }));
}

const FAR = 50;

/** One hub, and for every other table a neighbour; the first table can only refer to itself. */
function referencesOf(own: TableNames, { earlier, random }: { earlier: readonly TableNames[]; random: Random }): readonly ColumnSpec[] {
  const hub = earlier[random.between(0, Math.min(earlier.length, HUBS.length))];
  const neighbour = earlier[random.between(Math.max(0, earlier.length - FAR), earlier.length)];
  if (hub === undefined) return [reference(own, 'set null')];
  const hasSecond = random.next() < 0.5 && neighbour !== undefined && neighbour !== hub;
  return [reference(hub, 'cascade'), ...(hasSecond ? [reference(neighbour, 'set null')] : [])];
}

const reference = (to: TableNames, onDelete: 'cascade' | 'set null'): ColumnSpec => ({
  name: `${to.row}_id`,
  type: { kind: 'reference', to, onDelete },
  isNullable: onDelete === 'set null',
});

function describeTable(names: TableNames, references: readonly ColumnSpec[], random: Random): TableSpec {
  const status = statusColumn(random);
  const amount = required(random.pick(AMOUNTS), { kind: 'numeric' }, 0);
  const plain = plainColumns(random);
  return {
    ...names,
    columns: [
      required('id', { kind: 'id' }),
      ...references,
      required('name', { kind: 'varchar', length: random.pick([100, 120, 200, 255]) }),
      status,
      amount,
      ...plain,
      required('created_at', { kind: 'timestamptz' }, NOW),
      required('updated_at', { kind: 'timestamptz' }, NOW),
    ],
    indexes: [[references[0]?.name ?? 'id', 'created_at'], [status.name]],
    notNegative: amount.name,
    plain: plain.map(({ name }) => name),
  };
}

function statusColumn(random: Random): ColumnSpec {
  const name = random.pick(Object.keys(ENUMS) as [EnumName, ...EnumName[]]);
  return required(name, { kind: 'enum', name }, ENUMS[name][0]);
}

function plainColumns(random: Random): readonly ColumnSpec[] {
  const last = random.pick([
    optional('details', { kind: 'jsonb' }),
    optional('due_on', { kind: 'date' }),
    optional('key', { kind: 'uuid' }),
  ]);
  return [optional(random.pick(TEXTS), { kind: 'text' }), required(random.pick(FLAGS), { kind: 'boolean' }, false), last];
}

function required(name: string, type: ColumnType, value?: ColumnSpec['default']): ColumnSpec {
  return { name, type, isNullable: false, default: value };
}

function optional(name: string, type: ColumnType): ColumnSpec {
  return { name, type, isNullable: true };
}
