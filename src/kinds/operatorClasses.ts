import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, REPLACE, type SchemaObject } from './kind.ts';
import { memberColumn, type OperatorMember, type OperatorMemberRow, readMembers } from './operatorMembers.ts';

/** An operator class with the members that it cannot be without. */
export interface OperatorClass extends SchemaObject {
  readonly kind: 'operator class';
  readonly schema: string;
  readonly operatorClass: string;
  readonly accessMethod: string;
  readonly default: boolean;
  readonly type: string;
  /** Qualified and quoted. */
  readonly family: string;
  /** Null where it is the type itself. */
  readonly storage: string | null;
  readonly members: readonly OperatorMember[];
}

interface OperatorClassRow {
  readonly oid: string;
  readonly schema: string;
  readonly operator_class: string;
  readonly access_method: string;
  readonly default: boolean;
  readonly type: string;
  readonly family_schema: string;
  readonly family: string;
  readonly storage: string | null;
  readonly members: readonly OperatorMemberRow[] | null;
}

const nameOfClass = (object: OperatorClass): string => qualify(object.schema, object.operatorClass);
const reference = (object: OperatorClass): string => `OPERATOR CLASS ${nameOfClass(object)} USING ${quote(object.accessMethod)}`;

/** A class that lists nothing must say so by its storage type. */
function createClass(object: OperatorClass): string {
  const members = object.members.map(({ definition }) => definition);
  const storage = object.storage ?? (members.length === 0 ? object.type : null);
  const items = [...members, ...(storage === null ? [] : [`STORAGE ${storage}`])];
  const head = `CREATE OPERATOR CLASS ${nameOfClass(object)}${object.default ? ' DEFAULT' : ''} FOR TYPE ${object.type}`;
  return `${head} USING ${quote(object.accessMethod)} FAMILY ${object.family} AS ${items.join(', ')}`;
}

export const operatorClasses = defineKind<OperatorClass>({
  name: 'operator class',
  order: 58,
  query: `
    select c.oid::text, n.nspname as schema, c.opcname as operator_class, m.amname as access_method, c.opcdefault as "default", format_type(c.opcintype, null) as type,
      fn.nspname as family_schema, f.opfname as family, case when c.opckeytype <> 0 then format_type(c.opckeytype, null) end as storage, ${memberColumn('pg_opclass', 'c.oid')} as members
    from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace join pg_am m on m.oid = c.opcmethod
      join pg_opfamily f on f.oid = c.opcfamily join pg_namespace fn on fn.oid = f.opfnamespace
    where c.opcnamespace in (select oid from user_schemas)`,
  *introspect(catalog, rows: readonly OperatorClassRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_opclass', row.oid)) continue;
      const { members, addresses } = readMembers(row.members);
      yield {
        object: {
          kind: 'operator class',
          id: idOf('operator class', row.schema, row.operator_class, row.access_method),
          name: nameOf(row.schema, row.operator_class),
          schema: row.schema,
          operatorClass: row.operator_class,
          accessMethod: row.access_method,
          default: row.default,
          type: row.type,
          family: qualify(row.family_schema, row.family),
          storage: row.storage,
          members,
        },
        addresses: [`pg_opclass/${row.oid}/0`, ...addresses],
      };
    }
  },
  reference,
  create: (object) => [createClass(object)],
  drop: (object) => [`DROP ${reference(object)}`],
  alter: () => REPLACE,
  rename: (before, after) => [`ALTER ${reference(before)} RENAME TO ${quote(after.operatorClass)}`],
});
