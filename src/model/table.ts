import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import { insertAll, type RowSource } from './bulkInsert.ts';
import { Column, type ColumnParts, ColumnReference, type Presence } from './column.ts';
import { DECLARATION, type Declaration, type DeclaredStatement, STAGES, type StatedRename } from './declaration.ts';
import type { Extra } from './extra.ts';
import { type InputRow, type InsertTarget, insertRows } from './insert.ts';
import { dotted, type Name, type QualifiedName, qualified, writeName } from './name.ts';
import { columnName } from './naming.ts';
import { callerPlace, type Place } from './place.ts';
import { writeForeignKey } from './references.ts';
import { countRows, firstOrCreateRow, type TruncateOptions, truncateTable, upsertRow } from './rows.ts';
import { type SqlReference, TO_SQL } from './sql.ts';
import { writeColumn } from './writeColumn.ts';

/** The key under which a table keeps its name and columns, for code that is generated from it; shared by all copies of this module. */
export const TABLE_PARTS = Symbol.for('fastpyd.table');

/** The columns of a table by property name. */
export type Columns = Readonly<Record<string, Column<any, any, any>>>;

/** The columns as they are named in `sql`, in indexes and in foreign keys. */
export type ColumnReferences<C extends Columns> = { readonly [K in keyof C]: ColumnReference<C[K]['$row']> };

type KeysWhen<C extends Columns, When extends Presence> = { [K in keyof C]: C[K]['$presence'] extends When ? K : never }[keyof C];
type Flat<T> = { [K in keyof T]: T[K] };

/** A row as it is read. */
export type RowOf<C extends Columns> = Flat<{ -readonly [K in keyof C]: C[K]['$row'] }>;

/** A row as it is inserted: what has a default or may be null can be left out, what is generated must be. */
export type NewRowOf<C extends Columns> = Flat<
  { -readonly [K in KeysWhen<C, 'required'>]: C[K]['$insert'] } & { -readonly [K in KeysWhen<C, 'optional'>]?: C[K]['$insert'] | undefined }
>;

/** The rest of a row beside properties that are given already; it can be left out where nothing of it is required. */
type Others<New, Given> =
  Partial<New> extends Omit<New, keyof Given> ? [others?: Omit<New, keyof Given>] : [others: Omit<New, keyof Given>];

/** What a table can do beside naming its columns. */
export interface TableActions<C extends Columns> extends Declaration, SqlReference {
  /** Inserts a row and returns it as the database stored it; in a seeder or a data step. */
  create(row: NewRowOf<C>): Promise<RowOf<C>>;
  /** Inserts many rows in few statements and returns them in the same order. */
  createMany(rows: readonly NewRowOf<C>[]): Promise<RowOf<C>[]>;
  /** Inserts rows as an iterator makes them, by COPY and in constant memory, and returns how many they were: for millions of rows. */
  createMany(rows: RowSource<NewRowOf<C>>): Promise<number>;
  /** The first row with the values of `row`, or else a new one with these and `others`. */
  firstOrCreate<Given extends Partial<NewRowOf<C>>>(row: Given, ...others: Others<NewRowOf<C>, Given>): Promise<RowOf<C>>;
  /** Inserts a row, or brings the row with the same key up to date; `on` names the properties of a key or unique index. */
  upsert(row: NewRowOf<C>, options: { readonly on: (keyof C & string) | readonly (keyof C & string)[] }): Promise<RowOf<C>>;
  /** How many rows there are, or how many with these values. */
  count(row?: Partial<RowOf<C>>): Promise<number>;
  /** Takes all rows away. */
  truncate(options?: TruncateOptions): Promise<void>;
  /** States that the table had another name before, so that it is renamed and its rows are kept. */
  renamedFrom(oldName: string): Table<C>;
  readonly [TABLE_PARTS]: { readonly name: QualifiedName; readonly columns: Columns };
}

/** A declared table: its columns by property name, and what it can do. */
export type Table<C extends Columns = Columns> = TableActions<C> & ColumnReferences<C>;

/** The type of a row of a table: `Row<typeof Post>`. */
export type Row<T extends { create(row: never): Promise<unknown> }> = Awaited<ReturnType<T['create']>>;

/** The type of a row to insert: `NewRow<typeof Post>`. */
export type NewRow<T extends { create(row: never): Promise<unknown> }> = Parameters<T['create']>[0];

const RESERVED = ['create', 'createMany', 'firstOrCreate', 'upsert', 'count', 'truncate', 'renamedFrom'];

interface TableParts {
  readonly name: QualifiedName;
  readonly place: Place;
  readonly columns: Columns;
  readonly extras: () => readonly Extra[];
  readonly renamedFrom?: string | undefined;
}

const nameIn = (columns: Columns, property: string): string => columns[property]?.parts.name ?? columnName(property);

function createTable({ name, columns, extras }: TableParts): string {
  const entries = Object.entries(columns);
  const keys = entries.filter(([, column]) => column.parts.isPrimaryKey).map(([property]) => property);
  const lines = entries.map(([property, column]) =>
    writeColumn(nameIn(columns, property), column, keys.length === 1 && keys[0] === property),
  );
  if (keys.length > 1) lines.push(`PRIMARY KEY (${keys.map((key) => quoteIdentifier(nameIn(columns, key))).join(', ')})`);
  const clauses = extras().map((extra) => extra.tableClause?.() ?? {});
  const prefix = clauses.map((clause) => clause.prefix ?? '').join('');
  const suffix = clauses.map((clause) => clause.suffix ?? '').join('');
  return `CREATE ${prefix}TABLE ${writeName(name)} (${lines.length > 0 ? `\n  ${lines.join(',\n  ')}\n` : ''})${suffix}`;
}

