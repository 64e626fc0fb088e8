import { quoteIdentifier } from '../database/quote.ts';
import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import { idOf } from '../kinds/identifier.ts';
import { byId, type SchemaObject } from '../kinds/kind.ts';
import { roleStatement } from '../load/roleStatements.ts';
import { inDiscardedTransaction } from './rehearse.ts';

/** Statements about roles, and what to do when one is refused. */
export interface RoleScript {
  readonly statements: readonly string[];
  readonly refused: (index: number, error: SqlError) => Error;
}

/**
 * The roles behind each of some scripts, which run one after the other, with what they are members of. All of it happens in one transaction of which
 * nothing stays, on a server where roles of these names may serve others: those step aside while it lasts.
 */
export function roleStates(database: ScratchDatabase, scripts: readonly RoleScript[]): Promise<readonly (readonly SchemaObject[])[]> {
  const found = scripts.flatMap(({ statements }) => statements.flatMap((sql) => roleStatement(sql) ?? []));
  const made = [...new Set(found.filter(({ does }) => does === 'create').flatMap(({ roles }) => roles))];
  const others = [...new Set(found.flatMap(({ roles }) => roles))].filter((name) => !made.includes(name));
  return inDiscardedTransaction(database, async (session) => {
    await stepAside(session, made);
    await standIn(session, others);
    const states: (readonly SchemaObject[])[] = [];
    for (const script of scripts) {
      await run(session, script);
      states.push(await readRoles(session, { made, all: [...made, ...others] }));
    }
    return states;
  });
}

async function stepAside(session: ScratchSession, names: readonly string[]): Promise<void> {
  const taken = await session.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any ($1::text[]) and rolname <> session_user',
    [names],
  );
  for (const [index, { rolname }] of taken.entries())
    await session.query(`ALTER ROLE ${quoteIdentifier(rolname)} RENAME TO ${quoteIdentifier(`fastpyd_aside_${index}`)}`);
}

/** Roles that are only named are somebody else's, and stand here for what is on the live server. */
async function standIn(session: ScratchSession, names: readonly string[]): Promise<void> {
  const missing = await session.query<{ name: string }>(
    `select name from unnest($1::text[]) name where name not in (select rolname from pg_roles) and name !~ '^pg_|^(current_user|session_user|current_role|public)$'`,
    [names],
  );
  for (const { name } of missing) await session.query(`CREATE ROLE ${quoteIdentifier(name)} NOLOGIN`);
}

async function run(session: ScratchSession, { statements, refused }: RoleScript): Promise<void> {
  for (const [index, sql] of statements.entries()) {
    await session.query(sql).catch((error: unknown) => {
      throw error instanceof SqlError ? refused(index, error) : error;
    });
  }
}

// Roles that the transaction does not itself make, and what the bootstrap superuser grants to whoever makes one, are nobody's wish.
const ROLES = `
  select rolname as name, rolname as role, rolcanlogin as login, rolinherit as inherit, rolsuper as superuser, rolcreatedb as createdb,
    rolcreaterole as createrole, rolreplication as replication, rolbypassrls as bypassrls, rolconnlimit as "connectionLimit",
    case when isfinite(rolvaliduntil) then to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS"+00"') end as "validUntil",
    shobj_description(oid, 'pg_authid') as comment
  from pg_roles where rolname = any ($1::text[])`;

const MEMBERSHIPS = (isSince16: boolean): string => `
  select g.rolname as "group", r.rolname as member, bool_or(m.admin_option) as admin,
    ${isSince16 ? 'bool_or(m.inherit_option)' : 'null::bool'} as inherit, ${isSince16 ? 'bool_or(m.set_option)' : 'null::bool'} as set
  from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles r on r.oid = m.member
  where g.rolname = any ($1::text[]) and r.rolname = any ($1::text[]) and (g.rolname = any ($2::text[]) or r.rolname = any ($2::text[]))
  group by 1, 2`;

interface Names {
  readonly made: readonly string[];
  readonly all: readonly string[];
}

async function readRoles(session: ScratchSession, { made, all }: Names): Promise<readonly SchemaObject[]> {
  const [server] = await session.query<{ major: number }>(`select current_setting('server_version_num')::int / 10000 as major`);
  const roles = await session.query<{ readonly name: string }>(ROLES, [made]);
  const memberships = await session.query<Pair>(MEMBERSHIPS((server?.major ?? 0) >= 16), [all, made]);
  return [
    ...roles.map((role) => ({ kind: 'role', id: idOf('role', role.name), ...role })),
    ...memberships.map(membershipOf(made)),
  ].toSorted(byId);
}

interface Pair {
  readonly group: string;
  readonly member: string;
}

const membershipOf = (made: readonly string[]) => (pair: Pair) => ({
  kind: 'membership',
  id: idOf('membership', pair.group, pair.member),
  name: `${pair.group} of ${pair.member}`,
  owner: made.includes(pair.member) ? idOf('role', pair.member) : undefined,
  ...pair,
});
