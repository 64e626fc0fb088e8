import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, defineKind, type ObjectId, REPLACE, type SchemaObject } from './kind.ts';
import { changeOptions } from './options.ts';
import { relationId } from './relationKind.ts';

/** A primary key, unique, foreign key, check or exclusion constraint of a table. Domains keep their own. */
export interface Constraint extends SchemaObject {
  readonly kind: 'constraint';
  readonly schema: string;
  readonly table: string;
  readonly constraint: string;
  readonly type: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclude';
  /** What pg_get_constraintdef prints, without NOT VALID. */
  readonly definition: string;
  readonly validated: boolean;
  /** Storage parameters of the index behind it, sorted. */
  readonly options: readonly string[];
  readonly clustered: boolean;
  /** On a partitioned table or as NO INHERIT's opposite: does a change reach the children by itself? */
  readonly partitioned: boolean;
}

interface ConstraintRow {
  readonly oid: string;
  readonly relation: string;
  readonly relation_kind: string;
  readonly index: string;
  readonly schema: string;
  readonly table: string;
  readonly constraint: string;
  readonly type: string;
  readonly definition: string;
  readonly validated: boolean;
  readonly options: readonly string[] | null;
  readonly clustered: boolean;
  readonly partitioned: boolean;
  readonly local: boolean;
  readonly partition: boolean;
  readonly parent_schema: string | null;
  readonly parent_table: string | null;
  readonly parent: string | null;
  readonly parent_is_index: boolean | null;
}

const parentOf = (row: ConstraintRow): ObjectId | undefined =>
  row.parent_schema === null || row.parent_table === null || row.parent === null
    ? undefined
    : row.parent_is_index
      ? idOf('index', row.parent_schema, row.parent)
      : idOf('constraint', row.parent_schema, row.parent_table, row.parent);

const TYPES: Readonly<Record<string, Constraint['type']>> = { p: 'primary key', u: 'unique', f: 'foreign key', c: 'check', x: 'exclude' };

const isKey = (type: Constraint['type']): boolean => type === 'primary key' || type === 'unique' || type === 'exclude';

/** ONLY, because the partitions' own keys are objects of their own that are attached afterwards; foreign keys and checks must recurse. */
const alterTable = (object: Constraint): string =>
  `ALTER TABLE ${object.partitioned && isKey(object.type) ? 'ONLY ' : ''}${qualify(object.schema, object.table)}`;

/** Are rows that are there left as they are? What is not enforced at all goes without saying so. */
const isLater = ({ definition, validated }: Constraint): boolean => !validated && !definition.endsWith(' NOT ENFORCED');

const clause = (object: Constraint): string =>
  `CONSTRAINT ${quote(object.constraint)} ${object.definition}${isLater(object) ? ' NOT VALID' : ''}`;

const alterIndex = (object: Constraint): string => `ALTER INDEX ${qualify(object.schema, object.constraint)}`;

/** What ADD CONSTRAINT cannot say of the index behind a key. */
const indexSettings = (object: Constraint): readonly string[] => [
  ...changeOptions(alterIndex(object), [], object.options),
  ...(object.clustered ? [cluster(object)] : []),
];

const cluster = (object: Constraint): string => `${alterTable(object)} CLUSTER ON ${quote(object.constraint)}`;

/** What ALTER CONSTRAINT can say of a foreign key, and the rest of its definition, which is to stay as it is. */
interface Attributes {
  readonly rest: string;
  readonly deferral: string;
  readonly enforcement: string;
}

function attributesOf(definition: string): Attributes {
  const [, rest = '', deferral = 'NOT DEFERRABLE', unenforced] =
    /^(.*?)(?: (DEFERRABLE(?: INITIALLY DEFERRED)?))?( NOT ENFORCED)?$/s.exec(definition) ?? [];
  return { rest, deferral, enforcement: unenforced === undefined ? 'ENFORCED' : 'NOT ENFORCED' };
}

/** One that comes into force is validated by that, and one that goes out of force is valid no more; there is no other way to that. */
function alterConstraint(before: Constraint, after: Constraint): Alteration | typeof REPLACE {
  const [was, is] = [attributesOf(before.definition), attributesOf(after.definition)];
  const isToggled = was.enforcement !== is.enforcement;
  // Apart: said together, PostgreSQL 18 makes the triggers behind the constraint as if it could not be deferred.
  const attributes = [...(isToggled ? [is.enforcement] : []), ...(was.deferral === is.deferral ? [] : [is.deferral])];
  const losesValidity = isToggled ? is.enforcement === 'ENFORCED' && !after.validated : before.validated && !after.validated;
  if (before.type !== after.type || before.partitioned !== after.partitioned || losesValidity || was.rest !== is.rest) return REPLACE;
  if (attributes.length > 0 && after.type !== 'foreign key') return REPLACE;
  const alter = alterTable(after);
  return {
    statements: [
      ...attributes.map((attribute) => `${alter} ALTER CONSTRAINT ${quote(after.constraint)} ${attribute}`),
      ...(before.validated === after.validated || isToggled ? [] : [`${alter} VALIDATE CONSTRAINT ${quote(after.constraint)}`]),
      ...changeOptions(alterIndex(after), before.options, after.options),
      ...(before.clustered === after.clustered ? [] : [after.clustered ? cluster(after) : `${alter} SET WITHOUT CLUSTER`]),
    ],
  };
}

