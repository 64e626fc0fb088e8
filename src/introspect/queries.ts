import { makeIntrospectionQuery } from 'pg-introspection';
import type { Within } from '../kinds/kind.ts';
import { registry } from '../kinds/registry.ts';
import { type Root, sortOf } from '../kinds/root.ts';
import { UNMODELLED } from '../kinds/unmodelled.ts';

/** The CTE that names the schemas which are neither PostgreSQL's own nor fastpyd's. */
export const USER_SCHEMAS = `user_schemas(oid) as (select oid from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'fastpyd', 'fastpyd_kept'))`;

const WHOLE: Within = { isWhole: true, roots: (_, schema) => `${schema} in (select oid from user_schemas)`, members: () => 'true' };

const isRoot = (oid: string): string => `${oid} = any (array(select oid from roots))`;

// Arrays, and not subqueries to join with: the planner cannot know how few they are, and would read the catalogs from end to end.
const PART: Within = {
  isWhole: false,
  roots: isRoot,
  members: (catalog, oid) => `${oid} = any (array(select oid from members)) and (${catalog}, ${oid}) in (select classid, oid from members)`,
};

// A domain repeats functions of its base type, and lets go of them when that does.
const IS_REPEATED = `d.classid = 'pg_type'::regclass and d.refclassid = 'pg_proc'::regclass
  and exists (select from pg_type t where t.oid = d.objid and t.typtype = 'd' and d.refobjid in (t.typoutput, t.typsend, t.typanalyze))`;
const IS_DEPENDENCY = `d.deptype in ('n', 'a', 'i', 'e', 'P', 'S', 'x') and not (${IS_REPEATED})`;
const DEPENDENCY = `json_build_array(d.classid::regclass::text, d.objid::text, d.objsubid, d.refclassid::regclass::text, d.refobjid::text, d.refobjsubid, d.deptype)`;

const rowsOf = (query: string): string => `(select coalesce(json_agg(row_to_json(q)), '[]'::json) from (${query}) q)`;

/** A list of values and not the arguments of one function, of which there can be no more than 100. */
const kindRows = (queries: readonly (readonly [name: string, query: string])[]): string =>
  `(select json_object_agg(kind, rows) from (values ${queries.map(([name, query]) => `('${name}', ${rowsOf(query)})`).join(', ')}) v(kind, rows))`;

const wholeRows = (): string =>
  kindRows(
    [...registry.values()].flatMap(({ name, query }) => {
      const text = typeof query === 'function' ? query(WHOLE) : query;
      return text === undefined ? [] : [[name, text]];
    }),
  );

/** Kinds that cannot be among the roots are not asked for: most of the time goes into setting queries up, not into finding rows. */
const partRows = ({ sorts, rare, isFirst }: Part): string =>
  kindRows(
    [...registry.values()].flatMap(({ name, query, rarely }) => {
      const sort = sortOf(name);
      const isUsual = isFirst && rarely === undefined && (sort === undefined || sorts.includes(sort));
      return typeof query === 'function' && (isUsual || rare.includes(name)) ? [[name, query(PART)]] : [];
    }),
  );

/** The rare kinds that the roots can have something of, as an array of their names; those that are asked for anyway are left out. */
function rareKinds(asked: readonly string[]): string {
  const rest = [...registry.values()].filter(({ name, rarely }) => rarely !== undefined && !asked.includes(name));
  const holds = rest.map(({ name, rarely }) => [name, rarely] as const);
  const ofRelations = holds.flatMap(([name, condition]) => (typeof condition === 'string' ? [`('${name}', ${condition})`] : []));
  const others = holds.flatMap(([name, condition]) =>
    typeof condition === 'function' ? [`select '${name}' where ${condition(PART)}`] : [],
  );
  const found = [
    ...(ofRelations.length === 0
      ? []
      : [
          `select r.kind from pg_class c cross join lateral (values ${ofRelations.join(', ')}) r(kind, holds) where ${isRoot('c.oid')} and r.holds`,
        ]),
    ...others,
  ];
  return found.length === 0
    ? `'[]'::json`
    : `(select coalesce(json_agg(distinct kind), '[]'::json) from (${found.join(' union all ')}) f(kind))`;
}

/** One query for everything that pg-introspection leaves out; each kind brings its part. */
export const EXTRAS_QUERY = `
  with ${USER_SCHEMAS}
  select json_build_object(
    'kinds', ${wholeRows()},
    'depends', (select coalesce(json_agg(${DEPENDENCY}), '[]'::json) from pg_depend d where d.objid >= 16384 and ${IS_DEPENDENCY}),
    'unmodelled', ${rowsOf(UNMODELLED)},
    'server_version', split_part(current_setting('server_version'), ' ', 1),
    'server_version_num', current_setting('server_version_num')::int
  )::text as extras`;

/** What a query for a part asks. */
export interface Part {
  /** The sorts of its roots. */
  readonly sorts: readonly Root['sort'][];
  /** The rare kinds that are asked for. */
  readonly rare: readonly string[];
  /** All the usual kinds as well, and what else there is. */
  readonly isFirst: boolean;
}

const partQueries = new Map<string, string>();

