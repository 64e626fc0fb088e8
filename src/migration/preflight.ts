import { quoteIdentifier } from '../database/quote.ts';
import type { Session } from '../database/session.ts';
import { fail } from '../errors.ts';
import { kindAt, pathAt, pathBehind, significantTokens, skipModifiers, type Tokens, wordAt } from '../load/sqlNames.ts';
import type { Migration } from './migrationFile.ts';
import { type Action, actionsOf, type Direction } from './steps.ts';

/** What a statement asks of the role that runs it. */
interface Need {
  readonly sort: 'own' | 'drop' | 'schema' | 'database' | 'extension' | 'superuser' | 'createrole';
  /** As SQL writes it: the relation to own, the schema to create in; the name of an extension. */
  readonly name: string;
}

interface AskedNeed extends Need {
  /** e.g. `step 2 of 20260101000000_a`. */
  readonly place: string;
}

const RELATIONS = ['table', 'view', 'materialized view', 'sequence', 'index', 'foreign table'];
const OF_SCHEMAS = [...RELATIONS, 'type', 'domain', 'function', 'procedure', 'aggregate', 'collation'];
const BEHIND_ON = ['trigger', 'policy', 'rule'];
const OF_SUPERUSERS = ['event trigger', 'foreign data wrapper', 'tablespace'];
const OF_ROLES = ['role', 'user', 'group'];

/**
 * Finds the privileges that migrations need and the role has not, before the first change. What a statement does in a function or a DO
 * block is not looked into, nor what comes behind a change of the role or the search_path.
 * @throws PRIVILEGES_MISSING  naming all of them
 */
export async function assertPrivileges(
  session: Session,
  migrations: readonly Migration[],
  { direction, makesLedger }: { readonly direction: Direction; readonly makesLedger: boolean },
): Promise<void> {
  const ledger: readonly AskedNeed[] = makesLedger ? [{ sort: 'database', name: '', place: 'the history in the schema fastpyd' }] : [];
  const needs = [...ledger, ...needsOf(migrations.flatMap((migration) => actionsOf(migration, direction)))];
  if (needs.length === 0) return;
  const rows = await session.query<{ place: string; lack: string; role: string }>(LACKING, [JSON.stringify(needs)]);
  if (rows.length === 0) return;
  const missing = [...new Set(rows.map(({ place, lack }) => `${place}: ${lack}`))];
  throw fail('PRIVILEGES_MISSING', { role: rows[0]?.role ?? '', missing });
}

/** Behind it names and rights are others. */
const CHANGES_RIGHTS = /^\s*(?:set|reset)\s+(?:session\s+|local\s+)?(?:role|session\s+authorization|search_path|schema|all)\b/i;

function needsOf(actions: readonly Action[]): readonly AskedNeed[] {
  const end = actions.findIndex(({ run }) => run.kind === 'function' || CHANGES_RIGHTS.test(run.sql));
  const known = end < 0 ? actions : actions.slice(0, end);
  return known.flatMap(({ run, step, migration }) =>
    (run.kind === 'sql' ? needsOfStatement(significantTokens(run.sql)) : []).map((need) => ({
      ...need,
      place: `step ${step} of ${migration.id}`,
    })),
  );
}

function needsOfStatement(tokens: Tokens): readonly Need[] {
  const verb = wordAt(tokens, 0);
  if (verb === 'alter' && wordAt(tokens, 1) === 'system') return [{ sort: 'superuser', name: 'ALTER SYSTEM' }];
  if (!['create', 'alter', 'drop'].includes(verb)) return [];
  const { kind, next } = kindAt(tokens, skipModifiers(tokens, 1));
  const { path } = pathAt(tokens, skipModifiers(tokens, next));
  if (OF_SUPERUSERS.includes(kind) && verb === 'create') return [{ sort: 'superuser', name: `CREATE ${kind.toUpperCase()}` }];
  if (OF_ROLES.includes(kind) && verb === 'create') return [{ sort: 'createrole', name: '' }];
  if (BEHIND_ON.includes(kind) && !(verb === 'create' && kind === 'trigger')) return own(pathBehind(tokens, next, 'on'));
  if (kind === 'index' && verb === 'create') return own(pathBehind(tokens, next, 'on'));
  if (RELATIONS.includes(kind) && verb !== 'create') return own(path, verb === 'drop' ? 'drop' : 'own');
  if (verb !== 'create' || /^temp(?:orary)?$/.test(wordAt(tokens, 1))) return [];
  if (kind === 'schema') return [{ sort: 'database', name: '' }];
  if (kind === 'extension') return [{ sort: 'extension', name: path.at(-1) ?? '' }];
  return OF_SCHEMAS.includes(kind) ? [{ sort: 'schema', name: path.length > 1 ? (path[0] ?? '') : 'public' }] : [];
}

const own = (path: readonly string[], sort: 'own' | 'drop' = 'own'): readonly Need[] =>
  path.length === 0 ? [] : [{ sort, name: path.map(quoteIdentifier).join('.') }];

/** What does not exist yet is made by the migrations themselves, and then theirs. */
const LACKING = `with need as (select * from json_to_recordset($1) as need(sort text, name text, place text)),
  me as (select rolsuper, rolcreaterole from pg_catalog.pg_roles where rolname = current_user),
  checked as (
    select need.place, case need.sort
      when 'own' then (select format('%s belongs to %s', need.name, pg_get_userbyid(relowner)) from pg_catalog.pg_class
        where oid = to_regclass(need.name) and not pg_has_role(relowner, 'USAGE'))
      when 'drop' then (select format('%s belongs to %s', need.name, pg_get_userbyid(relowner)) from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.oid = to_regclass(need.name) and not pg_has_role(relowner, 'USAGE') and not pg_has_role(nspowner, 'USAGE'))
      when 'schema' then (select format('nothing may be created in the schema %s', nspname) from pg_catalog.pg_namespace
        where nspname = need.name and not has_schema_privilege(oid, 'CREATE'))
      when 'database' then (select format('no schema may be created in the database %s', current_database())
        where not has_database_privilege(current_database(), 'CREATE'))
      when 'extension' then (select format('the extension %s may be created by superusers only', need.name)
        from pg_catalog.pg_available_extension_versions where name = need.name and not me.rolsuper
        and not exists (select from pg_catalog.pg_extension where extname = need.name)
        having bool_and(superuser and not (trusted and has_database_privilege(current_database(), 'CREATE'))))
      when 'superuser' then (select format('%s is for superusers', need.name) where not me.rolsuper)
      when 'createrole' then (select 'roles may not be created' where not me.rolsuper and not me.rolcreaterole)
    end as lack from need, me)
  select place, lack, current_user::text as role from checked where lack is not null`;
