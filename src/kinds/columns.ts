import { type ColumnSettings, type ColumnSettingsRow, changeSettings, NO_SETTINGS, SETTINGS, settingsOf } from './columnSettings.ts';
import { settled } from './deparsed.ts';
import { isMadeOfRows } from './fill.ts';
import { changeForeignOptions, type ForeignOptions, foreignOptions } from './foreignOptions.ts';
import { idOf, literal, nameOf, namesIn, qualify, quote } from './identifier.ts';
import { changeIdentity, type Identity, identityClause, identityOf, type SequenceRow, sequencesOf } from './identity.ts';
import type { Index } from './indexes.ts';
import {
  type Alteration,
  type AlterContext,
  defineKind,
  type Hazard,
  REPLACE,
  type SchemaObject,
  type Statement,
  type ValueChange,
} from './kind.ts';
import {
  changeNotNull,
  dropNotNull,
  laterNotNull,
  NOT_NULL_ROW,
  type NotNull,
  type NotNullRow,
  notNullClause,
  notNullOf,
  requireFilled,
} from './notNull.ts';
import { changeOptions } from './options.ts';
import { relationId } from './relationKind.ts';
import { sameValue } from './sameValue.ts';
import type { Statistics } from './statistics.ts';
import type { Table } from './tables.ts';

/** A column of a table. Its default is a kind of its own, so that cycles through functions can be broken. */
export interface Column extends SchemaObject, ColumnSettings {
  readonly kind: 'column';
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** As format_type prints it: `character varying(200)`. */
  readonly type: string;
  /** Qualified and quoted; null where it is the type's own. */
  readonly collation: string | null;
  readonly notNull: boolean;
  /** Null where nothing else is said of that. */
  readonly notNullAs: NotNull | null;
  readonly identity: Identity | null;
  readonly generated: { readonly expression: string; readonly stored: boolean } | null;
  /** What the wrapper of a foreign table is told of the column; null for a table of this database. */
  readonly foreign: ForeignOptions | null;
}

interface ColumnRow extends ColumnSettingsRow {
  readonly relation: string;
  readonly number: number;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly collation: string | null;
  readonly not_null: boolean;
  readonly not_null_row: NotNullRow | null;
  readonly identity: string;
  readonly generated: string;
  readonly expression: string | null;
  readonly default_oid: string | null;
  readonly local: boolean;
  readonly partition: boolean;
  readonly parent_schema: string | null;
  readonly parent_table: string | null;
  readonly sequence: SequenceRow | null;
  readonly table_persistence: string;
  readonly relation_kind: string;
  readonly foreign_options: readonly string[] | null;
}

const fromRow = (row: ColumnRow): Column => ({
  kind: 'column',
  id: idOf('column', row.schema, row.table, row.column),
  name: nameOf(row.schema, row.table, row.column),
  owner: relationId(row.relation_kind, row.schema, row.table),
  schema: row.schema,
  table: row.table,
  column: row.column,
  type: row.type,
  collation: row.collation,
  notNull: row.not_null,
  notNullAs: notNullOf(row.not_null_row),
  identity: identityOf(row),
  generated: row.generated === '' ? null : { expression: settled(row.expression ?? ''), stored: row.generated === 's' },
  ...settingsOf(row),
  foreign: row.relation_kind === 'f' ? [...(row.foreign_options ?? [])].sort() : null,
});

const generatedClause = (column: Column): string =>
  column.generated === null
    ? ''
    : ` GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored ? 'STORED' : 'VIRTUAL'}`;

/** The table of a column, on the way to a state or in it. */
const tableIn = (column: Column, find: AlterContext['after']): Table | undefined => {
  const owner = column.owner === undefined ? undefined : find(column.owner);
  return owner?.kind === 'table' ? (owner as Table) : undefined;
};

