import { type ColumnSettings, type ColumnSettingsRow, changeSettings, NO_SETTINGS, SETTINGS, settingsOf } from './columnSettings.ts';
import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { changeOptions, optionList } from './options.ts';
import { renameAs } from './setAside.ts';

/** A materialized view; whether it is filled at the moment is data, not schema. */
export interface MaterializedView extends SchemaObject {
  readonly kind: 'materialized view';
  readonly schema: string;
  readonly view: string;
  /** What pg_get_viewdef prints, without its semicolon. */
  readonly definition: string;
  /** Storage parameters, sorted. */
  readonly options: readonly string[];
  /** `heap` is left out. */
  readonly accessMethod: string | null;
  /** The columns of which something is said, in their order. */
  readonly columns: readonly ViewColumn[];
}

interface ViewColumn extends ColumnSettings {
  readonly column: string;
  readonly type: string;
}

interface MaterializedViewRow {
  readonly oid: string;
  readonly schema: string;
  readonly view: string;
  readonly row_type: string;
  readonly array_type: string;
  readonly toast: string;
  readonly rule: string;
  readonly definition: string;
  readonly options: readonly string[] | null;
  readonly toast_options: readonly string[] | null;
  readonly access_method: string | null;
  readonly columns: readonly (ColumnSettingsRow & Pick<ViewColumn, 'column' | 'type'>)[] | null;
}

const nameOfView = (view: MaterializedView): string => qualify(view.schema, view.view);

const createView = (view: MaterializedView): string =>
  [
    `CREATE MATERIALIZED VIEW ${nameOfView(view)}`,
    ...(view.accessMethod === null ? [] : [`USING ${quote(view.accessMethod)}`]),
    ...(view.options.length > 0 ? [`WITH (${optionList(view.options)})`] : []),
    `AS\n${view.definition}`,
  ].join(' ');

const alterOf = (view: MaterializedView): string => `ALTER MATERIALIZED VIEW ${nameOfView(view)}`;

function changeColumns(before: MaterializedView['columns'], after: MaterializedView): string[] {
  const settingsIn = (columns: MaterializedView['columns'], name: string): ColumnSettings =>
    columns.find(({ column }) => column === name) ?? NO_SETTINGS;
  const all = new Map([...before, ...after.columns].map(({ column, type }) => [column, type]));
  return [...all].flatMap(([column, type]) =>
    changeSettings(`${alterOf(after)} ALTER COLUMN ${quote(column)}`, settingsIn(before, column), {
      ...settingsIn(after.columns, column),
      type,
    }),
  );
}

function alterView(before: MaterializedView, after: MaterializedView): Alteration | typeof REPLACE {
  if (before.definition !== after.definition) return REPLACE;
  const alter = alterOf(after);
  const moved = before.accessMethod !== after.accessMethod;
  return {
    statements: [
      ...(moved ? [`${alter} SET ACCESS METHOD ${quote(after.accessMethod ?? 'heap')}`] : []),
      ...changeOptions(alter, before.options, after.options),
      ...changeColumns(before.columns, after),
    ],
  };
}

export const materializedViews = defineKind<MaterializedView>({
  name: 'materialized view',
  order: 122,
  rarely: "c.relkind = 'm'",
  query: (within) => `
    select c.oid::text, n.nspname as schema, c.relname as view, c.reltype::text as row_type, t.typarray::text as array_type, c.reltoastrelid::text as toast, r.oid::text as rule,
      pg_get_viewdef(c.oid) as definition, c.reloptions as options, o.reloptions as toast_options, am.amname as access_method,
      (select json_agg(s order by s.number) from (
        select a.attnum as number, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, ${SETTINGS}
        from pg_attribute a join pg_type t on t.oid = a.atttypid where a.attrelid = c.oid and a.attnum > 0) s
        where s.storage is not null or s.compression <> '' or s.statistics is not null or s.options is not null) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
      join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN' left join pg_am am on am.oid = c.relam left join pg_class o on o.oid = c.reltoastrelid
    where c.relkind = 'm' and ${within.roots('c.oid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly MaterializedViewRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.oid)) continue;
      yield {
        object: {
          kind: 'materialized view',
          id: idOf('materialized view', row.schema, row.view),
          name: nameOf(row.schema, row.view),
          schema: row.schema,
          view: row.view,
          definition: settled(row.definition.trimEnd().replace(/;$/, '')),
          options: [...(row.options ?? []), ...(row.toast_options ?? []).map((option) => `toast.${option}`)].sort(),
          accessMethod: row.access_method === 'heap' ? null : row.access_method,
          columns: (row.columns ?? []).map(({ column, type, ...settings }) => ({ column, type, ...settingsOf(settings) })),
        },
        addresses: [
          `pg_class/${row.oid}/0`,
          `pg_type/${row.row_type}/0`,
          `pg_type/${row.array_type}/0`,
          `pg_class/${row.toast}/0`,
          `pg_rewrite/${row.rule}/0`,
        ],
      };
    }
  },
  reference: (view) => `MATERIALIZED VIEW ${nameOfView(view)}`,
  create: (view) => [createView(view), ...changeColumns([], view)],
  drop: (view) => [`DROP MATERIALIZED VIEW ${nameOfView(view)}`],
  alter: alterView,
  moves: true,
  rename: (before, after) =>
    renameAs('MATERIALIZED VIEW', { schema: before.schema, name: before.view }, { schema: after.schema, name: after.view }),
  claims: (view) => [`relation ${view.name}`, `type ${view.name}`],
});
