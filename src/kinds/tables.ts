import type { Column } from './columns.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type AlterContext, defineKind, type Hazard, REPLACE, type SchemaObject } from './kind.ts';
import { changeOptions, optionList } from './options.ts';

/** A table of any sort that holds rows: ordinary, partitioned or a partition. Its columns and constraints are kinds of their own. */
export interface Table extends SchemaObject {
  readonly kind: 'table';
  readonly schema: string;
  readonly table: string;
  readonly unlogged: boolean;
  /** `heap` is left out, since it is what every server starts with; but a partitioned table can say so to its partitions. */
  readonly accessMethod: string | null;
  /** Storage parameters as `name=value`, sorted; those of the TOAST table carry `toast.`. */
  readonly options: readonly string[];
  /** `RANGE (created_at)`, null for a table that is not partitioned. */
  readonly partitionBy: string | null;
  /** Parents in the sense of INHERITS, qualified and quoted, in order; a partition's parent is not among them. */
  readonly inherits: readonly string[];
  /** `OF type`, qualified and quoted. */
  readonly ofType: string | null;
  readonly rowSecurity: boolean;
  readonly forceRowSecurity: boolean;
}

interface TableRow {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  readonly persistence: string;
  readonly access_method: string | null;
  readonly options: readonly string[] | null;
  readonly toast_options: readonly string[] | null;
  readonly toast: string;
  readonly partition_by: string | null;
  readonly inherits: readonly string[] | null;
  readonly of_type: string | null;
  readonly row_security: boolean;
  readonly force_row_security: boolean;
  readonly row_type: string;
  readonly array_type: string;
}

const nameOfTable = (table: Table): string => qualify(table.schema, table.table);

function fromRow(row: TableRow): Table {
  return {
    kind: 'table',
    id: idOf('table', row.schema, row.table),
    name: nameOf(row.schema, row.table),
    schema: row.schema,
    table: row.table,
    unlogged: row.persistence === 'u',
    accessMethod: row.access_method === 'heap' && row.partition_by === null ? null : row.access_method,
    options: [...(row.options ?? []), ...(row.toast_options ?? []).map((option) => `toast.${option}`)].sort(),
    partitionBy: row.partition_by,
    inherits: row.inherits ?? [],
    ofType: row.of_type,
    rowSecurity: row.row_security,
    forceRowSecurity: row.force_row_security,
  };
}

function createTable(table: Table, inlined: readonly string[] = []): string {
  const lines = inlined.filter((line) => line !== '');
  const body = lines.length > 0 ? `(\n  ${lines.join(',\n  ')}\n)` : '()';
  const parts = [
    `CREATE ${table.unlogged ? 'UNLOGGED ' : ''}TABLE ${nameOfTable(table)}`,
    table.ofType === null ? body : `OF ${table.ofType}${lines.length > 0 ? ` ${body}` : ''}`,
    table.inherits.length > 0 ? `INHERITS (${table.inherits.join(', ')})` : '',
    table.partitionBy === null ? '' : `PARTITION BY ${table.partitionBy}`,
    table.accessMethod === null ? '' : `USING ${quote(table.accessMethod)}`,
    table.options.length > 0 ? `WITH (${optionList(table.options)})` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

const accessMethod = ({ accessMethod, partitionBy }: Table): string =>
  accessMethod === null && partitionBy !== null ? 'DEFAULT' : quote(accessMethod ?? 'heap');

const isAside = (option: string): boolean => option.startsWith('toast.');

/**
 * A table whose wide columns are all PLAIN has no TOAST table once it is rewritten, and nothing to set there: it gets one while such a column is
 * stored otherwise for a moment.
 */
function changeStorage(before: Table, after: Table, { dependents }: AlterContext): readonly string[] {
  const alter = `ALTER TABLE ${nameOfTable(after)}`;
  const isRewritten = before.unlogged !== after.unlogged || before.accessMethod !== after.accessMethod;
  const plain = dependents(after.id).find((one) => one.kind === 'column' && (one as Column).storage === 'PLAIN') as Column | undefined;
  const options = (given: readonly string[]): string[] => changeOptions(alter, given, after.options);
  if (!isRewritten || plain === undefined || !after.options.some(isAside)) return options(before.options);
  const store = `ALTER TABLE ONLY ${nameOfTable(after)} ALTER COLUMN ${quote(plain.column)} SET STORAGE`;
  return [`${store} EXTENDED`, ...options(before.options.filter((option) => !isAside(option))), `${store} PLAIN`];
}

/** What CREATE TABLE cannot say. */
const settings = (before: Pick<Table, 'rowSecurity' | 'forceRowSecurity'>, after: Table): string[] => {
  const alter = `ALTER TABLE ${nameOfTable(after)}`;
  const statements: string[] = [];
  if (before.rowSecurity !== after.rowSecurity) statements.push(`${alter} ${after.rowSecurity ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`);
  if (before.forceRowSecurity !== after.forceRowSecurity)
    statements.push(`${alter} ${after.forceRowSecurity ? '' : 'NO '}FORCE ROW LEVEL SECURITY`);
  return statements;
};

/**
 * New parents before old ones go: a column that no parent has for a moment becomes the child's own (`attislocal`), and no statement takes
 * that back. The order of parents counts, and a new one comes last: those that must come after it join again.
 */
function changeParents(alter: string, before: Table['inherits'], after: Table['inherits']): readonly string[] {
  const joining = after.slice(countStaying(before, after));
  return [
    ...joining.flatMap((parent) => [...(before.includes(parent) ? [`${alter} NO INHERIT ${parent}`] : []), `${alter} INHERIT ${parent}`]),
    ...before.filter((parent) => !after.includes(parent)).map((parent) => `${alter} NO INHERIT ${parent}`),
  ];
}

/** How many of the first parents are there before, in the same order. */
function countStaying(before: Table['inherits'], after: Table['inherits']): number {
  const places = after.map((parent) => before.indexOf(parent));
  const firstOther = places.findIndex((place, index) => place < 0 || place < (places[index - 1] ?? 0));
  return firstOther < 0 ? after.length : firstOther;
}

/** Is the column in the key by which the table is partitioned? A function of that name in the key counts too. */
export function isInPartitionKey({ partitionBy }: Table, column: string): boolean {
  const names: readonly string[] = partitionBy?.match(/"(?:[^"]|"")+"|[^\s(),"]+/g) ?? [];
  return names.includes(column) || names.includes(quote(column));
}