/** Is the column generated as that of a parent, which PostgreSQL before 16 takes over and does not let a child repeat? */
const isGeneratedAbove = (column: Column, table: Table | undefined, find: AlterContext['after']): boolean =>
  table?.inherits.some((parent) => {
    const above = find(idOf('column', ...namesIn(parent), column.column)) as Column | undefined;
    return sameValue(above?.generated, column.generated);
  }) ?? false;

/** The column as it stands inside CREATE TABLE; that of a table OF a type has the type's. */
function inlineDefinition(column: Column, { after, inlined = [] }: AlterContext): string {
  const table = tableIn(column, after);
  if (isGeneratedAbove(column, table, after)) return columnDefinition({ ...column, generated: null }, inlined);
  if ((table?.ofType ?? null) === null) return columnDefinition(column, inlined);
  const options = [notNullClause(column), ...inlined.map((clause) => ` ${clause}`)].join('');
  return options === '' ? '' : `${quote(column.column)} WITH OPTIONS${options}`;
}

/** The column as it stands inside CREATE TABLE or behind ADD COLUMN. */
const columnDefinition = (column: Column, inlined: readonly string[] = []): string =>
  [
    `${quote(column.column)} ${column.type}`,
    foreignOptions(column.foreign ?? []),
    column.collation === null ? '' : ` COLLATE ${column.collation}`,
    generatedClause(column),
    identityClause(column),
    notNullClause(column),
    ...inlined.map((clause) => ` ${clause}`),
  ].join('');

const tableOf = (column: Column): string => qualify(column.schema, column.table);
const alterTable = (column: Column): string => `ALTER TABLE ${tableOf(column)}`;
const alterOnly = (column: Column): string => `ALTER TABLE ONLY ${tableOf(column)}`;
const alterColumn = (column: Column): string => `${alterTable(column)} ALTER COLUMN ${quote(column.column)}`;

/** What neither CREATE TABLE nor ADD COLUMN can say on every supported server. */
const settings = (before: ColumnSettings, after: Column): string[] =>
  changeSettings(`${alterOnly(after)} ALTER COLUMN ${quote(after.column)}`, before, after);

/** A table without a wide column has nothing aside, and forgets settings for that, be it for a moment: they are said again. */
function asideSettings(column: Column, { after }: AlterContext): readonly string[] {
  const options = tableIn(column, after)?.options.filter((option) => option.startsWith('toast.')) ?? [];
  return changeOptions(alterTable(column), [], options);
}

function addColumn(column: Column, { fill, inlined, before, after }: AlterContext): readonly (string | Statement)[] {
  const add = (added: Column): string => `${alterTable(column)} ADD COLUMN ${columnDefinition(added, inlined)}`;
  const value = fill?.get(column.name);
  if (value === undefined) return [add(isFilledLater(column, { inlined, after, before }) ? { ...column, notNull: false } : column)];
  const find = (name: string): SchemaObject | undefined => {
    const id = idOf('column', column.schema, column.table, name);
    return before(id) ?? after(id);
  };
  if (!isMadeOfRows(value, (name) => find(name) !== undefined))
    return [`${add(column)} DEFAULT ${value}`, `${alterColumn(column)} DROP DEFAULT`];
  return [add({ ...column, notNull: false }), fillRows(column, value), ...requireFilled(column)];
}

/**
 * Does the default of a new column come later than it, such as one that needs a sequence which the column owns? Rows are filled with it then;
 * those of partitions and child tables are among their parent's.
 */
export function isFilledLater(
  column: Column,
  { before, after, inlined = [] }: Pick<AlterContext, 'before' | 'after' | 'inlined'>,
): boolean {
  const path = [column.schema, column.table] as const;
  const table = before(idOf('table', ...path)) as Table | undefined;
  const isOwn = table?.inherits.length === 0 && before(idOf('partition', ...path)) === undefined;
  const isApart = after(idOf('default', ...path, column.column)) !== undefined && !inlined.some((clause) => clause.startsWith('DEFAULT '));
  return before(column.id) === undefined && column.notNull && isOwn && isApart;
}

