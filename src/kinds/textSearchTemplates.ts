import { idOf, nameOf, qualify } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { renameAs } from './setAside.ts';

/** A text search template. */
export interface TextSearchTemplate extends SchemaObject {
  readonly kind: 'text search template';
  readonly schema: string;
  readonly template: string;
  readonly options: readonly string[];
}

interface TextSearchTemplateRow {
  readonly oid: string;
  readonly schema: string;
  readonly template: string;
  readonly options: readonly (string | null)[];
}

const nameOfTemplate = (object: TextSearchTemplate): string => qualify(object.schema, object.template);

export const textSearchTemplates = defineKind<TextSearchTemplate>({
  name: 'text search template',
  order: 47,
  query: `
    select t.oid::text, n.nspname as schema, t.tmplname as template, json_build_array(case when t.tmplinit <> 0 then 'INIT = ' || t.tmplinit::regproc end, 'LEXIZE = ' || t.tmpllexize::regproc) as options
    from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace where t.tmplnamespace in (select oid from user_schemas)`,
  *introspect(catalog, rows: readonly TextSearchTemplateRow[]) {
    for (const { oid, options, ...row } of rows) {
      if (catalog.inExtension('pg_ts_template', oid)) continue;
      yield {
        object: {
          kind: 'text search template',
          id: idOf('text search template', row.schema, row.template),
          name: nameOf(row.schema, row.template),
          ...row,
          options: options.filter((option) => option !== null),
        },
        addresses: [`pg_ts_template/${oid}/0`],
      };
    }
  },
  reference: (object) => `TEXT SEARCH TEMPLATE ${nameOfTemplate(object)}`,
  create: (object) => [`CREATE TEXT SEARCH TEMPLATE ${nameOfTemplate(object)} (${object.options.join(', ')})`],
  drop: (object) => [`DROP TEXT SEARCH TEMPLATE ${nameOfTemplate(object)}`],
  alter: () => REPLACE,
  moves: true,
  rename: (before, after) =>
    renameAs('TEXT SEARCH TEMPLATE', { schema: before.schema, name: before.template }, { schema: after.schema, name: after.template }),
});
