import { idOf, nameOf, qualify } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { renameAs } from './setAside.ts';

/** A text search configuration: which dictionaries look at which sort of token. */
export interface TextSearchConfiguration extends SchemaObject {
  readonly kind: 'text search configuration';
  readonly schema: string;
  readonly configuration: string;
  /** Qualified and quoted. */
  readonly parser: string;
  /** Sorted by token. */
  readonly mappings: readonly Mapping[];
}

interface Mapping {
  readonly token: string;
  /** Qualified, in the order in which they are asked. */
  readonly dictionaries: readonly string[];
}

interface TextSearchConfigurationRow {
  readonly oid: string;
  readonly schema: string;
  readonly configuration: string;
  readonly parser_schema: string;
  readonly parser: string;
  readonly mappings: readonly Mapping[] | null;
}

const nameOfConfiguration = (object: TextSearchConfiguration): string => qualify(object.schema, object.configuration);

type Mappings = Pick<TextSearchConfiguration, 'mappings'>;

/** One statement for all tokens that the same dictionaries look at. */
function changeMappings(before: Mappings, after: TextSearchConfiguration): string[] {
  const alter = `ALTER TEXT SEARCH CONFIGURATION ${nameOfConfiguration(after)}`;
  const now = new Map(after.mappings.map(({ token, dictionaries }) => [token, dictionaries.join(', ')]));
  const was = new Map(before.mappings.map(({ token, dictionaries }) => [token, dictionaries.join(', ')]));
  const gone = [...was.keys()].filter((token) => !now.has(token));
  const changed = [...now].filter(([token, dictionaries]) => was.get(token) !== dictionaries);
  const groups = Map.groupBy(changed, ([token, dictionaries]) => `${was.has(token) ? 'ALTER' : 'ADD'} ${dictionaries}`);
  return [
    ...(gone.length > 0 ? [`${alter} DROP MAPPING FOR ${gone.join(', ')}`] : []),
    ...[...groups].map(([key, group]) => {
      const verb = key.slice(0, key.indexOf(' '));
      return `${alter} ${verb} MAPPING FOR ${group.map(([token]) => token).join(', ')} WITH ${key.slice(verb.length + 1)}`;
    }),
  ];
}

export const textSearchConfigurations = defineKind<TextSearchConfiguration>({
  name: 'text search configuration',
  order: 49,
  query: `
    select c.oid::text, n.nspname as schema, c.cfgname as configuration, pn.nspname as parser_schema, p.prsname as parser,
      (select json_agg(json_build_object('token', quote_ident(t.alias), 'dictionaries', m.dictionaries) order by t.alias)
        from (select maptokentype, json_agg(mapdict::regdictionary::text order by mapseqno) as dictionaries from pg_ts_config_map where mapcfg = c.oid group by maptokentype) m
        join ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype) as mappings
    from pg_ts_config c join pg_namespace n on n.oid = c.cfgnamespace join pg_ts_parser p on p.oid = c.cfgparser join pg_namespace pn on pn.oid = p.prsnamespace
    where c.cfgnamespace in (select oid from user_schemas)`,
  *introspect(catalog, rows: readonly TextSearchConfigurationRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_ts_config', row.oid)) continue;
      yield {
        object: {
          kind: 'text search configuration',
          id: idOf('text search configuration', row.schema, row.configuration),
          name: nameOf(row.schema, row.configuration),
          schema: row.schema,
          configuration: row.configuration,
          parser: qualify(row.parser_schema, row.parser),
          mappings: row.mappings ?? [],
        },
        addresses: [`pg_ts_config/${row.oid}/0`],
      };
    }
  },
  reference: (object) => `TEXT SEARCH CONFIGURATION ${nameOfConfiguration(object)}`,
  create: (object) => [
    `CREATE TEXT SEARCH CONFIGURATION ${nameOfConfiguration(object)} (PARSER = ${object.parser})`,
    ...changeMappings({ mappings: [] }, object),
  ],
  drop: (object) => [`DROP TEXT SEARCH CONFIGURATION ${nameOfConfiguration(object)}`],
  alter: (before, after) => (before.parser === after.parser ? { statements: changeMappings(before, after) } : REPLACE),
  moves: true,
  rename: (before, after) =>
    renameAs(
      'TEXT SEARCH CONFIGURATION',
      { schema: before.schema, name: before.configuration },
      { schema: after.schema, name: after.configuration },
    ),
});
