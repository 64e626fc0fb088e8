import type { Column } from './columns.ts';
import { idOf, literal, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, type AlterContext, defineKind, type ObjectId, REPLACE, type SchemaObject, SWAP } from './kind.ts';
import { asideName, renameAs, type SetAside, setAsideAs } from './setAside.ts';

/** A type whose values functions read and write, or the shell of one, which is nothing but a name until it is defined. */
export interface BaseType extends SchemaObject {
  readonly kind: 'base type';
  readonly schema: string;
  readonly type: string;
  /**
   * What stands in the parentheses of CREATE TYPE, in the order of its manual page; nothing for a shell. Functions that make values are printed
   * with their arguments, which tell them from namesakes: `INPUT = public.t_in(cstring)`.
   */
  readonly options: readonly string[];
}

interface BaseTypeRow {
  readonly oid: string;
  readonly array: string;
  readonly schema: string;
  readonly type: string;
  readonly options: readonly (string | null)[];
}

/** SQL that is true of a row of pg_type, under that alias, which is a base type or a shell; an array is a type of its element. */
export const isBaseType = (alias: string): string =>
  `(${alias}.typtype = 'b' and ${alias}.typsubscript <> 'pg_catalog.array_subscript_handler'::regproc or not ${alias}.typisdefined)`;

const functionOption = (word: string, column: string): string => `case when t.${column} <> 0 then '${word} = ' || t.${column}::regproc end`;

const OPTIONS = [
  `'INPUT = ' || t.typinput::regprocedure`,
  `'OUTPUT = ' || t.typoutput::regproc`,
  `case when t.typreceive <> 0 then 'RECEIVE = ' || t.typreceive::regprocedure end`,
  functionOption('SEND', 'typsend'),
  functionOption('TYPMOD_IN', 'typmodin'),
  functionOption('TYPMOD_OUT', 'typmodout'),
  functionOption('ANALYZE', 'typanalyze'),
  functionOption('SUBSCRIPT', 'typsubscript'),
  `case when t.typlen > 0 then 'INTERNALLENGTH = ' || t.typlen end`,
  `case when t.typbyval then 'PASSEDBYVALUE' end`,
  `case t.typalign when 'c' then 'ALIGNMENT = char' when 's' then 'ALIGNMENT = int2' when 'd' then 'ALIGNMENT = double' end`,
  `case t.typstorage when 'e' then 'STORAGE = external' when 'x' then 'STORAGE = extended' when 'm' then 'STORAGE = main' end`,
  `case when t.typcategory <> 'U' then 'CATEGORY = ' || quote_literal(t.typcategory::text) end`,
  `case when t.typispreferred then 'PREFERRED = true' end`,
  `'DEFAULT = ' || quote_literal(t.typdefault)`,
  `case when t.typelem <> 0 then 'ELEMENT = ' || format_type(t.typelem, null) end`,
  `case when t.typdelim <> ',' then 'DELIMITER = ' || quote_literal(t.typdelim::text) end`,
  `case when t.typcollation <> 0 then 'COLLATABLE = true' end`,
];

const nameOfType = ({ schema, type }: BaseType): string => qualify(schema, type);
const isShell = ({ options }: BaseType): boolean => options.length === 0;

/** A function that makes values, as its option is printed. */
const MAKER = /^(?:INPUT|RECEIVE) = (.*)(\([^()]*\))$/s;

const written = (option: string): string => (MAKER.test(option) ? option.replace(/\([^()]*\)$/, '') : option);
const define = (object: BaseType): string => `CREATE TYPE ${nameOfType(object)} (${object.options.map(written).join(', ')})`;

/** Its functions name it, and it names them: between a shell and the type itself come those. */
function createType(object: BaseType, { inlined = [] }: AlterContext): string[] {
  const shell = `CREATE TYPE ${nameOfType(object)}`;
  return isShell(object) ? [shell] : [shell, ...inlined, define(object)];
}

/**
 * The type and its functions can only go together, which PostgreSQL does by CASCADE alone. What else would go along, such as a column in a schema
 * that nobody manages, is a reason to refuse, as it is without CASCADE.
 */
const dropWithFunctions = (name: string): string[] => [
  `DO $do$ -- CASCADE is meant for the type's own functions, and for nothing else.
DECLARE
  dropped regtype := ${literal(name)};
  others text := (
    WITH base AS (SELECT * FROM pg_type WHERE oid = dropped), own(class, oid) AS (
      SELECT 'pg_type'::regclass::oid, unnest(ARRAY[oid, typarray]) FROM base
      UNION ALL SELECT 'pg_proc'::regclass::oid, unnest(ARRAY[typinput, typoutput, typreceive, typsend]::oid[]) FROM base)
    SELECT string_agg(pg_describe_object(classid, objid, objsubid), ', ') FROM pg_depend
    WHERE (refclassid, refobjid) IN (TABLE own) AND (classid, objid) NOT IN (TABLE own));
BEGIN
  IF others IS NOT NULL THEN
    RAISE 'cannot drop type % because other objects depend on it', dropped USING ERRCODE = 'dependent_objects_still_exist', DETAIL = others;
  END IF;
END $do$`,
  `DROP TYPE ${name} CASCADE`,
];

