const NO_MEMBER = (catalog: string, oid: string): string =>
  `not exists (select from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/** SQL that names the objects of kinds that no file here models: `kind`, `name`. Never the value of a setting, which may be a secret. */
export const UNMODELLED = `
  select 'subscription' as kind, s.subname as name from pg_subscription s where s.subdbid = (select oid from pg_database where datname = current_database())
  union all
  select 'security label', l.objtype || ' ' || l.objname from pg_seclabels l where l.objoid >= 16384
  union all
  select 'tablespace', c.oid::regclass || ' in ' || quote_ident(t.spcname) from pg_class c join pg_tablespace t on t.oid = c.reltablespace
  where c.relnamespace in (select oid from user_schemas) and ${NO_MEMBER('pg_class', 'c.oid')}
  union all
  select 'dependency on an extension', pg_describe_object(d.classid, d.objid, d.objsubid) || ' on ' || quote_ident(e.extname)
  from pg_depend d join pg_extension e on d.refclassid = 'pg_extension'::regclass and e.oid = d.refobjid where d.deptype = 'x' and d.objid >= 16384
  union all
  select 'database setting', concat_ws(' ', split_part(s.setting, '=', 1), 'of role ' || quote_ident(r.rolname))
  from pg_db_role_setting d join pg_database b on b.oid = d.setdatabase and b.datname = current_database()
    left join pg_roles r on r.oid = d.setrole cross join unnest(d.setconfig) s(setting)`;
