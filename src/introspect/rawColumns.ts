import type { CatalogFacts, ForeignKey } from './rawFacts.ts';

/** Columns that say nothing of a schema, by their catalog, each with the reason. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  // Where and how much is stored, and since when; VACUUM, ANALYZE and inserts change these.
  pg_class: [
    ...['relfilenode', 'relpages', 'reltuples', 'relallvisible', 'relallfrozen', 'relfrozenxid', 'relminmxid', 'relrewrite'],
    // Dropped columns are counted too; checks are counted twice, here and as rows.
    ...['relnatts', 'relchecks'],
    // Set with the first such thing, and taken back by VACUUM at some later time.
    ...['relhasindex', 'relhasrules', 'relhastriggers', 'relhassubclass'],
    // Is there data? A question of rows.
    'relispopulated',
    // A repetition of the row in pg_type of the same name.
    'reltype',
  ],
  pg_attribute: [
    // The value of rows that were there before the column; how the type is stored, which stands in pg_type.
    ...['attmissingval', 'atthasmissing', 'attcacheoff', 'attlen', 'attbyval', 'attalign', 'attisdropped'],
    // A remark of whoever declared the column; PostgreSQL does not enforce it, and forgets it in CREATE TABLE … AS.
    'attndims',
  ],
  // Whether rows were written by transactions that may still run.
  pg_index: ['indcheckxmin'],
  // The text of a default as it was first printed, beside the expression itself.
  pg_type: ['typdefault'],
  // Names an internal trigger by a number; the constraints of both tell the same.
  pg_trigger: ['tgparentid'],
  // Which version of a library the server has.
  pg_collation: ['collversion'],
  // Both stand in the rule's whole text, which `ev_action` prints.
  pg_rewrite: ['ev_qual'],
  // The same for what `refobjid` prints.
  pg_depend: ['refclassid', 'refobjsubid'],
};

/** SQL for the condition that a relation is a child by INHERITS, and no partition. */
const isChild = (relation: string): string =>
  `exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhrelid = ${relation} and c.relkind in ('r', 'f') and not c.relispartition)`;

