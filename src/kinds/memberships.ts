import { idOf, quote } from './identifier.ts';
import { type AlterContext, defineKind, type SchemaObject } from './kind.ts';
import type { Role } from './roles.ts';

/** That a role has what another one has, where `manageRoles` says so; read with the roles, see `roles.ts`. */
export interface Membership extends SchemaObject {
  readonly kind: 'membership';
  readonly group: string;
  readonly member: string;
  readonly admin: boolean;
  /** Null before PostgreSQL 16, where the member's INHERIT decides, and SET ROLE is open to all members. */
  readonly inherit: boolean | null;
  readonly set: boolean | null;
}

const revoke = ({ group, member }: Membership): string => `REVOKE ${quote(group)} FROM ${quote(member)}`;

/** What needs PostgreSQL 16 is said only where it is not as usual: a member inherits what its own INHERIT says. */
function grant({ group, member, admin, inherit, set }: Membership, context: AlterContext): string {
  const role = context.after(idOf('role', member)) as Role | undefined;
  const modern = [
    ...(inherit === null || inherit === (role?.inherit ?? true) ? [] : [`INHERIT ${inherit ? 'TRUE' : 'FALSE'}`]),
    ...(set === null || set ? [] : ['SET FALSE']),
  ];
  const options = [...modern, ...(admin ? [modern.length === 0 ? 'ADMIN OPTION' : 'ADMIN TRUE'] : [])];
  return `GRANT ${quote(group)} TO ${quote(member)}${options.length === 0 ? '' : ` WITH ${options.join(', ')}`}`;
}

export const memberships = defineKind<Membership>({
  name: 'membership',
  order: 2,
  *introspect() {},
  reference: ({ group, member }) => `${quote(group)} TO ${quote(member)}`,
  create: (membership, context) => [grant(membership, context)],
  drop: (membership) => [revoke(membership)],
  alter: (before, after, context) => ({ statements: [revoke(before), grant(after, context)] }),
});
