import { isBaseType } from '../kinds/baseTypes.ts';
import { USER_SCHEMAS } from './queries.ts';

/**
 * SQL whose value changes with every commit that writes anything, in any database of the server, and costs a tenth of a millisecond. It also changes
 * when the server starts, since one that was put back to an earlier state counts transactions from there; a standby tells its place in the log.
 */
export const PROBE = `concat_ws(' ', pg_catalog.pg_current_snapshot(), extract(epoch from pg_catalog.pg_postmaster_start_time()), pg_catalog.pg_last_wal_replay_lsn())`;

/** The first oid that is not one of PostgreSQL's own. */
const FIRST_OID = 16384;

// Oids are unique in their catalog only: each sort of root has a range of keys for itself.
const relation = (oid: string): string => `${oid}::int8`;
const type = (oid: string): string => `${oid}::int8 + ${2 ** 32}`;
const routine = (oid: string): string => `${oid}::int8 + ${2 ** 33}`;
/** The key of what belongs to no root. */
const REST = '-1';

/** Rows of a catalog, the key of what each belongs to, and what of them counts. */
interface Fact {
  readonly catalog: string;
  readonly key: string;
  readonly where?: string;
  /** The whole row where nothing is said. */
  readonly columns?: string;
}

const owned = (catalog: string, oid: string, key: (oid: string) => string, more: Partial<Fact> = {}): Fact => ({
  catalog,
  key: key(oid),
  ...more,
  where: `${oid} >= ${FIRST_OID}${more.where === undefined ? '' : ` and ${more.where}`}`,
});

const rest = (catalog: string, where = `oid >= ${FIRST_OID}`, columns = 'x.xmin, x.*'): Fact => ({ catalog, key: REST, where, columns });

// Of the largest catalogs not the whole rows, since these are most of the work; never what ANALYZE, VACUUM and inserts change in place.
const CLASS = 'x.xmin, relname, relkind, relpersistence, relam, relowner, relrowsecurity, relacl, reloptions, relpartbound';
const ATTRIBUTE = 'x.xmin, attnum, attname, atttypid, atttypmod, attnotnull';
const CONSTRAINT = 'x.xmin, oid, conname, confrelid, confdeltype, convalidated, conbin';
const INDEX = 'x.xmin, indexrelid, indkey, indclass, indoption, indisunique, indexprs, indpred';
const TYPE = 'x.xmin, oid, typname, typbasetype, typtypmod, typnotnull, typdefault, typowner';

const DESCRIBED = `case classoid when 'pg_class'::regclass then ${relation('objoid')} when 'pg_type'::regclass then ${type('objoid')} when 'pg_proc'::regclass then ${routine('objoid')}
  when 'pg_constraint'::regclass then (select case conrelid when 0 then ${type('contypid')} else ${relation('conrelid')} end from pg_constraint o where o.oid = objoid)
  when 'pg_trigger'::regclass then (select ${relation('tgrelid')} from pg_trigger t where t.oid = objoid)
  when 'pg_rewrite'::regclass then (select ${relation('ev_class')} from pg_rewrite r where r.oid = objoid)
  when 'pg_policy'::regclass then (select ${relation('polrelid')} from pg_policy p where p.oid = objoid)
  when 'pg_statistic_ext'::regclass then (select ${relation('stxrelid')} from pg_statistic_ext s where s.oid = objoid)
  else ${REST} end`;

const FACTS: readonly Fact[] = [
  owned('pg_class', 'oid', relation, { columns: CLASS }),
  owned('pg_attribute', 'attrelid', relation, { columns: ATTRIBUTE, where: 'attnum > 0' }),
  owned('pg_attrdef', 'adrelid', relation),
  owned('pg_constraint', 'conrelid', relation, { columns: CONSTRAINT }),
  owned('pg_constraint', 'contypid', type, { columns: CONSTRAINT }),
  owned('pg_index', 'indrelid', relation, { columns: INDEX }),
  // The triggers behind foreign keys come and go with those, on both tables; but they can be switched off.
  owned('pg_trigger', 'tgrelid', relation, { where: `(not tgisinternal or tgenabled <> 'O')` }),
  owned('pg_policy', 'polrelid', relation),
  owned('pg_rewrite', 'ev_class', relation),
  owned('pg_statistic_ext', 'stxrelid', relation),
  owned('pg_inherits', 'inhrelid', relation),
  owned('pg_sequence', 'seqrelid', relation),
  owned('pg_partitioned_table', 'partrelid', relation),
  owned('pg_foreign_table', 'ftrelid', relation),
  // Which column owns a sequence.
  owned('internal', 'oid', relation, { columns: 'x.*', where: `part <> 0 and oid in (select seqrelid from pg_sequence)` }),
  owned('pg_type', 'oid', type, { columns: TYPE }),
  owned('pg_enum', 'enumtypid', type),
  owned('pg_range', 'rngtypid', type),
  owned('pg_proc', 'oid', routine),
  owned('pg_aggregate', 'aggfnoid::oid', routine),
  { catalog: 'pg_description', key: DESCRIBED, where: `objoid >= ${FIRST_OID} or classoid = 'pg_namespace'::regclass` },
  // Membership in an extension, and DEPENDS ON EXTENSION.
  rest('pg_depend', `refclassid = 'pg_extension'::regclass and objid >= ${FIRST_OID} and deptype in ('e', 'x')`),
  rest('pg_namespace', 'oid in (select oid from user_schemas)'),
  ...['pg_extension', 'pg_cast', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_amop', 'pg_amproc', 'pg_am', 'pg_language'].map((name) =>
    rest(name),
  ),
  ...['pg_collation', 'pg_conversion', 'pg_transform', 'pg_event_trigger', 'pg_foreign_data_wrapper', 'pg_foreign_server'].map((name) =>
    rest(name),
  ),
  ...['pg_publication', 'pg_publication_rel', 'pg_publication_namespace', 'pg_default_acl'].map((name) => rest(name)),
  ...['pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template'].map((name) => rest(name)),
  rest('pg_ts_config_map', `mapcfg >= ${FIRST_OID}`),
  rest('pg_class', 'reltablespace <> 0 and relnamespace in (select oid from user_schemas)', 'oid, relname, reltablespace'),
  rest('pg_db_role_setting', 'setdatabase = (select oid from pg_database where datname = current_database())', 'x.xmin, x.*'),
  rest('pg_seclabel', 'true'),
  rest('pg_shseclabel', 'true'),
  // The table behind this view is closed to ordinary roles, and a column of the next one.
  rest('pg_user_mappings', 'true', 'x.*'),
  rest('pg_subscription', 'subdbid = (select oid from pg_database where datname = current_database())', 'oid, subname'),
  // Privileges and policies name roles, which may be renamed.
  rest('pg_roles', 'true', 'oid, rolname'),
];

