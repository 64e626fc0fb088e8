import { idOf, nameOf, qualify } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { renameAs } from './setAside.ts';

/** A text search dictionary. */
export interface TextSearchDictionary extends SchemaObject {
  readonly kind: 'text search dictionary';
  readonly schema: string;
  readonly dictionary: string;
  /** Qualified and quoted. */
  readonly template: string;
  /** `language = 'english'` each, in the order of the catalog, which pg_dump keeps. */
  readonly options: readonly string[];
}

interface TextSearchDictionaryRow {
  readonly oid: string;
  readonly schema: string;
  readonly dictionary: string;
  readonly template_schema: string;
  readonly template: string;
  readonly options: string | null;
}

const nameOfDictionary = (object: TextSearchDictionary): string => qualify(object.schema, object.dictionary);

/** The catalog keeps one text of `name = 'value'` pairs. */
const optionsOf = (text: string | null): string[] => text?.match(/(?:"(?:[^"]|"")*"|[^\s,"=]+) = E?(?:'(?:[^']|'')*'|[^\s,']+)/g) ?? [];

const optionName = (option: string): string => option.slice(0, option.indexOf(' = '));

export const textSearchDictionaries = defineKind<TextSearchDictionary>({
  name: 'text search dictionary',
  order: 48,
  query: `
    select d.oid::text, n.nspname as schema, d.dictname as dictionary, tn.nspname as template_schema, t.tmplname as template, d.dictinitoption as options
    from pg_ts_dict d join pg_namespace n on n.oid = d.dictnamespace join pg_ts_template t on t.oid = d.dicttemplate join pg_namespace tn on tn.oid = t.tmplnamespace
    where d.dictnamespace in (select oid from user_schemas)`,
  *introspect(catalog, rows: readonly TextSearchDictionaryRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_ts_dict', row.oid)) continue;
      yield {
        object: {
          kind: 'text search dictionary',
          id: idOf('text search dictionary', row.schema, row.dictionary),
          name: nameOf(row.schema, row.dictionary),
          schema: row.schema,
          dictionary: row.dictionary,
          template: qualify(row.template_schema, row.template),
          options: optionsOf(row.options),
        },
        addresses: [`pg_ts_dict/${row.oid}/0`],
      };
    }
  },
  reference: (object) => `TEXT SEARCH DICTIONARY ${nameOfDictionary(object)}`,
  create: (object) => [
    `CREATE TEXT SEARCH DICTIONARY ${nameOfDictionary(object)} (${[`TEMPLATE = ${object.template}`, ...object.options].join(', ')})`,
  ],
  drop: (object) => [`DROP TEXT SEARCH DICTIONARY ${nameOfDictionary(object)}`],
  // An option named without a value is taken away; one with a value goes to the end, so that all of them named stand in this order.
  alter: (before, after) => {
    if (before.template !== after.template) return REPLACE;
    const kept = after.options.map(optionName);
    const gone = before.options.map(optionName).filter((name) => !kept.includes(name));
    return { statements: [`ALTER TEXT SEARCH DICTIONARY ${nameOfDictionary(after)} (${[...gone, ...after.options].join(', ')})`] };
  },
  moves: true,
  rename: (before, after) =>
    renameAs(
      'TEXT SEARCH DICTIONARY',
      { schema: before.schema, name: before.dictionary },
      { schema: after.schema, name: after.dictionary },
    ),
});
