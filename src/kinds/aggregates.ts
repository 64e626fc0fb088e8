import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** An aggregate function, ordered-set and hypothetical ones included. */
export interface Aggregate extends SchemaObject {
  readonly kind: 'aggregate';
  readonly schema: string;
  readonly aggregate: string;
  /** As CREATE AGGREGATE takes them: `*`, `a integer`, `double precision ORDER BY anyelement`. */
  readonly arguments: string;
  readonly result: string;
  /** What stands in the second parentheses of CREATE AGGREGATE: `SFUNC = public.add`, in the order of its manual page. */
  readonly options: readonly string[];
}

interface AggregateRow {
  readonly oid: string;
  readonly schema: string;
  readonly aggregate: string;
  readonly types: string;
  readonly arguments: string;
  readonly result: string;
  readonly options: readonly (string | null)[];
}

const signature = (object: Aggregate): string => `${qualify(object.schema, object.aggregate)}(${object.arguments})`;
const definition = (object: Aggregate): string => `AGGREGATE ${signature(object)} (${object.options.join(', ')})`;

const routineOption = (name: string, column: string): string => `case when a.${column} <> 0 then '${name} = ' || a.${column}::regproc end`;
const flagOption = (name: string, column: string): string => `case when a.${column} then '${name}' end`;
const sizeOption = (name: string, column: string): string => `case when a.${column} <> 0 then '${name} = ' || a.${column} end`;
/** Ordered-set aggregates start as READ_WRITE, all others as READ_ONLY. */
const modifyOption = (name: string, column: string, routine: string): string =>
  `case when a.${routine} <> 0 and a.${column} <> case a.aggkind when 'n' then 'r' else 'w' end then '${name} = ' || case a.${column} when 'r' then 'READ_ONLY' when 's' then 'SHAREABLE' else 'READ_WRITE' end end`;

const OPTIONS = [
  routineOption('SFUNC', 'aggtransfn'),
  `'STYPE = ' || format_type(a.aggtranstype, null)`,
  sizeOption('SSPACE', 'aggtransspace'),
  routineOption('FINALFUNC', 'aggfinalfn'),
  flagOption('FINALFUNC_EXTRA', 'aggfinalextra'),
  modifyOption('FINALFUNC_MODIFY', 'aggfinalmodify', 'aggfinalfn'),
  routineOption('COMBINEFUNC', 'aggcombinefn'),
  routineOption('SERIALFUNC', 'aggserialfn'),
  routineOption('DESERIALFUNC', 'aggdeserialfn'),
  `'INITCOND = ' || quote_literal(a.agginitval)`,
  routineOption('MSFUNC', 'aggmtransfn'),
  routineOption('MINVFUNC', 'aggminvtransfn'),
  `case when a.aggmtranstype <> 0 then 'MSTYPE = ' || format_type(a.aggmtranstype, null) end`,
  sizeOption('MSSPACE', 'aggmtransspace'),
  routineOption('MFINALFUNC', 'aggmfinalfn'),
  flagOption('MFINALFUNC_EXTRA', 'aggmfinalextra'),
  modifyOption('MFINALFUNC_MODIFY', 'aggmfinalmodify', 'aggmfinalfn'),
  `'MINITCOND = ' || quote_literal(a.aggminitval)`,
  `case when a.aggsortop <> 0 then 'SORTOP = ' || (select 'OPERATOR(' || quote_ident(n.nspname) || '.' || o.oprname || ')' from pg_operator o join pg_namespace n on n.oid = o.oprnamespace where o.oid = a.aggsortop) end`,
  `case p.proparallel when 's' then 'PARALLEL = SAFE' when 'r' then 'PARALLEL = RESTRICTED' end`,
  `case when a.aggkind = 'h' then 'HYPOTHETICAL' end`,
];

const isHypothetical = (object: Aggregate): boolean => object.options.includes('HYPOTHETICAL');

export const aggregates = defineKind<Aggregate>({
  name: 'aggregate',
  order: 44,
  query: (within) => `
    select p.oid::text, n.nspname as schema, p.proname as aggregate, oidvectortypes(p.proargtypes) as types,
      case when p.pronargs = 0 then '*' else pg_get_function_arguments(p.oid) end as arguments, pg_get_function_result(p.oid) as result, json_build_array(${OPTIONS.join(', ')}) as options
    from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join pg_namespace n on n.oid = p.pronamespace
    where ${within.roots('p.oid', 'p.pronamespace')}`,
  *introspect(catalog, rows: readonly AggregateRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_proc', row.oid)) continue;
      yield {
        object: {
          kind: 'aggregate',
          id: idOf('aggregate', row.schema, `${row.aggregate}(${row.types})`),
          name: nameOf(row.schema, `${row.aggregate}(${row.types})`),
          schema: row.schema,
          aggregate: row.aggregate,
          arguments: row.arguments,
          result: row.result,
          options: row.options.filter((option) => option !== null),
        },
        addresses: [`pg_proc/${row.oid}/0`],
      };
    }
  },
  reference: (object) => `AGGREGATE ${signature(object)}`,
  create: (object) => [`CREATE ${definition(object)}`],
  drop: (object) => [`DROP AGGREGATE ${signature(object)}`],
  alter: (before, after) =>
    before.result === after.result && before.arguments === after.arguments && isHypothetical(before) === isHypothetical(after)
      ? { statements: [`CREATE OR REPLACE ${definition(after)}`] }
      : REPLACE,
  rename: (before, after) => [`ALTER AGGREGATE ${signature(before)} RENAME TO ${quote(after.aggregate)}`],
  claims: (object) => [`routine ${object.name}`],
});
