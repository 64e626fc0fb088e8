const NO_MEMBER = (catalog: string, oid: string): string =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/** SQL that names the objects of kinds that no file here models: `kind`, `name`. */
export const UNMODELLED = `
  select case when t.typisdefined then 'base type' else 'shell type' end as kind, format_type(t.oid, null) as name
  from pg_type t where (t.typtype = 'b' and t.typsubscript <> 'array_subscript_handler'::regproc or not t.typisdefined)
    and t.typnamespace in (select oid from user_schemas) and ${NO_MEMBER('pg_type', 't.oid')}
  union all
  select 'subscription', s.subname from pg_subscription s where s.subdbid = (select oid from pg_database where datname = current_database())
  union all
  select 'security label', l.objtype || ' ' || l.objname from pg_seclabels l where l.objoid >= 16384`;
