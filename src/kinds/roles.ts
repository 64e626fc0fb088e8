import { literal, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';

/**
 * A role, where `manageRoles` says so. Roles belong to the whole server, so that no database says which of them are a project's: they are read
 * apart, see `shadow/roleStates.ts`.
 */
export interface Role extends SchemaObject {
  readonly kind: 'role';
  readonly role: string;
  readonly login: boolean;
  readonly inherit: boolean;
  readonly superuser: boolean;
  readonly createdb: boolean;
  readonly createrole: boolean;
  readonly replication: boolean;
  readonly bypassrls: boolean;
  /** -1 is no limit. */
  readonly connectionLimit: number;
  /** In UTC; null is for ever. */
  readonly validUntil: string | null;
  readonly comment: string | null;
}

/** What is said of a role by a word, and by the same word behind NO. */
const WORDS = ['login', 'inherit', 'superuser', 'createdb', 'createrole', 'replication', 'bypassrls'] as const;
/** What CREATE ROLE gives by itself, and what may be said by everybody who may make roles. */
const PLAIN: Pick<Role, (typeof WORDS)[number] | 'connectionLimit' | 'validUntil' | 'comment'> = {
  ...{ login: false, inherit: true, superuser: false, createdb: false, createrole: false, replication: false, bypassrls: false },
  ...{ connectionLimit: -1, validUntil: null, comment: null },
};

const nameOfRole = (role: Role): string => `ROLE ${quote(role.role)}`;

function changes(before: typeof PLAIN, after: Role, always: readonly string[] = []): readonly string[] {
  const words = WORDS.filter((word) => before[word] !== after[word] || always.includes(word)).map(
    (word) => (after[word] ? '' : 'NO') + word.toUpperCase(),
  );
  const limit = before.connectionLimit === after.connectionLimit ? [] : [`CONNECTION LIMIT ${after.connectionLimit}`];
  const until = before.validUntil === after.validUntil ? [] : [`VALID UNTIL ${literal(after.validUntil ?? 'infinity')}`];
  const attributes = [...words, ...limit, ...until];
  return [
    ...(attributes.length === 0 ? [] : [`ALTER ${nameOfRole(after)} WITH ${attributes.join(' ')}`]),
    ...(before.comment === after.comment
      ? []
      : [`COMMENT ON ${nameOfRole(after)} IS ${after.comment === null ? 'NULL' : literal(after.comment)}`]),
  ];
}

/** Another database of the server may have made it, and so may somebody else: then it gets what is said here. */
function createIfMissing(role: Role): string {
  const create = `CREATE ${nameOfRole(role)}`;
  const quotes = create.includes('$$') ? '$fastpyd$' : '$$';
  return `DO ${quotes} BEGIN ${create}; EXCEPTION WHEN duplicate_object THEN NULL; END ${quotes}`;
}

export const roles = defineKind<Role>({
  name: 'role',
  order: 1,
  dropsLast: true,
  *introspect() {},
  reference: nameOfRole,
  create: (role) => [createIfMissing(role), ...changes(PLAIN, role, ['login', 'inherit'])],
  drop: (role) => [
    {
      sql: `DROP ${nameOfRole(role)}`,
      hazards: [{ name: 'DROPS_ROLE', message: `role ${role.name} is gone for the whole server, with its password and its memberships` }],
    },
  ],
  alter: (before, after) => ({ statements: changes(before, after) }),
  // Not rows, but a password and whatever else the server has for it.
  holdsData: () => true,
});