function columnStatements({ name, columns }: TableParts, place: Place): DeclaredStatement[] {
  return Object.entries(columns).flatMap(([property, { parts }]) => {
    const column = nameIn(columns, property);
    const target = `${writeName(name)}.${quoteIdentifier(column)}`;
    const comment = parts.comment === undefined ? [] : [`COMMENT ON COLUMN ${target} IS ${quoteLiteral(parts.comment)}`];
    const key = parts.references;
    const keys = key ? [{ sql: writeForeignKey(name, { columns: [column], ...key }), stage: STAGES.foreignKey, place: key.place }] : [];
    return [
      ...keys,
      ...settings(parts).map((words) => ({
        sql: `ALTER TABLE ${writeName(name)} ALTER COLUMN ${quoteIdentifier(column)} SET ${words}`,
        stage: STAGES.constraint,
        place,
      })),
      ...comment.map((sql) => ({ sql, stage: STAGES.comment, place })),
    ];
  });
}

/** What CREATE TABLE takes only since PostgreSQL 16, or not at all. */
function settings({ storage, statistics }: ColumnParts): readonly string[] {
  return [
    ...(storage === undefined ? [] : [`STORAGE ${storage.toUpperCase()}`]),
    ...(statistics === undefined ? [] : [`STATISTICS ${statistics}`]),
  ];
}

function tableStatements(parts: TableParts): readonly DeclaredStatement[] {
  const create = { sql: createTable(parts), stage: STAGES.table, place: parts.place };
  const extras = parts.extras().flatMap((extra) => extra.statementsFor(parts.name));
  return [create, ...columnStatements(parts, parts.place), ...extras];
}

function tableRenames({ name, place, columns, renamedFrom, extras }: TableParts): readonly StatedRename[] {
  const own = renamedFrom === undefined ? [] : [{ to: dotted(name), from: renamedFrom, place }];
  const ofColumns = Object.entries(columns).flatMap(([property, { parts }]) => {
    const to = `${dotted(name)}.${nameIn(columns, property)}`;
    return parts.renamedFrom ? [{ to, from: parts.renamedFrom.name, place: parts.renamedFrom.place }] : [];
  });
  return [...own, ...ofColumns, ...extras().flatMap((extra) => extra.renamesFor?.(name) ?? [])];
}

function assertUsable(columns: Columns, name: QualifiedName): void {
  for (const [property, column] of Object.entries(columns)) {
    if (!(column instanceof Column)) throw new Error(`${property} of table "${name.name}" is not a column; use column.<type>()`);
    if (!RESERVED.includes(property)) continue;
    throw new Error(`table "${name.name}" cannot have a property "${property}"; give it another name and say .as('${property}')`);
  }
}

function referencesTo<C extends Columns>(name: QualifiedName, columns: C): ColumnReferences<C> {
  const references = Object.keys(columns).map((property) => [
    property,
    new ColumnReference(
      () => name,
      () => nameIn(columns, property),
    ),
  ]);
  return Object.fromEntries(references) as ColumnReferences<C>;
}

function insertTarget({ name, columns }: TableParts): InsertTarget {
  const described = Object.entries(columns).map(([property, { parts }]) => ({
    property,
    name: nameIn(columns, property),
    shape: parts.shape,
  }));
  return { name, columns: described };
}

type RowActions<C extends Columns> = Pick<TableActions<C>, 'create' | 'createMany' | 'firstOrCreate' | 'upsert' | 'count' | 'truncate'>;

function rowActions<C extends Columns>(target: InsertTarget): RowActions<C> {
  // Rows are typed where they are given; what comes back is as the columns say.
  const actions = {
    create: async (row: InputRow) => (await insertRows(target, [row]))[0],
    createMany: (rows: readonly InputRow[] | RowSource<InputRow>) =>
      Array.isArray(rows) ? insertRows(target, rows) : insertAll(target, rows),
    firstOrCreate: (row: InputRow, others: InputRow = {}) => firstOrCreateRow(target, row, others),
    upsert: (row: InputRow, { on }: { readonly on: string | readonly string[] }) => upsertRow(target, row, [on].flat()),
    count: (row: InputRow = {}) => countRows(target, row),
    truncate: (options: TruncateOptions = {}) => truncateTable(target, options),
  };
  return actions as unknown as RowActions<C>;
}

function assemble<C extends Columns>(parts: TableParts & { readonly columns: C }, references: ColumnReferences<C>): Table<C> {
  const actions: TableActions<C> = {
    ...rowActions<C>(insertTarget(parts)),
    renamedFrom: (oldName) => assemble({ ...parts, renamedFrom: oldName }, references),
    [TO_SQL]: () => writeName(parts.name),
    [TABLE_PARTS]: { name: parts.name, columns: parts.columns },
    [DECLARATION]: {
      object: `table ${dotted(parts.name)}`,
      place: parts.place,
      statements: () => tableStatements(parts),
      renames: () => tableRenames(parts),
    },
  };
  return Object.assign(actions, references);
}

/**
 * Declares a table. Property names become column names by the naming of the project (`authorId` → `author_id`).
 * @param extras  given the columns, returns indexes, constraints and whatever else belongs to the table
 */
export function table<const C extends Columns>(
  name: Name,
  columns: C,
  extras: (columns: ColumnReferences<C>) => readonly Extra[] = () => [],
): Table<C> {
  const parts = { name: qualified(name), place: callerPlace(), columns };
  assertUsable(columns, parts.name);
  const references = referencesTo(parts.name, columns);
  let made: readonly Extra[] | undefined;
  const makeOnce = (): readonly Extra[] => {
    made ??= extras(references);
    return made;
  };
  return assemble({ ...parts, extras: makeOnce }, references);
}