/** The statement that gives all rows a value of a new column. */
export const fillRows = (column: Column, value: string): Statement => ({
  sql: `UPDATE ${tableOf(column)} SET ${quote(column.column)} = ${value}`,
  hazards: [{ name: 'REWRITES_TABLE', message: `every row of ${nameOf(column.schema, column.table)} is written anew` }],
});

const dropColumn = (column: Column, alter: string): Statement => ({
  sql: `${alter} DROP COLUMN ${quote(column.column)}`,
  hazards: column.foreign === null ? [{ name: 'DELETES_DATA', message: `the values of ${column.name} are lost` }] : [],
});

const isGeneratedColumn = (object: SchemaObject): boolean => object.kind === 'column' && (object as Column).generated !== null;

/** That of which PostgreSQL forgets something when it rebuilds it: targets, whom statistics belong to, how triggers behind keys fire. */
function isForgotten(object: SchemaObject, { after }: AlterContext): boolean {
  if (object.kind === 'index') return (object as Index).statistics.length > 0;
  if (object.kind === 'internal triggers') return true;
  return object.kind === 'statistics' && ((object as Statistics).target !== null || after(`owner:${object.id}`) !== undefined);
}

/** Dependents that PostgreSQL will not alter a column's type under; it rebuilds indexes and constraints by itself. */
const blocksTypeChange = (object: SchemaObject): boolean =>
  isGeneratedColumn(object) ||
  ['view', 'materialized view', 'rule', 'policy', 'trigger', 'default', 'routine', 'publication table'].includes(object.kind);

/** Types whose values PostgreSQL compares with each other, as a foreign key does. */
const COMPARABLE = [/^(?:smallint|integer|bigint)$/, /^(?:text|character\b.*)$/];

const areComparable = (one: string, other: string): boolean =>
  one.replace(/\(.*\)/, '') === other.replace(/\(.*\)/, '') || COMPARABLE.some((family) => family.test(one) && family.test(other));

/** A foreign key would stand for a moment between two types that cannot be compared. */
const blocksRecast = (object: SchemaObject): boolean => blocksTypeChange(object) || Reflect.get(object, 'type') === 'foreign key';

const isArray = ({ type }: Column): boolean => type.endsWith('[]');

/** The values of a column whose type loses some, as text: those that go replaced. */
function mappedText(name: string, { isList, values }: ValueChange): string {
  if (isList) return values.reduce((text, { from, to }) => `array_replace(${text}, ${literal(from)}, ${literal(to)})`, `${name}::text[]`);
  const cases = values.map(({ from, to }) => ` WHEN ${literal(from)} THEN ${literal(to)}`);
  return `(CASE ${name}::text${cases.join('')} ELSE ${name}::text END)`;
}

/**
 * The column's values on their way to the new type. Left alone, PostgreSQL casts as it does when a value is stored, and refuses one that does not
 * fit; a cast that is written out would cut it to fit. Through text goes element by element where both are arrays.
 */
function castValues(before: Column, column: Column, context: AlterContext): string | undefined {
  const name = quote(column.column);
  const mapped = context.recast === true ? context.mapped?.get(column.id) : undefined;
  if (mapped !== undefined) return mappedText(name, mapped);
  const cast = context.recast === true ? 'through text' : context.casts?.get(column.id);
  return cast === 'through text' ? `${name}::text${isArray(before) && isArray(column) ? '[]' : ''}` : cast && name;
}

function changeType(before: Column, column: Column, context: AlterContext): Statement {
  const collate = column.collation === null ? '' : ` COLLATE ${column.collation}`;
  const isStored = column.generated === null && column.foreign === null;
  const values = isStored ? castValues(before, column, context) : undefined;
  const using = values === undefined ? '' : ` USING ${values}::${column.type}`;
  return {
    sql: `${alterColumn(column)} TYPE ${column.type}${collate}${using}`,
    hazards: column.foreign === null ? [rewriting(column), ...merging(column, context)] : [],
  };
}

