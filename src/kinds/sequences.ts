import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, type AlterContext, defineKind, type SchemaObject } from './kind.ts';
import type { Owner } from './owners.ts';
import { BOUNDS, bringIntoRange } from './sequenceRange.ts';
import { renameAs } from './setAside.ts';

/** A sequence, free or owned by a column; those of identity columns belong to their column's kind. */
export interface Sequence extends SchemaObject {
  readonly kind: 'sequence';
  readonly schema: string;
  readonly sequence: string;
  /** smallint, integer or bigint. */
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly unlogged: boolean;
  /** Not as the table of the column that owns it; a change of the table would make it so. */
  readonly apart: boolean;
  readonly ownedBy: { readonly schema: string; readonly table: string; readonly column: string } | null;
}

interface SequenceRow {
  readonly oid: string;
  readonly schema: string;
  readonly sequence: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly persistence: string;
  readonly apart: boolean;
  readonly owned_by: Sequence['ownedBy'];
}

type Values = Pick<Sequence, 'start' | 'increment' | 'min' | 'max' | 'cache' | 'cycle'>;

const nameOfSequence = (sequence: Sequence): string => qualify(sequence.schema, sequence.sequence);

const ownerClause = ({ ownedBy }: Sequence): string =>
  `OWNED BY ${ownedBy === null ? 'NONE' : `${qualify(ownedBy.schema, ownedBy.table)}.${quote(ownedBy.column)}`}`;

/** What CREATE SEQUENCE chooses when nothing is said. */
function usualValues(after: Sequence): Values {
  const [lowest, highest] = BOUNDS[after.type] ?? ['', ''];
  const descends = after.increment.startsWith('-');
  const start = descends ? after.max : after.min;
  return { start, increment: '1', min: descends ? lowest : '1', max: descends ? '-1' : highest, cache: '1', cycle: false };
}

const changedValues = (before: Values, after: Values): string[] =>
  [
    before.increment === after.increment ? '' : `INCREMENT BY ${after.increment}`,
    before.min === after.min ? '' : `MINVALUE ${after.min}`,
    before.max === after.max ? '' : `MAXVALUE ${after.max}`,
    before.start === after.start ? '' : `START WITH ${after.start}`,
    before.cache === after.cache ? '' : `CACHE ${after.cache}`,
    before.cycle === after.cycle ? '' : after.cycle ? 'CYCLE' : 'NO CYCLE',
  ].filter((part) => part !== '');

/** Whom the table of the column that owns a sequence belongs to, where that is not the role that migrates. */
function tableOwner({ ownedBy }: Sequence, find: AlterContext['after']): string | undefined {
  if (ownedBy === null) return undefined;
  return (find(`owner:${idOf('table', ownedBy.schema, ownedBy.table)}`) as Owner | undefined)?.role;
}

/** A column can own only a sequence that belongs to the same role as its table. */
function joinOwner(sequence: Sequence, { after }: AlterContext): readonly string[] {
  const role = tableOwner(sequence, after);
  return role === undefined ? [] : [`ALTER SEQUENCE ${nameOfSequence(sequence)} OWNER TO ${role}`];
}

/** One that no column owns any more stays with the table's owner unless it is taken back. */
function leaveOwner(before: Sequence, after: Sequence, context: AlterContext): readonly string[] {
  const isLeft =
    after.ownedBy === null && tableOwner(before, context.before) !== undefined && context.after(`owner:${after.id}`) === undefined;
  return isLeft ? [`ALTER SEQUENCE ${nameOfSequence(after)} OWNER TO CURRENT_USER`] : [];
}

