import type { Address } from './kind.ts';

/** An operator or function of an operator class or family. */
export interface OperatorMember {
  /** As CREATE OPERATOR CLASS lists it: `OPERATOR 1 public.<(integer,integer)`. */
  readonly definition: string;
  /** As ALTER OPERATOR FAMILY … DROP names it: `OPERATOR 1 (integer, integer)`. */
  readonly key: string;
}

/** A member as the catalog has it. */
export interface OperatorMemberRow extends OperatorMember {
  readonly address: Address;
}

/** The members alone, and where each of them stands. */
export function readMembers(rows: readonly OperatorMemberRow[] | null): {
  readonly members: readonly OperatorMember[];
  readonly addresses: readonly Address[];
} {
  const found = rows ?? [];
  return { members: found.map(({ definition, key }) => ({ definition, key })), addresses: found.map(({ address }) => address) };
}

const sortFamily = `(select ' FOR ORDER BY ' || quote_ident(sn.nspname) || '.' || quote_ident(s.opfname) from pg_opfamily s join pg_namespace sn on sn.oid = s.opfnamespace where s.oid = o.amopsortfamily)`;
const operandsOf = (row: string, left: string, right: string): string =>
  `'(' || format_type(${row}.${left}, null) || ', ' || format_type(${row}.${right}, null) || ')'`;

/** SQL for the members that pg_depend calls part of the class or family in that catalog under that oid (an SQL expression). */
export const memberColumn = (catalog: string, oid: string): string => `
  (select json_agg(json_build_object('definition', m.definition, 'key', m.key, 'address', m.address) order by m.sort, m.number, m.key) from (
    select 1 as sort, o.amopstrategy as number, 'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::regoperator || coalesce(${sortFamily}, '') as definition,
      'OPERATOR ' || o.amopstrategy || ' ' || ${operandsOf('o', 'amoplefttype', 'amoprighttype')} as key, 'pg_amop/' || o.oid || '/0' as address
    from pg_amop o join pg_depend d on d.classid = 'pg_amop'::regclass and d.objid = o.oid and d.refclassid = '${catalog}'::regclass and d.refobjid = ${oid}
    union all
    select 2, p.amprocnum, 'FUNCTION ' || p.amprocnum || ' ' || ${operandsOf('p', 'amproclefttype', 'amprocrighttype')} || ' ' || p.amproc::regprocedure,
      'FUNCTION ' || p.amprocnum || ' ' || ${operandsOf('p', 'amproclefttype', 'amprocrighttype')}, 'pg_amproc/' || p.oid || '/0'
    from pg_amproc p join pg_depend d on d.classid = 'pg_amproc'::regclass and d.objid = p.oid and d.refclassid = '${catalog}'::regclass and d.refobjid = ${oid}
  ) m)`;