/** Columns that are printed in a way of their own. */
const PRINTED: Readonly<Record<string, string>> = {
  // What is kept aside has options of its own; whether it is there depends on columns that were dropped.
  'pg_class.reltoastrelid': `(select array_agg(o order by o) from pg_class t, unnest(t.reloptions) o where t.oid = x.reltoastrelid)::text`,
  'pg_class.relpartbound': `pg_get_expr(x.relpartbound, x.oid)`,
  // In a table the order of columns is physical; where it shows, its gaps do not.
  'pg_attribute.attnum': `case when (select relkind from pg_class c where c.oid = x.attrelid) in ('v', 'm', 'c') then
    (select count(*) from pg_attribute e where e.attrelid = x.attrelid and e.attnum between 1 and x.attnum and not e.attisdropped) end`,
  // Of the columns of a child table it tells how they came: joining a parent leaves it true, and no statement changes it alone.
  'pg_attribute.attislocal': `case when not ${isChild('x.attrelid')} then x.attislocal end::text`,
  // Where nothing is stored it tells how the type was stored once.
  'pg_attribute.attstorage': `case when (select relkind from pg_class c where c.oid = x.attrelid) not in ('v', 'c') then x.attstorage end::text`,
  // Columns of indexes keep the names that the table's columns had first.
  'pg_attribute.attname': `case when (select relkind from pg_class c where c.oid = x.attrelid) in ('i', 'I') then null else x.attname end`,
  // PostgreSQL 18 makes up names of NOT NULL, and a table that is renamed or attached keeps its own.
  // So does a partition with its copy of a foreign key.
  'pg_constraint.conname': `case when x.contype = 'n' and x.conname ~ '_not_null\\d*$' or x.contype = 'f' and x.conparentid <> 0 then null else x.conname end`,
  'pg_trigger.tgconstraint': `(select case when k.contype = 'f' and k.conparentid <> 0 then 'a copy' else k.conname end || ' on ' || k.conrelid::regclass from pg_constraint k where k.oid = x.tgconstraint)`,
  'pg_constraint.conparentid': `case when x.contype = 'f' and exists (select from pg_constraint p where p.oid = x.conparentid and p.conparentid <> 0) then 'of a copy'
    else (select p.conname || ' on ' || p.conrelid::regclass from pg_constraint p where p.oid = x.conparentid) end`,
  // The same; and of NOT NULL it tells how it was declared: a primary key of a partition sets it, and nothing takes it back.
  'pg_constraint.conislocal': `case when x.contype <> 'n' and not ${isChild('x.conrelid')} then x.conislocal end::text`,
  // Of keys it tells only whether they were made together with a partition or before.
  'pg_constraint.connoinherit': `case when x.contype in ('c', 'n') then x.connoinherit end::text`,
  'pg_enum.enumsortorder': `(select count(*) from pg_enum e where e.enumtypid = x.enumtypid and e.enumsortorder <= x.enumsortorder)`,
  'pg_inherits.inhseqno': `(select count(*) from pg_inherits i where i.inhrelid = x.inhrelid and i.inhseqno <= x.inhseqno)`,
  // An array type that finds its name taken gets another underscore.
  'pg_type.typname': `case when x.typsubscript = 'array_subscript_handler'::regproc then null else x.typname end`,
  // That a trigger behind a constraint has a number in its name is no difference.
  'pg_trigger.tgname': `case when x.tgisinternal then null else x.tgname end`,
  'pg_trigger.tgqual': `case when x.tgqual is not null then pg_get_triggerdef(x.oid) end`,
  'pg_rewrite.ev_action': `pg_get_ruledef(x.oid)`,
  'pg_proc.prosqlbody': `pg_get_function_sqlbody(x.oid)`,
  'pg_publication_rel.prattrs': `(select array_agg(a.attname order by a.attname) from unnest(x.prattrs) k join pg_attribute a on a.attrelid = x.prrelid and a.attnum = k)::text`,
  'pg_constraint.confdelsetcols': `(select array_agg(a.attname order by a.attname) from unnest(x.confdelsetcols) k join pg_attribute a on a.attrelid = x.conrelid and a.attnum = k)::text`,
  'pg_depend.refobjid': `(select type || ' ' || identity from pg_identify_object(x.refclassid, x.refobjid, x.refobjsubid))`,
  // Sorted by number, which is physical.
  'pg_statistic_ext.stxkeys': `(select array_agg(a.attname order by a.attname) from unnest(x.stxkeys) k join pg_attribute a on a.attrelid = x.stxrelid and a.attnum = k)::text`,
};

/** Which relation the columns of an expression belong to; no other expressions have any. */
const EXPRESSION_OF: Readonly<Record<string, string>> = {
  pg_attrdef: 'adrelid',
  pg_constraint: 'conrelid',
  pg_index: 'indrelid',
  pg_policy: 'polrelid',
  pg_partitioned_table: 'partrelid',
  pg_statistic_ext: 'stxrelid',
  pg_publication_rel: 'prrelid',
};

/** The letter by which `acldefault` knows the sort of object; what has none starts without privileges. */
const DEFAULT_ACL: Readonly<Record<string, { readonly sort: string; readonly owner: string }>> = {
  'pg_class.relacl': { sort: `case when x.relkind = 'S' then 's' else 'r' end`, owner: 'relowner' },
  'pg_proc.proacl': { sort: `'f'`, owner: 'proowner' },
  'pg_language.lanacl': { sort: `'l'`, owner: 'lanowner' },
  'pg_namespace.nspacl': { sort: `'n'`, owner: 'nspowner' },
  'pg_type.typacl': { sort: `'T'`, owner: 'typowner' },
  'pg_foreign_data_wrapper.fdwacl': { sort: `'F'`, owner: 'fdwowner' },
  'pg_foreign_server.srvacl': { sort: `'S'`, owner: 'srvowner' },
};

