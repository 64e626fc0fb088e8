import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify } from './identifier.ts';
import { type Alteration, defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { changeOptions, optionList } from './options.ts';
import { renameAs } from './setAside.ts';

/** A view. */
export interface View extends SchemaObject {
  readonly kind: 'view';
  readonly schema: string;
  readonly view: string;
  /** What pg_get_viewdef prints, without its semicolon. */
  readonly definition: string;
  readonly columns: readonly ViewColumn[];
  /** `security_invoker=true` and the like, sorted. */
  readonly options: readonly string[];
}

interface ViewColumn {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
}

interface ViewRow {
  readonly oid: string;
  readonly schema: string;
  readonly view: string;
  readonly row_type: string;
  readonly array_type: string;
  readonly rule: string;
  readonly definition: string;
  readonly columns: readonly ViewColumn[] | null;
  readonly options: readonly string[] | null;
}

const nameOfView = (view: View): string => qualify(view.schema, view.view);

const createView = (view: View): string =>
  `VIEW ${nameOfView(view)}${view.options.length > 0 ? ` WITH (${optionList(view.options)})` : ''} AS\n${view.definition}`;

/** CREATE OR REPLACE VIEW may add columns at the end, and nothing else to them. */
const isReplaceable = (before: View, after: View): boolean =>
  before.columns.every((column, index) => JSON.stringify(column) === JSON.stringify(after.columns[index]));

function alterView(before: View, after: View): Alteration | typeof REPLACE {
  if (!isReplaceable(before, after)) return REPLACE;
  if (before.definition !== after.definition) return { statements: [`CREATE OR REPLACE ${createView(after)}`] };
  return { statements: changeOptions(`ALTER VIEW ${nameOfView(after)}`, before.options, after.options) };
}

export const views = defineKind<View>({
  name: 'view',
  order: 120,
  rarely: "c.relkind = 'v'",
  query: (within) => `
    select c.oid::text, n.nspname as schema, c.relname as view, c.reltype::text as row_type, t.typarray::text as array_type, r.oid::text as rule,
      pg_get_viewdef(c.oid) as definition, c.reloptions as options,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'collation', case when a.attcollation <> 0 then a.attcollation::regcollation::text end) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_type t on t.oid = c.reltype
      join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
    where c.relkind = 'v' and c.relpersistence <> 't' and ${within.roots('c.oid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly ViewRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.oid)) continue;
      yield {
        object: {
          kind: 'view',
          id: idOf('view', row.schema, row.view),
          name: nameOf(row.schema, row.view),
          schema: row.schema,
          view: row.view,
          definition: settled(row.definition.trimEnd().replace(/;$/, '')),
          columns: row.columns ?? [],
          options: [...(row.options ?? [])].sort(),
        },
        addresses: [`pg_class/${row.oid}/0`, `pg_type/${row.row_type}/0`, `pg_type/${row.array_type}/0`, `pg_rewrite/${row.rule}/0`],
      };
    }
  },
  reference: (view) => `VIEW ${nameOfView(view)}`,
  create: (view) => [`CREATE ${createView(view)}`],
  drop: (view) => [`DROP VIEW ${nameOfView(view)}`],
  alter: alterView,
  moves: true,
  rename: (before, after) => renameAs('VIEW', { schema: before.schema, name: before.view }, { schema: after.schema, name: after.view }),
  claims: (view) => [`relation ${view.name}`, `type ${view.name}`],
});