function merging(column: Column, { recast, mapped }: AlterContext): readonly Hazard[] {
  const merged = recast === true ? (mapped?.get(column.id)?.values.filter(({ isMerged }) => isMerged) ?? []) : [];
  if (merged.length === 0) return [];
  const what = merged.map(({ from, to }) => `${from} becomes ${to}`).join(', ');
  return [{ name: 'MERGES_VALUES', message: `in ${column.name} ${what}; no way back tells such rows from the others` }];
}

/** Since PostgreSQL 17 a stored column can be computed anew where it stands, with all that depends on it; a virtual one only in some tables. */
function isRecomputed(before: Column, after: Column, context: AlterContext): boolean {
  const areStored = before.generated?.stored === true && after.generated?.stored === true;
  return areStored && (context.majorVersion ?? 0) >= 17 && before.type === after.type && before.collation === after.collation;
}

const recompute = (before: Column, after: Column): readonly Statement[] =>
  after.generated === null || before.generated === null || before.generated.expression === after.generated.expression
    ? []
    : [{ sql: `${alterColumn(after)} SET EXPRESSION AS (${after.generated.expression})`, hazards: [rewriting(after)] }];

const rewriting = ({ schema, table }: Column): Hazard => ({
  name: 'REWRITES_TABLE',
  message: `every row of ${schema}.${table} may be rewritten under an exclusive lock`,
});

function alterInPlace(before: Column, after: Column, context: AlterContext): Alteration {
  const retyped = before.type !== after.type || before.collation !== after.collation || context.recast === true;
  const statements: (string | Statement)[] = [];
  if (before.identity !== null && after.identity === null) statements.push(...changeIdentity(before, after, context));
  statements.push(...recompute(before, after));
  if (before.generated !== null && after.generated === null) statements.push(`${alterColumn(after)} DROP EXPRESSION`);
  statements.push(...dropNotNull(before, after));
  if (retyped) statements.push(changeType(before, after, context));
  statements.push(...changeNotNull(before, after, context));
  if (after.identity !== null) statements.push(...changeIdentity(before, after, context));
  // A new type comes with its own way to be stored.
  statements.push(...settings(retyped ? { ...before, storage: null, compression: null } : before, after));
  if (retyped || before.storage !== after.storage) statements.push(...asideSettings(after, context));
  const foreign = changeForeignOptions(before.foreign ?? [], after.foreign ?? []);
  if (foreign !== '') statements.push(`${alterColumn(after).replace('ALTER TABLE', 'ALTER FOREIGN TABLE')}${foreign}`);
  const blocks = context.recast || !areComparable(before.type, after.type) ? blocksRecast : blocksTypeChange;
  return { statements, rebuild: retyped ? (dependent) => blocks(dependent) || isForgotten(dependent, context) : undefined };
}