/** Types whose text is the shortest unambiguous name of an object. */
const NAMING_TYPE: Readonly<Record<string, string>> = {
  pg_class: 'regclass',
  pg_type: 'regtype',
  pg_proc: 'regprocedure',
  pg_operator: 'regoperator',
  pg_collation: 'regcollation',
  pg_namespace: 'regnamespace',
  pg_authid: 'regrole',
  pg_ts_config: 'regconfig',
  pg_ts_dict: 'regdictionary',
};

/** SQL for the name of an object, null for none. */
function nameOf(target: string, oid: string): string {
  const type = NAMING_TYPE[target];
  if (type !== undefined) return `nullif(${oid}::oid, 0)::${type}::text`;
  return `(select identity from pg_identify_object('${target}'::regclass, nullif(${oid}::oid, 0), 0))`;
}

/** Each element in the order of the array. */
const namesOf = (name: string, column: string): string =>
  `(select array_agg(${name} order by at) from unnest(x.${column}) with ordinality u(e, at))::text`;

const attributeName = (relation: string, number: string): string =>
  `coalesce((select attname from pg_attribute a where a.attrelid = x.${relation} and a.attnum = ${number}), ${number}::text)`;

function printReference({ columns, target, isArray }: ForeignKey): string {
  const [first = '', second] = columns;
  if (second === undefined) return isArray ? namesOf(nameOf(target, 'e'), first) : nameOf(target, `x.${first}`);
  return isArray ? namesOf(attributeName(first, 'e'), second) : attributeName(first, `x.${second}`);
}

/** An owner may always grant, so that an option to do so says nothing of him. */
const ownedAcl = (acl: string, owner: string): string =>
  `(select array_agg(t order by t) from (select case when exists (select from aclexplode(array[e]) g where g.grantee = ${owner})
    then replace(e::text, '*', '') else e::text end as t from unnest(${acl}) e) q)::text`;

const sorted = (array: string): string => `(select array_agg(e::text order by e::text) from unnest(${array}) e)::text`;

/** What was never granted says the same as what PostgreSQL grants by itself. */
function printPrivileges(place: string, column: string): string {
  const fallback = DEFAULT_ACL[place];
  if (fallback === undefined) return sorted(`x.${column}`);
  return ownedAcl(`coalesce(x.${column}, acldefault((${fallback.sort})::"char", x.${fallback.owner}))`, `x.${fallback.owner}`);
}

/** Options are a set; arguments of a function are not. */
const isSet = (column: string): boolean => /options$|^evttags$|^proconfig$/.test(column);

/**
 * SQL that prints a column of a catalog row `x` in words that are the same in every database that has the same schema.
 * @returns undefined for one that says nothing of it, such as a number that only this database knows
 */
export function printColumn(facts: CatalogFacts, catalog: string, column: string): string | undefined {
  const place = `${catalog}.${column}`;
  if (column === 'oid' || LEFT_OUT[catalog]?.includes(column)) return undefined;
  const special = PRINTED[place];
  if (special !== undefined) return special;
  const type = facts.columns.get(catalog)?.get(column);
  const reference = facts.foreignKeys.find((key) => key.catalog === catalog && key.columns.at(-1) === column);
  if (reference !== undefined) return printReference(reference);
  if (type === 'pg_node_tree')
    return `pg_get_expr(x.${column}, ${EXPRESSION_OF[catalog] === undefined ? '0' : `x.${EXPRESSION_OF[catalog]}`})`;
  if (type === 'aclitem[]') return printPrivileges(place, column);
  if (type === 'text[]' && isSet(column)) return sorted(`x.${column}`);
  return type === 'oid' || type === 'xid' ? undefined : `x.${column}::text`;
}

/** SQL that names the object of a row `x`: by its own key, in words. */
export const printKey = (facts: CatalogFacts, catalog: string, columns: readonly string[]): string =>
  `concat_ws(' ', ${columns.map((column) => printColumn(facts, catalog, column) ?? `x.${column}::text`).join(', ') || 'null'})`;