export const constraints = defineKind<Constraint>({
  name: 'constraint',
  order: 80,
  query: (within) => `
    select o.oid::text, o.conrelid::text as relation, c.relkind as relation_kind, case when o.contype <> 'f' then o.conindid else 0 end::text as index, n.nspname as schema, c.relname as "table", o.conname as "constraint", o.contype as type,
      regexp_replace(pg_get_constraintdef(o.oid), ' NOT VALID$', '') as definition, o.convalidated as validated, ic.reloptions as options,
      coalesce(x.indisclustered, false) and o.contype <> 'f' as clustered, c.relkind = 'p' as partitioned,
      o.conislocal as local, c.relispartition as partition, pn.nspname as parent_schema, pc.relname as parent_table, inh.name as parent, inh.is_index as parent_is_index
    from pg_constraint o join pg_class c on c.oid = o.conrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_index x on x.indexrelid = o.conindid and o.contype <> 'f' left join pg_class ic on ic.oid = x.indexrelid
      left join lateral (
        select pi.indrelid as relation, coalesce(po.conname, px.relname) as name, po.oid is null as is_index
        from pg_inherits h join pg_index pi on pi.indexrelid = h.inhparent join pg_class px on px.oid = h.inhparent
          left join pg_constraint po on po.conrelid = pi.indrelid and po.conindid = h.inhparent and po.contype in ('p', 'u', 'x')
        where h.inhrelid = o.conindid and o.contype in ('p', 'u', 'x')
        union all
        (select i.inhparent, po.conname, false from pg_inherits i join pg_constraint po on po.conrelid = i.inhparent and po.conname = o.conname and po.contype = 'c'
         where i.inhrelid = o.conrelid and o.contype = 'c' and o.coninhcount > 0 order by i.inhseqno limit 1)) inh on true
      left join pg_class pc on pc.oid = inh.relation left join pg_namespace pn on pn.oid = pc.relnamespace
    where o.contype in ('p', 'u', 'f', 'c', 'x') and not (o.contype = 'f' and o.conparentid <> 0) and c.relpersistence <> 't'
      and ${within.roots('o.conrelid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly ConstraintRow[]) {
    for (const row of rows) {
      const type = TYPES[row.type];
      if (type === undefined || catalog.inExtension('pg_class', row.relation)) continue;
      yield {
        object: {
          kind: 'constraint',
          id: idOf('constraint', row.schema, row.table, row.constraint),
          name: nameOf(row.schema, row.table, row.constraint),
          owner: relationId(row.relation_kind, row.schema, row.table),
          schema: row.schema,
          table: row.table,
          constraint: row.constraint,
          type,
          definition: settled(row.definition),
          validated: row.validated,
          options: [...(row.options ?? [])].sort(),
          clustered: row.clustered,
          partitioned: row.partitioned,
        },
        addresses: [`pg_constraint/${row.oid}/0`, ...(row.index === '0' ? [] : [`pg_class/${row.index}/0`])],
        inheritedFrom: row.type === 'c' ? parentOf(row) : undefined,
        droppedWith: row.type === 'c' ? undefined : parentOf(row),
        implied: row.type === 'c' && !row.local && !row.partition && row.parent !== null,
      };
    }
  },
  reference: (object) => `CONSTRAINT ${quote(object.constraint)} ON ${qualify(object.schema, object.table)}`,
  create: (object) => [`${alterTable(object)} ADD ${clause(object)}`, ...indexSettings(object)],
  drop: (object, { only } = {}) => [
    `ALTER TABLE ${only ? 'ONLY ' : ''}${qualify(object.schema, object.table)} DROP CONSTRAINT ${quote(object.constraint)}`,
  ],
  alter: alterConstraint,
  rename: (before, after) => [`${alterTable(before)} RENAME CONSTRAINT ${quote(before.constraint)} TO ${quote(after.constraint)}`],
  ofOneTable: ['options', 'clustered'],
  // ADD CONSTRAINT … NOT VALID reaches the partitions as it is.
  asInherited: (object, parent) => ({ ...object, validated: parent.validated }),
  // Foreign keys stay statements of their own: two tables may reference each other. So do keys of partitioned tables: see alterTable.
  inline: (object) =>
    object.type === 'foreign key' || isLater(object) || (object.partitioned && isKey(object.type)) ? undefined : clause(object),
  afterInline: indexSettings,
  claims: (object) => (isKey(object.type) ? [`relation ${nameOf(object.schema, object.constraint)}`] : []),
  holds: (object) => (object.clustered ? [`cluster ${nameOf(object.schema, object.table)}`] : []),
});