function createSequence(sequence: Sequence, context: AlterContext): readonly string[] {
  const joining = joinOwner(sequence, context);
  const owned = sequence.ownedBy === null ? [] : [ownerClause(sequence)];
  const head = [
    `CREATE ${sequence.unlogged ? 'UNLOGGED ' : ''}SEQUENCE ${nameOfSequence(sequence)}`,
    ...(sequence.type === 'bigint' ? [] : [`AS ${sequence.type}`]),
    ...changedValues(usualValues(sequence), sequence),
  ];
  if (joining.length === 0) return [[...head, ...owned].join(' ')];
  return [head.join(' '), ...joining, ...owned.map((clause) => `ALTER SEQUENCE ${nameOfSequence(sequence)} ${clause}`)];
}

/** ALTER … AS moves the bounds only where they were the old type's own, so with a new type both are said. */
function alterSequence(before: Sequence, after: Sequence, context: AlterContext): Alteration {
  const alter = `ALTER SEQUENCE ${nameOfSequence(after)}`;
  const retyped = before.type !== after.type;
  const range = bringIntoRange(nameOfSequence(after), before, after);
  const parts = [
    ...(retyped ? [`AS ${after.type}`] : []),
    ...changedValues(retyped ? { ...before, min: '', max: '' } : before, after),
    ...range.restart,
    ...(ownerClause(before) === ownerClause(after) ? [] : [ownerClause(after)]),
  ];
  return {
    statements: [
      ...range.statements,
      ...(ownerClause(before) === ownerClause(after) ? [] : joinOwner(after, context)),
      ...(parts.length > 0 ? [`${alter} ${parts.join(' ')}`] : []),
      ...(before.unlogged === after.unlogged && before.apart === after.apart
        ? []
        : [`${alter} SET ${after.unlogged ? 'UNLOGGED' : 'LOGGED'}`]),
      ...leaveOwner(before, after, context),
    ],
  };
}

export const sequences = defineKind<Sequence>({
  name: 'sequence',
  order: 30,
  rarely: `c.relkind = 'S' and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype = 'i')`,
  query: (within) => `
    select c.oid::text, n.nspname as schema, c.relname as sequence, format_type(s.seqtypid, null) as type, s.seqstart::text as start, s.seqincrement::text as increment,
      s.seqmin::text as min, s.seqmax::text as max, s.seqcache::text as cache, s.seqcycle as cycle, c.relpersistence as persistence,
      coalesce(c.relpersistence <> t.relpersistence, false) as apart,
      case when d.objid is not null then json_build_object('schema', tn.nspname, 'table', t.relname, 'column', a.attname) end as owned_by
    from pg_sequence s join pg_class c on c.oid = s.seqrelid join pg_namespace n on n.oid = c.relnamespace
      left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i')
      left join pg_class t on t.oid = d.refobjid left join pg_namespace tn on tn.oid = t.relnamespace
      left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
    where d.deptype is distinct from 'i' and c.relpersistence <> 't' and ${within.roots('c.oid', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly SequenceRow[]) {
    for (const { oid, persistence, owned_by: ownedBy, ...values } of rows) {
      if (catalog.inExtension('pg_class', oid)) continue;
      yield {
        object: {
          kind: 'sequence',
          id: idOf('sequence', values.schema, values.sequence),
          name: nameOf(values.schema, values.sequence),
          owner: ownedBy === null ? undefined : idOf('column', ownedBy.schema, ownedBy.table, ownedBy.column),
          ...values,
          unlogged: persistence === 'u',
          ownedBy,
        },
        addresses: [`pg_class/${oid}/0`],
        // Whose alterations reach it, and must come first: both belong to the same role.
        needs: ownedBy === null ? [] : [idOf('table', ownedBy.schema, ownedBy.table)],
      };
    }
  },
  reference: (sequence) => `SEQUENCE ${nameOfSequence(sequence)}`,
  create: createSequence,
  drop: (sequence) => [`DROP SEQUENCE ${nameOfSequence(sequence)}`],
  alter: alterSequence,
  moves: true,
  rename: (before, after) =>
    renameAs('SEQUENCE', { schema: before.schema, name: before.sequence }, { schema: after.schema, name: after.sequence }),
  claims: (sequence) => [`relation ${sequence.name}`],
});
