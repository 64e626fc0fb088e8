/** One privilege that one role has. */
export interface Grant {
  /** PUBLIC, CURRENT_USER for the role that migrates, or a role's name, quoted where needed. */
  readonly grantee: string;
  readonly privilege: string;
  readonly grantable: boolean;
}

/** Privileges relative to what an object of its sort starts with: what was granted beyond that, and what was taken away of it. */
export interface Acl {
  readonly granted: readonly Grant[];
  readonly revoked: readonly Grant[];
}

/** What an object starts with. */
export const USUAL: Acl = { granted: [], revoked: [] };

/** How GRANT and REVOKE are said: `ALTER DEFAULT PRIVILEGES ` before them, `TABLE public.posts` behind ON. */
export interface AclTarget {
  readonly prefix: string;
  readonly on: string;
  readonly column: string | null;
}

const isSame = (one: Grant, other: Grant): boolean => one.grantee === other.grantee && one.privilege === other.privilege;

const without = (grants: readonly Grant[], others: readonly Grant[]): readonly Grant[] =>
  grants.filter((grant) => !others.some((other) => isSame(grant, other)));

/** Those of the grants that are among the others too, but with the other side's grant option the opposite of theirs. */
const differing = (grants: readonly Grant[], others: readonly Grant[], grantable: boolean): readonly Grant[] =>
  grants.filter((grant) => grant.grantable === grantable && others.some((other) => isSame(grant, other) && other.grantable !== grantable));

/** The fewest statements that lead from one state of the privileges to another. */
export function changeAcl(before: Acl, after: Acl, target: AclTarget): string[] {
  const revoked = [...without(before.granted, after.granted), ...without(after.revoked, before.revoked)];
  const limited = differing(before.granted, after.granted, true);
  const granted = [
    ...without(before.revoked, after.revoked),
    ...without(after.granted, before.granted),
    ...differing(after.granted, before.granted, true),
  ];
  return [
    ...say(revoked, target, (what, who) => `REVOKE ${what} FROM ${who}`),
    ...say(limited, target, (what, who) => `REVOKE GRANT OPTION FOR ${what} FROM ${who}`),
    ...say(
      without(
        granted,
        granted.filter((grant) => grant.grantable),
      ),
      target,
      (what, who) => `GRANT ${what} TO ${who}`,
    ),
    ...say(
      granted.filter((grant) => grant.grantable),
      target,
      (what, who) => `GRANT ${what} TO ${who} WITH GRANT OPTION`,
    ),
  ];
}

/** What the way from one state to another takes from somebody, the options to grant included. */
const takenAway = (before: Acl, after: Acl): readonly Grant[] => [
  ...without(before.granted, after.granted),
  ...without(after.revoked, before.revoked),
  ...differing(before.granted, after.granted, true),
];

/** Does the way from one state to another take something that another ACL grants? */
export const takesFrom = (before: Acl, after: Acl, other: Acl): boolean =>
  takenAway(before, after).some((taken) => other.granted.some((grant) => isSame(grant, taken)));

/** An object that passes from one role to another. */
interface Passing {
  readonly from: string;
  readonly to: string;
  /** Does an owner start with every privilege, as on all but columns? */
  readonly hasAll: boolean;
}

/** Privileges after the object passed to another owner, who keeps what was granted to him before. */
export function passedOn({ granted, revoked }: Acl, { from, to, hasAll }: Passing): Acl {
  const kept = granted.filter(({ grantee }) => grantee === to);
  const passed = (grants: readonly Grant[]) => grants.map((grant) => (grant.grantee === from ? { ...grant, grantee: to } : grant));
  const others = granted.filter(({ grantee }) => grantee !== to);
  return {
    granted: hasAll ? others.filter(({ grantee }) => grantee !== from) : inOrder([...without(passed(others), kept), ...kept]),
    revoked: inOrder(without(passed(revoked), kept)),
  };
}

/** The order in which the query below gives them. */
const inOrder = (grants: readonly Grant[]): readonly Grant[] => grants.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));

const placeOf = ({ grantee, privilege }: Grant): string => `${grantee}\0${privilege}`;

/** One statement for each role. */
function say(grants: readonly Grant[], target: AclTarget, phrase: (what: string, who: string) => string): string[] {
  const columns = target.column === null ? '' : ` (${target.column})`;
  return [...Map.groupBy(grants, (grant) => grant.grantee)].map(([grantee, group]) => {
    const privileges = group.map(({ privilege }) => `${privilege}${columns}`).sort();
    return `${target.prefix}${phrase(`${privileges.join(', ')} ON ${target.on}`, grantee)}`;
  });
}

/**
 * SQL that turns an ACL into `granted` and `revoked`, two JSON columns; all parts are SQL expressions.
 * The name of the role that migrates is not part of it, since it is another one in another database.
 */
export const aclColumns = (parts: { readonly acl: string; readonly usual: string; readonly grantee: string }): string => {
  const exploded = (acl: string): string =>
    `(select ${parts.grantee} as grantee, x.privilege_type as privilege, bool_or(x.is_grantable) as grantable from aclexplode(${acl}) x group by 1, 2)`;
  const except = (acl: string, other: string): string =>
    `(select coalesce(json_agg(json_build_object('grantee', g.grantee, 'privilege', g.privilege, 'grantable', g.grantable) order by g.grantee collate "C", g.privilege collate "C"), '[]')
      from ${exploded(acl)} g where (g.grantee, g.privilege) not in (select o.grantee, o.privilege from ${exploded(other)} o))`;
  return `${except(parts.acl, parts.usual)} as granted, ${except(parts.usual, parts.acl)} as revoked`;
};
