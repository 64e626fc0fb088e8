import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';
import { memberColumn, type OperatorMember, type OperatorMemberRow, readMembers } from './operatorMembers.ts';

/** An operator family with its loose members; the others belong to its classes. */
export interface OperatorFamily extends SchemaObject {
  readonly kind: 'operator family';
  readonly schema: string;
  readonly family: string;
  readonly accessMethod: string;
  readonly members: readonly OperatorMember[];
}

interface OperatorFamilyRow {
  readonly oid: string;
  readonly schema: string;
  readonly family: string;
  readonly access_method: string;
  readonly members: readonly OperatorMemberRow[] | null;
}

const reference = (object: OperatorFamily): string =>
  `OPERATOR FAMILY ${qualify(object.schema, object.family)} USING ${quote(object.accessMethod)}`;

function changeMembers(before: readonly OperatorMember[], after: OperatorFamily): string[] {
  const isIn = (member: OperatorMember, others: readonly OperatorMember[]): boolean =>
    others.some((other) => other.definition === member.definition);
  const gone = before.filter((member) => !isIn(member, after.members)).map(({ key }) => key);
  const added = after.members.filter((member) => !isIn(member, before)).map(({ definition }) => definition);
  return [
    ...(gone.length > 0 ? [`ALTER ${reference(after)} DROP ${gone.join(', ')}`] : []),
    ...(added.length > 0 ? [`ALTER ${reference(after)} ADD ${added.join(', ')}`] : []),
  ];
}

export const operatorFamilies = defineKind<OperatorFamily>({
  name: 'operator family',
  order: 57,
  query: `
    select f.oid::text, n.nspname as schema, f.opfname as family, m.amname as access_method, ${memberColumn('pg_opfamily', 'f.oid')} as members
    from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am m on m.oid = f.opfmethod
    where f.opfnamespace in (select oid from user_schemas)`,
  *introspect(catalog, rows: readonly OperatorFamilyRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_opfamily', row.oid)) continue;
      const { members, addresses } = readMembers(row.members);
      yield {
        object: {
          kind: 'operator family',
          id: idOf('operator family', row.schema, row.family, row.access_method),
          name: nameOf(row.schema, row.family),
          schema: row.schema,
          family: row.family,
          accessMethod: row.access_method,
          members,
        },
        addresses: [`pg_opfamily/${row.oid}/0`, ...addresses],
      };
    }
  },
  reference,
  create: (object) => [`CREATE ${reference(object)}`, ...changeMembers([], object)],
  drop: (object) => [`DROP ${reference(object)}`],
  alter: (before, after) => ({ statements: changeMembers(before.members, after) }),
  rename: (before, after) => [`ALTER ${reference(before)} RENAME TO ${quote(after.family)}`],
});
