import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** A function, a window function or a procedure in any language; aggregates are a kind of their own. */
export interface Routine extends SchemaObject {
  readonly kind: 'routine';
  readonly schema: string;
  readonly routine: string;
  readonly procedure: boolean;
  readonly window: boolean;
  /** What tells it from its namesakes, as DROP FUNCTION takes it: `a integer, VARIADIC b text[]`. */
  readonly arguments: string;
  readonly parameters: readonly Parameter[];
  readonly defaults: number;
  /** Null for a procedure. */
  readonly result: string | null;
  /** What pg_get_functiondef prints, without `CREATE OR REPLACE`. */
  readonly definition: string;
}

interface Parameter {
  /** i, o, b (in and out), v (variadic) or t (a column of RETURNS TABLE). */
  readonly mode: string;
  readonly name: string;
  readonly type: string;
}

interface RoutineRow {
  readonly oid: string;
  readonly schema: string;
  readonly routine: string;
  readonly sort: string;
  readonly types: string;
  readonly arguments: string;
  readonly parameters: readonly Parameter[] | null;
  readonly defaults: number;
  readonly result: string | null;
  readonly definition: string;
  /** The base type that is made of it, if any: neither can be without the other. */
  readonly whole: { readonly schema: string; readonly type: string; readonly position: number } | null;
}

const fromRow = (row: RoutineRow): Routine => ({
  kind: 'routine',
  id: idOf('routine', row.schema, `${row.routine}(${row.types})`),
  name: nameOf(row.schema, `${row.routine}(${row.types})`),
  schema: row.schema,
  routine: row.routine,
  procedure: row.sort === 'p',
  window: row.sort === 'w',
  arguments: row.arguments,
  parameters: row.parameters ?? [],
  defaults: row.defaults,
  result: row.result,
  definition: row.definition.replace(/^CREATE OR REPLACE /, '').trimEnd(),
});

const keyword = (routine: Routine): string => (routine.procedure ? 'PROCEDURE' : 'FUNCTION');
const reference = (routine: Routine): string => `${keyword(routine)} ${qualify(routine.schema, routine.routine)}(${routine.arguments})`;

/** A name may be given to an unnamed input; every other change of a parameter needs a new routine. */
const keepsParameter = (before: Parameter, after: Parameter | undefined): boolean =>
  after !== undefined &&
  before.mode === after.mode &&
  before.type === after.type &&
  (before.name === after.name || (before.name === '' && ['i', 'v'].includes(before.mode)));

/** @see https://www.postgresql.org/docs/current/sql-createfunction.html  what CREATE OR REPLACE leaves alone */
const isReplaceable = (before: Routine, after: Routine): boolean =>
  before.procedure === after.procedure &&
  before.window === after.window &&
  before.result === after.result &&
  before.defaults <= after.defaults &&
  before.parameters.length === after.parameters.length &&
  before.parameters.every((parameter, index) => keepsParameter(parameter, after.parameters[index]));

export const routines = defineKind<Routine>({
  name: 'routine',
  order: 40,
  query: (within) => `
    select p.oid::text, n.nspname as schema, p.proname as routine, p.prokind as sort, oidvectortypes(p.proargtypes) as types,
      pg_get_function_identity_arguments(p.oid) as arguments, p.pronargdefaults as defaults, pg_get_function_result(p.oid) as result, pg_get_functiondef(p.oid) as definition,
      (select json_agg(json_build_object('mode', coalesce(p.proargmodes[u.i], 'i'), 'name', coalesce(p.proargnames[u.i], ''), 'type', format_type(u.type, null)) order by u.i)
        from unnest(coalesce(p.proallargtypes, string_to_array(p.proargtypes::text, ' ')::oid[])) with ordinality u(type, i)) as parameters,
      (select json_build_object('schema', tn.nspname, 'type', t.typname, 'position', array_position(array[t.typinput, t.typoutput, t.typreceive, t.typsend]::oid[], p.oid)) from pg_depend d join pg_type t on t.oid = d.objid join pg_namespace tn on tn.oid = t.typnamespace
        where d.refclassid = 'pg_proc'::regclass and d.refobjid = p.oid and d.classid = 'pg_type'::regclass and t.typtype = 'b' and p.oid in (t.typinput, t.typoutput, t.typreceive, t.typsend)) as whole
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prokind <> 'a' and ${within.roots('p.oid', 'p.pronamespace')}
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')`,
  *introspect(catalog, rows: readonly RoutineRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_proc', row.oid)) continue;
      yield {
        object: fromRow(row),
        addresses: [`pg_proc/${row.oid}/0`],
        droppedWith: row.whole === null ? undefined : idOf('base type', row.whole.schema, row.whole.type),
        position: row.whole?.position,
      };
    }
  },
  reference,
  create: (routine) => [`CREATE ${routine.definition}`],
  drop: (routine) => [`DROP ${reference(routine)}`],
  inline: (routine) => `CREATE ${routine.definition}`,
  alter: (before, after): Alteration | typeof REPLACE =>
    isReplaceable(before, after) ? { statements: [`CREATE OR REPLACE ${after.definition}`] } : REPLACE,
  moves: true,
  rename: (before, after) => [
    ...(before.schema === after.schema ? [] : [`ALTER ${reference(before)} SET SCHEMA ${quote(after.schema)}`]),
    ...(before.routine === after.routine
      ? []
      : [`ALTER ${reference({ ...before, schema: after.schema })} RENAME TO ${quote(after.routine)}`]),
  ],
  claims: (routine) => [`routine ${routine.name}`],
});
