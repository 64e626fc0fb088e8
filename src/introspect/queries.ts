import { makeIntrospectionQuery } from 'pg-introspection';
import type { Within } from '../kinds/kind.ts';
import { registry } from '../kinds/registry.ts';
import { UNMODELLED } from '../kinds/unmodelled.ts';

const USER_SCHEMAS = `user_schemas(oid) as (select oid from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'fastpyd'))`;

const WHOLE: Within = { roots: () => 'true', members: () => 'true' };

// Arrays, and not subqueries to join with: the planner cannot know how few they are, and would read the catalogs from end to end.
const PART: Within = {
  roots: (oid) => `${oid} = any (array(select oid from roots))`,
  members: (catalog, oid) => `${oid} = any (array(select oid from members)) and (${catalog}, ${oid}) in (select classid, oid from members)`,
};

const DEPENDENCY_TYPES = `deptype in ('n', 'a', 'i', 'e', 'P', 'S', 'x')`;
const DEPENDENCY = `json_build_array(d.classid::regclass::text, d.objid::text, d.objsubid, d.refclassid::regclass::text, d.refobjid::text, d.refobjsubid, d.deptype)`;

const rowsOf = (query: string): string => `(select coalesce(json_agg(row_to_json(q)), '[]'::json) from (${query}) q)`;

/** A list of values and not the arguments of one function, of which there can be no more than 100. */
const kindRows = (within: Within): string => {
  const queries = [...registry.values()].flatMap(({ name, query }) => {
    if (typeof query === 'function') return [`('${name}', ${rowsOf(query(within))})`];
    return query === undefined || within === PART ? [] : [`('${name}', ${rowsOf(query)})`];
  });
  return `(select json_object_agg(kind, rows) from (values ${queries.join(', ')}) v(kind, rows))`;
};

/** One query for everything that pg-introspection leaves out; each kind brings its part. */
export const EXTRAS_QUERY = `
  with ${USER_SCHEMAS}
  select json_build_object(
    'kinds', ${kindRows(WHOLE)},
    'depends', (select coalesce(json_agg(${DEPENDENCY}), '[]'::json) from pg_depend d where d.objid >= 16384 and ${DEPENDENCY_TYPES}),
    'unmodelled', ${rowsOf(UNMODELLED)},
    'server_version', split_part(current_setting('server_version'), ' ', 1),
    'server_version_num', current_setting('server_version_num')::int
  )::text as extras`;

/**
 * The same for some roots alone: $1 their sorts, $2 their schemas, $3 their names. What belongs to a root without a name of its own
 * (its constraints, its indexes, the sequence behind a serial column) is found from there.
 */
export const PART_QUERY = `
  with ${USER_SCHEMAS},
  wanted(sort, schema, name) as (select * from unnest($1::text[], $2::text[], $3::text[])),
  named(classid, oid) as materialized (
    select 'pg_class'::regclass::oid, c.oid from wanted w join pg_namespace n on n.nspname = w.schema join pg_class c on c.relnamespace = n.oid and c.relname = w.name where w.sort = 'relation'
    union all select 'pg_proc'::regclass, p.oid from wanted w join pg_namespace n on n.nspname = w.schema join pg_proc p on p.pronamespace = n.oid and p.proname = w.name where w.sort = 'routine'
    union all select 'pg_type'::regclass, t.oid from wanted w join pg_namespace n on n.nspname = w.schema join pg_type t on t.typnamespace = n.oid and t.typname = w.name where w.sort = 'type'
  ),
  roots(classid, oid) as materialized (
    select * from named union all
    select d.classid, d.objid from pg_depend d where d.refclassid = 'pg_class'::regclass and d.refobjid = any (array(select oid from named)) and d.classid = 'pg_class'::regclass
      and d.deptype in ('a', 'i') and exists (select from pg_sequence s where s.seqrelid = d.objid)
  ),
  members(classid, oid) as materialized (
    select * from roots
    union all select 'pg_type'::regclass, t.oid from pg_class c join pg_type t on t.oid = c.reltype where ${PART.roots('c.oid')}
    union all select 'pg_class'::regclass, t.typrelid from pg_type t where ${PART.roots('t.oid')} and t.typrelid <> 0
    union all select 'pg_class'::regclass, i.indexrelid from pg_index i where ${PART.roots('i.indrelid')}
    union all select 'pg_constraint'::regclass, o.oid from pg_constraint o where ${PART.roots('o.conrelid')}
    union all select 'pg_constraint'::regclass, o.oid from pg_constraint o where ${PART.roots('o.contypid')}
    union all select 'pg_attrdef'::regclass, a.oid from pg_attrdef a where ${PART.roots('a.adrelid')}
    union all select 'pg_rewrite'::regclass, r.oid from pg_rewrite r where ${PART.roots('r.ev_class')}
    union all select 'pg_trigger'::regclass, t.oid from pg_trigger t where ${PART.roots('t.tgrelid')} and not t.tgisinternal
    union all select 'pg_policy'::regclass, p.oid from pg_policy p where ${PART.roots('p.polrelid')}
    union all select 'pg_statistic_ext'::regclass, s.oid from pg_statistic_ext s where ${PART.roots('s.stxrelid')}
  )
  select json_build_object(
    'kinds', ${kindRows(PART)},
    'depends', (select coalesce(json_agg(${DEPENDENCY}), '[]'::json) from pg_depend d
      where d.classid = any (array(select classid from members)) and d.objid = any (array(select oid from members)) and ${DEPENDENCY_TYPES})
  )::text as extras`;

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