export const columns = defineKind<Column>({
  name: 'column',
  order: 70,
  query: (within) => `
    select a.attrelid::text as relation, a.attnum as number, n.nspname as schema, c.relname as "table", a.attname as "column",
      format_type(a.atttypid, a.atttypmod) as type,
      case when a.attcollation <> t.typcollation and a.attcollation <> 0 then (select quote_ident(cn.nspname) || '.' || quote_ident(l.collname) from pg_collation l join pg_namespace cn on cn.oid = l.collnamespace where l.oid = a.attcollation) end as collation,
      a.attnotnull as not_null, ${NOT_NULL_ROW} as not_null_row, a.attidentity as identity, a.attgenerated as generated,
      pg_get_expr(d.adbin, d.adrelid) as expression, d.oid::text as default_oid,
      ${SETTINGS}, a.attislocal as local, c.relispartition as partition,
      pn.nspname as parent_schema, pc.relname as parent_table, c.relpersistence as table_persistence, c.relkind as relation_kind, to_json(a.attfdwoptions) as foreign_options,
      case when a.attidentity <> '' then (
        select json_build_object('oid', s.seqrelid::text, 'name', '"' || replace(sn.nspname, '"', '""') || '"."' || replace(sc.relname, '"', '""') || '"', 'cycle', s.seqcycle, 'persistence', sc.relpersistence,
          'values', json_build_array(s.seqstart::text, s.seqincrement::text, s.seqmin::text, s.seqmax::text, s.seqcache::text))
        from pg_depend dep join pg_sequence s on s.seqrelid = dep.objid join pg_class sc on sc.oid = s.seqrelid join pg_namespace sn on sn.oid = sc.relnamespace
        where dep.classid = 'pg_class'::regclass and dep.refclassid = 'pg_class'::regclass and dep.refobjid = a.attrelid and dep.refobjsubid = a.attnum and dep.deptype = 'i' limit 1) end as sequence
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = a.atttypid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join lateral (select i.inhparent from pg_inherits i join pg_attribute pa on pa.attrelid = i.inhparent and pa.attname = a.attname and not pa.attisdropped where i.inhrelid = a.attrelid order by i.inhseqno limit 1) inh on a.attinhcount > 0
      left join pg_class pc on pc.oid = inh.inhparent left join pg_namespace pn on pn.oid = pc.relnamespace
    where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f') and c.relpersistence <> 't' and ${within.roots('a.attrelid', 'c.relnamespace')}
    order by a.attrelid, a.attnum`,
  *introspect(catalog, rows: readonly ColumnRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.relation)) continue;
      yield {
        object: fromRow(row),
        addresses: [
          `pg_class/${row.relation}/${row.number}`,
          ...(row.sequence === null ? [] : [`pg_class/${row.sequence.oid}/0`]),
          ...(row.default_oid === null || row.generated === '' ? [] : [`pg_attrdef/${row.default_oid}/0`]),
        ],
        position: row.number,
        madeUpName: row.not_null_row?.name,
        inheritedFrom:
          row.parent_table === null || row.parent_schema === null
            ? undefined
            : idOf('column', row.parent_schema, row.parent_table, row.column),
        // A partition's columns are its own until it is attached; those of a child table come with INHERITS.
        implied: !row.local && !row.partition,
      };
    }
  },
  reference: (column) => `COLUMN ${tableOf(column)}.${quote(column.column)}`,
  create: (column, context) => [
    ...addColumn(column, context),
    ...laterNotNull(column),
    ...settings(NO_SETTINGS, column),
    ...asideSettings(column, context),
  ],
  drop: (column, { only } = {}) => [dropColumn(column, only ? alterOnly(column) : alterTable(column))],
  alter: (before, after, context) => {
    const regenerated = after.generated !== null && JSON.stringify(before.generated) !== JSON.stringify(after.generated);
    return regenerated && !isRecomputed(before, after, context) ? REPLACE : alterInPlace(before, after, context);
  },
  rename: (before, after) => [`${alterTable(before)} RENAME COLUMN ${quote(before.column)} TO ${quote(after.column)}`],
  // ADD COLUMN reaches child tables, the settings behind it are for one table each.
  asInherited: (column, parent) => ({ ...column, ...NO_SETTINGS, notNull: parent.notNull }),
  // CREATE TABLE … INHERITS takes over how the parent's values are stored.
  asImplied: (column, parent) => ({
    ...column,
    ...NO_SETTINGS,
    storage: parent?.storage ?? null,
    compression: parent?.compression ?? null,
    notNull: parent?.notNull ?? false,
  }),
  ofOneTable: ['identity', 'storage', 'compression', 'statistics', 'options'],
  members: {
    kind: 'identity sequence',
    of: sequencesOf,
    rename: (column, from, to) => [`ALTER SEQUENCE ${qualify(column.schema, from)} RENAME TO ${quote(to)}`],
    holdsData: false,
    claims: (column, name) => [`relation ${nameOf(column.schema, name)}`],
  },
  holds: (column) => sequencesOf(column).map(({ name }) => `relation ${nameOf(column.schema, name)}`),
  inline: inlineDefinition,
  afterInline: (column) => [...laterNotNull(column), ...settings(NO_SETTINGS, column)],
  holdsData: (column) => column.generated === null && column.foreign === null,
});