/** @see https://www.postgresql.org/docs/current/sql-altertype.html  what can be changed in place */
const ALTERABLE = /^(?:RECEIVE|SEND|TYPMOD_IN|TYPMOD_OUT|ANALYZE|SUBSCRIPT|STORAGE) = /;

const lasting = ({ options }: BaseType): string => JSON.stringify(options.filter((option) => !ALTERABLE.test(option)));
const wordOf = (option: string): string => option.replace(/ .*$/s, '');
const storageOf = ({ options }: BaseType): string | undefined => options.find((option) => wordOf(option) === 'STORAGE');

function alterType(before: BaseType, after: BaseType, context: AlterContext): Alteration | typeof REPLACE | typeof SWAP {
  if (isShell(before) || isShell(after)) return REPLACE;
  const storage = storageOf(before) === storageOf(after) ? undefined : storageOf(after);
  const becomesPlain = storageOf(before) !== undefined && storageOf(after) === undefined;
  if (lasting(before) !== lasting(after) || becomesPlain) return SWAP;
  const words = after.options.map(wordOf);
  const gone = before.options.map(wordOf).filter((word) => !words.includes(word));
  const changed = after.options.filter((option) => !before.options.includes(option));
  const set = [...gone.map((word) => `${word} = NONE`), ...changed.map(written)].join(', ');
  const columns = storage === undefined ? [] : columnsOf(after.id, context).map((column) => setStorage(column, storage));
  return {
    statements: [`ALTER TYPE ${nameOfType(after)} SET (${set})`, ...columns],
    rebuild: ({ kind }) => storage !== undefined && kind === 'materialized view',
  };
}

/** The columns that are stored as the type is, be it by way of a domain; those of its array type are not. */
const columnsOf = (id: ObjectId, context: AlterContext): readonly Column[] =>
  context.dependents(id).flatMap((object): readonly Column[] => {
    if (object.kind === 'domain') return columnsOf(object.id, context);
    return object.kind === 'column' && isStoredAsType(object as Column) ? [object as Column] : [];
  });

const isStoredAsType = ({ type, storage }: Column): boolean => storage === null && !type.endsWith('[]');

/** A column goes on as its type was stored when it was made. */
const setStorage = ({ schema, table, column }: Column, storage: string): string =>
  `ALTER TABLE ONLY ${qualify(schema, table)} ALTER COLUMN ${quote(column)} SET ${storage.replace(' = ', ' ').toUpperCase()}`;

/** Functions that make values have the very arguments of their successors, and get out of the way with the type. */
function setAside(object: BaseType): SetAside {
  const makers = object.options.flatMap((option) => {
    const [, name, types] = MAKER.exec(option) ?? [];
    return name === undefined ? [] : [`ALTER FUNCTION ${name}${types} RENAME TO ${quote(asideName(lastPart(name)))}`];
  });
  const { rename } = setAsideAs('TYPE', object.schema, object.type);
  return { rename: [...rename, ...makers], drop: dropWithFunctions(qualify(object.schema, asideName(object.type))) };
}

/** Of a qualified name as SQL writes it, unquoted. */
function lastPart(name: string): string {
  const [bare = name, quoted] = /"((?:[^"]|"")*)"$|[^."]+$/.exec(name) ?? [];
  return quoted?.replaceAll('""', '"') ?? bare;
}

export const baseTypes = defineKind<BaseType>({
  name: 'base type',
  order: 27,
  query: (within) => `
    select t.oid::text, t.typarray::text as "array", n.nspname as schema, t.typname as type,
      case when t.typisdefined then json_build_array(${OPTIONS.join(', ')}) else '[]' end as options
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where ${isBaseType('t')} and ${within.roots('t.oid', 't.typnamespace')}`,
  *introspect(catalog, rows: readonly BaseTypeRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_type', row.oid)) continue;
      yield {
        object: {
          kind: 'base type',
          id: idOf('base type', row.schema, row.type),
          name: nameOf(row.schema, row.type),
          schema: row.schema,
          type: row.type,
          options: row.options.filter((option) => option !== null),
        },
        addresses: [`pg_type/${row.oid}/0`, `pg_type/${row.array}/0`],
      };
    }
  },
  reference: (object) => `TYPE ${nameOfType(object)}`,
  create: createType,
  drop: (object) => (isShell(object) ? [`DROP TYPE ${nameOfType(object)}`] : dropWithFunctions(nameOfType(object))),
  alter: alterType,
  moves: true,
  rename: (before, after) => renameAs('TYPE', { schema: before.schema, name: before.type }, { schema: after.schema, name: after.type }),
  setAside,
  claims: (object) => [`type ${object.name}`],
});
