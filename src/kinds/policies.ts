import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** A row security policy. */
export interface Policy extends SchemaObject {
  readonly kind: 'policy';
  readonly schema: string;
  readonly table: string;
  readonly policy: string;
  /** ALL, SELECT, INSERT, UPDATE or DELETE. */
  readonly command: string;
  readonly permissive: boolean;
  /** Quoted where needed, sorted; PUBLIC for everybody. */
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
}

interface PolicyRow {
  readonly oid: string;
  readonly relation: string;
  readonly schema: string;
  readonly table: string;
  readonly policy: string;
  readonly command: string;
  readonly permissive: boolean;
  readonly roles: readonly string[] | null;
  readonly using: string | null;
  readonly check: string | null;
}

const COMMANDS: Readonly<Record<string, string>> = { '*': 'ALL', r: 'SELECT', a: 'INSERT', w: 'UPDATE', d: 'DELETE' };

const target = (policy: Policy): string => `${quote(policy.policy)} ON ${qualify(policy.schema, policy.table)}`;
const usingClause = (policy: Policy): string => (policy.using === null ? '' : ` USING (${policy.using})`);
const checkClause = (policy: Policy): string => (policy.check === null ? '' : ` WITH CHECK (${policy.check})`);
const rolesClause = (policy: Policy): string => ` TO ${policy.roles.join(', ')}`;

const createPolicy = (policy: Policy): string =>
  [
    `CREATE POLICY ${target(policy)}`,
    policy.permissive ? '' : ' AS RESTRICTIVE',
    policy.command === 'ALL' ? '' : ` FOR ${policy.command}`,
    rolesClause(policy),
    usingClause(policy),
    checkClause(policy),
  ].join('');

/** ALTER POLICY can change an expression, but not take it away. */
function alterPolicy(before: Policy, after: Policy): Alteration | typeof REPLACE {
  const isNew = before.command !== after.command || before.permissive !== after.permissive;
  const loses = (before.using !== null && after.using === null) || (before.check !== null && after.check === null);
  if (isNew || loses) return REPLACE;
  const roles = before.roles.join() === after.roles.join() ? '' : rolesClause(after);
  const using = before.using === after.using ? '' : usingClause(after);
  const check = before.check === after.check ? '' : checkClause(after);
  return { statements: [`ALTER POLICY ${target(after)}${roles}${using}${check}`] };
}

export const policies = defineKind<Policy>({
  name: 'policy',
  order: 140,
  rarely: 'exists (select from pg_policy p where p.polrelid = c.oid)',
  query: (within) => `
    select p.oid::text, c.oid::text as relation, n.nspname as schema, c.relname as "table", p.polname as policy, p.polcmd as command, p.polpermissive as permissive,
      (select json_agg(r.name order by r.name) from (select case when u.role = 0 then 'PUBLIC' else quote_ident(pg_get_userbyid(u.role)) end as name from unnest(p.polroles) u(role)) r) as roles,
      pg_get_expr(p.polqual, p.polrelid) as "using", pg_get_expr(p.polwithcheck, p.polrelid) as "check"
    from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
    where ${within.roots('p.polrelid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly PolicyRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.relation) || catalog.inExtension('pg_policy', row.oid)) continue;
      yield {
        object: {
          kind: 'policy',
          id: idOf('policy', row.schema, row.table, row.policy),
          name: nameOf(row.schema, row.table, row.policy),
          owner: idOf('table', row.schema, row.table),
          schema: row.schema,
          table: row.table,
          policy: row.policy,
          command: COMMANDS[row.command] ?? 'ALL',
          permissive: row.permissive,
          roles: row.roles ?? [],
          using: row.using === null ? null : settled(row.using),
          check: row.check === null ? null : settled(row.check),
        },
        addresses: [`pg_policy/${row.oid}/0`],
      };
    }
  },
  reference: (policy) => `POLICY ${target(policy)}`,
  create: (policy) => [createPolicy(policy)],
  drop: (policy) => [`DROP POLICY ${target(policy)}`],
  alter: alterPolicy,
  rename: (before, after) => [`ALTER POLICY ${target(before)} RENAME TO ${quote(after.policy)}`],
});
