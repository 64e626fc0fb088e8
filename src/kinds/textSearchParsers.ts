import { idOf, nameOf, qualify } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { renameAs } from './setAside.ts';

/** A text search parser. */
export interface TextSearchParser extends SchemaObject {
  readonly kind: 'text search parser';
  readonly schema: string;
  readonly parser: string;
  readonly options: readonly string[];
}

interface TextSearchParserRow {
  readonly oid: string;
  readonly schema: string;
  readonly parser: string;
  readonly options: readonly (string | null)[];
}

const nameOfParser = (object: TextSearchParser): string => qualify(object.schema, object.parser);

export const textSearchParsers = defineKind<TextSearchParser>({
  name: 'text search parser',
  order: 46,
  query: `
    select p.oid::text, n.nspname as schema, p.prsname as parser, json_build_array('START = ' || p.prsstart::regproc, 'GETTOKEN = ' || p.prstoken::regproc, 'END = ' || p.prsend::regproc,
      'LEXTYPES = ' || p.prslextype::regproc, case when p.prsheadline <> 0 then 'HEADLINE = ' || p.prsheadline::regproc end) as options
    from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace where p.prsnamespace in (select oid from user_schemas)`,
  *introspect(catalog, rows: readonly TextSearchParserRow[]) {
    for (const { oid, options, ...row } of rows) {
      if (catalog.inExtension('pg_ts_parser', oid)) continue;
      yield {
        object: {
          kind: 'text search parser',
          id: idOf('text search parser', row.schema, row.parser),
          name: nameOf(row.schema, row.parser),
          ...row,
          options: options.filter((option) => option !== null),
        },
        addresses: [`pg_ts_parser/${oid}/0`],
      };
    }
  },
  reference: (object) => `TEXT SEARCH PARSER ${nameOfParser(object)}`,
  create: (object) => [`CREATE TEXT SEARCH PARSER ${nameOfParser(object)} (${object.options.join(', ')})`],
  drop: (object) => [`DROP TEXT SEARCH PARSER ${nameOfParser(object)}`],
  alter: () => REPLACE,
  moves: true,
  rename: (before, after) =>
    renameAs('TEXT SEARCH PARSER', { schema: before.schema, name: before.parser }, { schema: after.schema, name: after.parser }),
});