// The number of the fact tells equal rows of two catalogs apart.
const factRows = ({ catalog, key, where, columns }: Fact, index: number): string =>
  `select ${key} as key, hash_record_extended((${columns ?? 'x.xmin, x.*'}), ${index}) as hash from ${catalog} x where ${where ?? 'true'}`;

/**
 * A hash of everything that a snapshot is read from: for each relation, routine name and type over the catalog rows that belong to it, and one
 * over all other rows. Each row counts with its xmin, which every change renews and freezing keeps, and with what it says, since a server that was
 * put back to an earlier state uses the same numbers again.
 */
export const FINGERPRINT_QUERY = `
  with ${USER_SCHEMAS},
  -- relations that others own: sequences, and where long values are kept
  internal(oid, owner, part, deptype) as materialized (
    select objid, refobjid, refobjsubid, deptype from pg_depend where classid = 'pg_class'::regclass and refclassid = 'pg_class'::regclass and deptype in ('a', 'i')
  ),
  facts(key, hash) as (${FACTS.map(factRows).join('\n    union all ')}),
  hashes(key, hash) as materialized (select key, bit_xor(hash) from facts group by key),
  relations(oid, schema, name) as materialized (
    select c.oid, n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.oid in (select oid from user_schemas)
    where c.relkind in ('r', 'p', 'f', 'v', 'm') or c.relkind = 'S' and not exists (select from internal d where d.oid = c.oid and d.deptype = 'i')
  ),
  types(oid, typarray, rngmultitypid, relation, schema, name) as materialized (
    select t.oid, t.typarray, r.rngmultitypid, c.oid, n.nspname, t.typname
    from pg_type t join pg_namespace n on n.oid = t.typnamespace and n.oid in (select oid from user_schemas)
      left join pg_class c on c.oid = t.typrelid and c.relkind = 'c' left join pg_range r on r.rngtypid = t.oid
    where t.typtype in ('e', 'd', 'r') or ${isBaseType('t')} or c.oid is not null
  ),
  -- what belongs to which root, by their keys; roots that are none are left out below
  places(key, root) as (
    select ${relation('oid')}, ${relation('oid')} from relations
    union all select ${relation('indexrelid')}, ${relation('indrelid')} from pg_index
    union all select ${relation('oid')}, ${relation('owner')} from internal where deptype = 'i' and oid <> owner
    union all select ${type('v.oid')}, ${relation('t.typrelid')} from pg_type t cross join lateral (values (t.oid), (t.typarray)) v(oid) where t.typrelid <> 0
    union all select v.key, ${type('t.oid')} from types t cross join lateral (values (${type('t.oid')}), (${type('t.typarray')}), (${type('t.rngmultitypid')}), (${relation('t.relation')})) v(key)
    union all select ${routine('oid')}, ${routine('oid')} from pg_proc where oid >= ${FIRST_OID}
    union all select ${REST}, ${REST}
  ),
  roots(root, sort, schema, name) as (
    select ${relation('oid')}, 'relation', schema, name from relations
    union all select ${type('oid')}, 'type', schema, name from types
    union all select ${routine('p.oid')}, 'routine', n.nspname, p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace and n.oid in (select oid from user_schemas)
    union all select ${REST}, 'rest', '', ''
  ),
  sums(root, hash) as materialized (select p.root, sum(h.hash) from places p join hashes h using (key) group by p.root),
  marks(sort, schema, name, hash) as (select r.sort, r.schema, r.name, sum(s.hash) from sums s join roots r using (root) group by 1, 2, 3)
  select ${PROBE} as probe, (select coalesce(json_agg(json_build_array(sort, schema, name, hash::text)), '[]') from marks)::text as marks`;
