import { idOf, literal, nameOf, qualify } from './identifier.ts';
import { type Address, defineKind, type SchemaObject } from './kind.ts';
import { FIRING, relationId } from './relationKind.ts';

/**
 * How the triggers behind a constraint fire on one of its tables, where that is not as usual: those of a foreign key are on both of its tables, and
 * `DISABLE TRIGGER ALL` switches them off with the others, so that the key is no longer looked after.
 */
export interface InternalTriggers extends SchemaObject {
  readonly kind: 'internal triggers';
  /** Where the triggers are. */
  readonly schema: string;
  readonly table: string;
  /** Whose constraint it is, and what it is called. */
  readonly of: { readonly schema: string; readonly table: string; readonly constraint: string };
  /** D (disabled), R (replica) or A (always). */
  readonly enabled: string;
  /** The functions of those that fire so; null where all of them do. */
  readonly functions: readonly string[] | null;
}

interface InternalTriggersRow {
  readonly relation: string;
  readonly relation_kind: string;
  readonly schema: string;
  readonly table: string;
  readonly constraint_oid: string;
  readonly of: InternalTriggers['of'];
  readonly enabled: string;
  readonly functions: readonly string[] | null;
  /** The columns that the constraint is about, in either table: `pg_class/16384/1`. */
  readonly columns: readonly Address[];
}

/** Their names hold numbers that are other ones in each database, so that they are looked up where the statement runs. */
function fire(object: InternalTriggers, enabled: string): string {
  const table = qualify(object.schema, object.table);
  const conditions = [
    `t.tgrelid = ${literal(table)}::regclass`,
    `c.conrelid = ${literal(qualify(object.of.schema, object.of.table))}::regclass`,
    `c.conname = ${literal(object.of.constraint)}`,
    ...(object.functions === null ? [] : [`t.tgfoid::regproc::text IN (${object.functions.map(literal).join(', ')})`]),
  ];
  const body = `
DECLARE name text;
BEGIN
  FOR name IN SELECT t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint
    WHERE ${conditions.join(' AND ')}
  LOOP
    EXECUTE format(${literal(`ALTER TABLE ONLY ${table.replaceAll('%', '%%')} ${FIRING[enabled]} TRIGGER %I`)}, name);
  END LOOP;
  IF NOT FOUND THEN
    RAISE undefined_object USING MESSAGE = ${literal(`constraint ${object.of.constraint} is not there`)};
  END IF;
END `;
  const quotes = body.includes('$$') ? '$fastpyd$' : '$$';
  return `DO ${quotes}${body}${quotes}`;
}

export const internalTriggers = defineKind<InternalTriggers>({
  name: 'internal triggers',
  order: 132,
  rarely: `exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgisinternal and t.tgenabled <> 'O')`,
  query: (within) => `
    select c.oid::text as relation, c.relkind as relation_kind, n.nspname as schema, c.relname as "table", o.oid::text as constraint_oid,
      json_build_object('schema', fn.nspname, 'table', fc.relname, 'constraint', o.conname) as of, t.tgenabled as enabled,
      case when bool_or(t.all_alike) then null else json_agg(t.tgfoid::regproc::text order by t.tgfoid::regproc::text) end as functions,
      (select coalesce(json_agg('pg_class/' || k.relation || '/' || k.number), '[]') from (select o.conrelid as relation, unnest(o.conkey) as number union select o.confrelid, unnest(o.confkey)) k) as columns
    from (select t.*, min(tgenabled) over same = max(tgenabled) over same as all_alike from pg_trigger t
        where tgisinternal and tgconstraint <> 0 and exists (select from pg_class c where c.oid = t.tgrelid and c.relpersistence <> 't' and ${within.roots('c.oid', 'c.relnamespace')})
        window same as (partition by tgrelid, tgconstraint)) t
      join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_constraint o on o.oid = t.tgconstraint join pg_class fc on fc.oid = o.conrelid join pg_namespace fn on fn.oid = fc.relnamespace
    where t.tgenabled <> 'O'
    group by c.oid, c.relkind, n.nspname, c.relname, o.oid, fn.nspname, fc.relname, o.conname, t.tgenabled`,
  *introspect(catalog, rows: readonly InternalTriggersRow[]) {
    for (const { relation, relation_kind, constraint_oid, columns, schema, table, of, enabled, functions } of rows) {
      if (catalog.inExtension('pg_class', relation)) continue;
      yield {
        object: {
          kind: 'internal triggers',
          id: idOf('internal triggers', schema, table, of.schema, of.table, of.constraint, enabled),
          name: `${nameOf(schema, table)} of ${of.constraint}`,
          owner: relationId(relation_kind, schema, table),
          schema,
          table,
          of,
          enabled,
          functions,
        },
        addresses: [],
        // PostgreSQL makes the constraint anew when the type of a column changes.
        needsAddresses: [`pg_constraint/${constraint_oid}/0`, ...columns],
      };
    }
  },
  reference: (object) => `TABLE ${qualify(object.schema, object.table)}`,
  create: (object) => [fire(object, object.enabled)],
  drop: (object) => [fire(object, 'O')],
  alter: (before, after) => ({ statements: [fire(before, 'O'), fire(after, after.enabled)] }),
});