/** The rows of a partitioned table are those of its partitions, which leave it or are dropped before. */
const losses = ({ name, partitionBy }: Table): readonly Hazard[] =>
  partitionBy === null ? [{ name: 'DELETES_DATA', message: `every row of ${name} is lost` }] : [];

export const tables = defineKind<Table>({
  name: 'table',
  order: 60,
  query: (within) => `
    select c.oid::text, n.nspname as schema, c.relname as "table", c.relpersistence as persistence, am.amname as access_method,
      c.reloptions as options, t.reloptions as toast_options, c.reltoastrelid::text as toast,
      case when c.relkind = 'p' then pg_get_partkeydef(c.oid) end as partition_by,
      (select json_agg(i.inhparent::regclass::text order by i.inhseqno) from pg_inherits i where i.inhrelid = c.oid and not c.relispartition) as inherits,
      case when c.reloftype <> 0 then c.reloftype::regtype::text end as of_type,
      c.relrowsecurity as row_security, c.relforcerowsecurity as force_row_security,
      c.reltype::text as row_type, y.typarray::text as array_type
    from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_am am on am.oid = c.relam
      left join pg_class t on t.oid = c.reltoastrelid left join pg_type y on y.oid = c.reltype
    where c.relkind in ('r', 'p') and c.relpersistence <> 't' and ${within.roots('c.oid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly TableRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.oid)) continue;
      yield {
        object: fromRow(row),
        addresses: [`pg_class/${row.oid}/0`, `pg_type/${row.row_type}/0`, `pg_type/${row.array_type}/0`, `pg_class/${row.toast}/0`],
      };
    }
  },
  reference: (table) => `TABLE ${nameOfTable(table)}`,
  create: (table, context) => [createTable(table, context.inlined), ...settings({ rowSecurity: false, forceRowSecurity: false }, table)],
  drop: (table) => [{ sql: `DROP TABLE ${nameOfTable(table)}`, hazards: losses(table) }],
  alter: (before, after, context) => {
    if (before.partitionBy !== after.partitionBy) return REPLACE;
    const alter = `ALTER TABLE ${nameOfTable(after)}`;
    const statements: string[] = [];
    if (before.ofType !== after.ofType) statements.push(`${alter} ${after.ofType === null ? 'NOT OF' : `OF ${after.ofType}`}`);
    statements.push(...changeParents(alter, before.inherits, after.inherits));
    if (before.unlogged !== after.unlogged) statements.push(`${alter} SET ${after.unlogged ? 'UNLOGGED' : 'LOGGED'}`);
    if (before.accessMethod !== after.accessMethod) statements.push(`${alter} SET ACCESS METHOD ${accessMethod(after)}`);
    statements.push(...changeStorage(before, after, context));
    return { statements: [...statements, ...settings(before, after)] };
  },
  // The columns of a table OF a type are the type's, also while it goes over to another one.
  leave: (before, after) =>
    before.ofType === null || after.ofType === null || before.ofType === after.ofType
      ? undefined
      : [`ALTER TABLE ${nameOfTable(after)} NOT OF`],
  moves: true,
  rename: (before, after) => [
    ...(before.schema === after.schema ? [] : [`ALTER TABLE ${nameOfTable(before)} SET SCHEMA ${quote(after.schema)}`]),
    ...(before.table === after.table ? [] : [`ALTER TABLE ${qualify(after.schema, before.table)} RENAME TO ${quote(after.table)}`]),
  ],
  claims: (table) => [`relation ${table.name}`, `type ${table.name}`],
  holdsData: () => true,
});
