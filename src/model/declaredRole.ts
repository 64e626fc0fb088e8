import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import { DECLARATION, type Declaration, type DeclaredStatement, STAGES } from './declaration.ts';
import { callerPlace } from './place.ts';

/** What a role may do. What is not said is as CREATE ROLE has it: INHERIT, and nothing else. A password has no place here. */
export interface RoleOptions {
  readonly login?: boolean | undefined;
  readonly inherit?: boolean | undefined;
  readonly superuser?: boolean | undefined;
  readonly createDb?: boolean | undefined;
  readonly createRole?: boolean | undefined;
  readonly replication?: boolean | undefined;
  readonly bypassRls?: boolean | undefined;
  readonly connectionLimit?: number | undefined;
  /** A time as SQL reads it: `2030-01-01`. */
  readonly validUntil?: string | undefined;
  /** The roles that it is a member of. */
  readonly memberOf?: readonly (string | MembershipOptions)[] | undefined;
  readonly comment?: string | undefined;
}

/** Of which role, and how. */
export interface MembershipOptions {
  readonly role: string;
  readonly admin?: boolean | undefined;
  /** From PostgreSQL 16 on. */
  readonly inherit?: boolean | undefined;
  /** From PostgreSQL 16 on. */
  readonly set?: boolean | undefined;
}

const WORDS = { login: 'LOGIN', inherit: 'INHERIT', superuser: 'SUPERUSER', createDb: 'CREATEDB', createRole: 'CREATEROLE' } as const;
const MORE_WORDS = { replication: 'REPLICATION', bypassRls: 'BYPASSRLS' } as const;

function attributes(options: RoleOptions): string {
  const words = Object.entries({ ...WORDS, ...MORE_WORDS }).flatMap(([key, word]) => {
    const value: unknown = Reflect.get(options, key);
    return value === undefined ? [] : [` ${value ? '' : 'NO'}${word}`];
  });
  const limit = options.connectionLimit === undefined ? '' : ` CONNECTION LIMIT ${options.connectionLimit}`;
  const until = options.validUntil === undefined ? '' : ` VALID UNTIL ${quoteLiteral(options.validUntil)}`;
  return words.join('') + limit + until;
}

function grant(member: string, given: string | MembershipOptions): string {
  const { role, admin, inherit, set }: MembershipOptions = typeof given === 'string' ? { role: given } : given;
  const said = (word: string, value: boolean | undefined): readonly string[] =>
    value === undefined ? [] : [`${word} ${value ? 'TRUE' : 'FALSE'}`];
  const modern = [...said('INHERIT', inherit), ...said('SET', set)];
  // Alone it is said as every server understands it.
  const options = [...modern, ...(admin === true ? [modern.length === 0 ? 'ADMIN OPTION' : 'ADMIN TRUE'] : [])];
  return `GRANT ${quoteIdentifier(role)} TO ${quoteIdentifier(member)}${options.length === 0 ? '' : ` WITH ${options.join(', ')}`}`;
}

/**
 * A role. With `manageRoles` in the settings it is made and changed on the server; without, it is made in the shadow alone, so that others can
 * name it.
 */
export function role(name: string, options: RoleOptions = {}): Declaration {
  const place = callerPlace();
  const quoted = quoteIdentifier(name);
  const { memberOf = [], comment } = options;
  const statements = (): readonly DeclaredStatement[] => [
    { sql: `CREATE ROLE ${quoted}${attributes(options)}`, stage: STAGES.role, place },
    ...memberOf.map((given) => ({ sql: grant(name, given), stage: STAGES.schema, place })),
    ...(comment === undefined ? [] : [{ sql: `COMMENT ON ROLE ${quoted} IS ${quoteLiteral(comment)}`, stage: STAGES.comment, place }]),
  ];
  return { [DECLARATION]: { object: undefined, place, statements, renames: () => [] } };
}