/**
 * The same for some roots alone: $1 their sorts, $2 their schemas, $3 their names. What belongs to a root without a name of its own
 * (its constraints, its indexes, the sequence behind a serial column) is found from there. The first query also says which other rare
 * kinds a second one would find something of.
 */
export function partQuery(part: Part): string {
  const key = JSON.stringify(part);
  const text = partQueries.get(key) ?? writePartQuery(part);
  partQueries.set(key, text);
  return text;
}

function writePartQuery(part: Part): string {
  const kinds = `'kinds', ${partRows(part)}`;
  const more = `'rare', ${rareKinds(part.rare)}, 'depends', ${DEPENDS_OF_MEMBERS}`;
  return `${ROOTS_AND_MEMBERS} select json_build_object(${part.isFirst ? `${kinds}, ${more}` : kinds})::text as extras`;
}

const ROOTS_AND_MEMBERS = `
  with ${USER_SCHEMAS},
  wanted(sort, schema, name) as (select * from unnest($1::text[], $2::text[], $3::text[])),
  named(classid, oid) as materialized (
    select 'pg_class'::regclass::oid, c.oid from wanted w join pg_namespace n on n.nspname = w.schema and n.oid in (select oid from user_schemas) join pg_class c on c.relnamespace = n.oid and c.relname = w.name where w.sort = 'relation'
    union all select 'pg_proc'::regclass, p.oid from wanted w join pg_namespace n on n.nspname = w.schema and n.oid in (select oid from user_schemas) join pg_proc p on p.pronamespace = n.oid and p.proname = w.name where w.sort = 'routine'
    union all select 'pg_type'::regclass, t.oid from wanted w join pg_namespace n on n.nspname = w.schema and n.oid in (select oid from user_schemas) join pg_type t on t.typnamespace = n.oid and t.typname = w.name where w.sort = 'type'
  ),
  roots(classid, oid) as materialized (
    select * from named union all
    select d.classid, d.objid from pg_depend d where d.refclassid = 'pg_class'::regclass and d.refobjid = any (array(select oid from named)) and d.classid = 'pg_class'::regclass
      and d.deptype in ('a', 'i') and exists (select from pg_sequence s where s.seqrelid = d.objid)
  ),
  members(classid, oid) as materialized (
    select * from roots
    union all select 'pg_type'::regclass, t.oid from pg_class c join pg_type t on t.oid = c.reltype where ${isRoot('c.oid')}
    union all select 'pg_class'::regclass, t.typrelid from pg_type t where ${isRoot('t.oid')} and t.typrelid <> 0
    union all select 'pg_type'::regclass, u.oid from pg_range r join pg_type m on m.oid = r.rngmultitypid cross join lateral (values (m.oid), (m.typarray)) u(oid) where ${isRoot('r.rngtypid')}
    union all select 'pg_proc'::regclass, d.objid from pg_range r join pg_depend d on d.refclassid = 'pg_type'::regclass and d.refobjid in (r.rngtypid, r.rngmultitypid) and d.classid = 'pg_proc'::regclass and d.deptype = 'i' where ${isRoot('r.rngtypid')}
    union all select 'pg_class'::regclass, i.indexrelid from pg_index i where ${isRoot('i.indrelid')}
    union all select 'pg_constraint'::regclass, o.oid from pg_constraint o where ${isRoot('o.conrelid')}
    union all select 'pg_constraint'::regclass, o.oid from pg_constraint o where ${isRoot('o.contypid')}
    union all select 'pg_attrdef'::regclass, a.oid from pg_attrdef a where ${isRoot('a.adrelid')}
    union all select 'pg_rewrite'::regclass, r.oid from pg_rewrite r where ${isRoot('r.ev_class')}
    union all select 'pg_trigger'::regclass, t.oid from pg_trigger t where ${isRoot('t.tgrelid')} and not t.tgisinternal
    union all select 'pg_policy'::regclass, p.oid from pg_policy p where ${isRoot('p.polrelid')}
    union all select 'pg_statistic_ext'::regclass, s.oid from pg_statistic_ext s where ${isRoot('s.stxrelid')}
  )`;

const DEPENDS_OF_MEMBERS = `(select coalesce(json_agg(${DEPENDENCY}), '[]'::json) from pg_depend d
  where d.classid = any (array(select classid from members)) and d.objid = any (array(select oid from members)) and ${IS_DEPENDENCY})`;

const NEEDED_MEMBERS = ['namespaces'];

/**
 * pg-introspection's query without the members that no kind reads: kinds bring them deparsed, and for a thousand tables they are 16 MB of JSON.
 * Whether a foreign table is updatable is not asked at all: one whose wrapper has no handler makes the server fail there.
 */
export const INTROSPECTION_QUERY = makeIntrospectionQuery()
  .replace(/pg_catalog\.pg_relation_is_updatable\(oid, true\)::bit\(8\)::int4/, '0')
  .replace(/^ {2}'(\w+)',\n {2}\(select coalesce\(\(select json_agg\(.*'\[\]'::json\)\),\n/gm, (member: string, name: string) =>
    NEEDED_MEMBERS.includes(name) ? member : '',
  );
