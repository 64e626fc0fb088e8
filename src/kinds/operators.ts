import { idOf, nameOf, quote } from './identifier.ts';
import { type Alteration, defineKind, REPLACE, type SchemaObject } from './kind.ts';

/** An operator. */
export interface Operator extends SchemaObject {
  readonly kind: 'operator';
  readonly schema: string;
  readonly operator: string;
  /** NONE for a prefix operator. */
  readonly left: string;
  readonly right: string;
  /** What stands in the parentheses of CREATE OPERATOR besides the operands; nothing where it is only the promise of one (see `isPromised`). */
  readonly options: readonly string[];
}

interface OperatorRow {
  readonly oid: string;
  readonly schema: string;
  readonly operator: string;
  readonly left: string;
  readonly right: string;
  readonly options: readonly (string | null)[];
}

const nameOfOperator = (object: Operator): string => `${quote(object.schema)}.${object.operator}`;
const reference = (object: Operator): string => `OPERATOR ${nameOfOperator(object)} (${object.left}, ${object.right})`;

function createOperator(object: Operator): string {
  const left = object.left === 'NONE' ? [] : [`LEFTARG = ${object.left}`];
  return `CREATE OPERATOR ${nameOfOperator(object)} (${[...left, `RIGHTARG = ${object.right}`, ...object.options].join(', ')})`;
}

const namedOperator = (word: string, column: string): string =>
  `(select '${word} = OPERATOR(' || quote_ident(xn.nspname) || '.' || x.oprname || ')' from pg_operator x join pg_namespace xn on xn.oid = x.oprnamespace where x.oid = o.${column})`;

/** An operator that another one names as its commutator or negator, and that nobody has made yet: it comes with the other one, and does not go with it. */
const isPromised = ({ options }: Operator): boolean => options.length === 0;

const isEstimator = (option: string): boolean => /^(RESTRICT|JOIN) = /.test(option);
const lasting = ({ options }: Operator): string => JSON.stringify(options.filter((option) => !isEstimator(option)));

/** Only the functions that estimate how many rows it keeps can be changed on every server. */
function alterOperator(before: Operator, after: Operator): Alteration | typeof REPLACE {
  if (isPromised(after)) return REPLACE;
  if (isPromised(before)) return { statements: [createOperator(after)] };
  if (lasting(before) !== lasting(after)) return REPLACE;
  const gone = before.options.map(wordOf).filter((word) => !after.options.map(wordOf).includes(word));
  const changed = after.options.filter((option) => !before.options.includes(option));
  return { statements: [`ALTER ${reference(after)} SET (${[...gone.map((word) => `${word} = NONE`), ...changed].join(', ')})`] };
}

const wordOf = (option: string): string => option.replace(/ .*$/s, '');

export const operators = defineKind<Operator>({
  name: 'operator',
  order: 43,
  query: `
    select o.oid::text, n.nspname as schema, o.oprname as operator, case when o.oprleft = 0 then 'NONE' else format_type(o.oprleft, null) end as "left", format_type(o.oprright, null) as "right",
      case when o.oprcode = 0 then '[]' else json_build_array('FUNCTION = ' || o.oprcode::regproc, ${namedOperator('COMMUTATOR', 'oprcom')}, ${namedOperator('NEGATOR', 'oprnegate')},
        case when o.oprrest <> 0 then 'RESTRICT = ' || o.oprrest::regproc end, case when o.oprjoin <> 0 then 'JOIN = ' || o.oprjoin::regproc end,
        case when o.oprcanhash then 'HASHES' end, case when o.oprcanmerge then 'MERGES' end) end as options
    from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
    where o.oprnamespace in (select oid from user_schemas)
      and (o.oprcode <> 0 or exists (select from pg_operator maker where maker.oprcode <> 0 and o.oid in (maker.oprcom, maker.oprnegate)))`,
  *introspect(catalog, rows: readonly OperatorRow[]) {
    for (const { oid, options, ...row } of rows) {
      if (catalog.inExtension('pg_operator', oid)) continue;
      const name = `${row.operator}(${row.left}, ${row.right})`;
      yield {
        object: {
          kind: 'operator',
          id: idOf('operator', row.schema, name),
          name: nameOf(row.schema, name),
          ...row,
          options: options.filter((option) => option !== null),
        },
        addresses: [`pg_operator/${oid}/0`],
      };
    }
  },
  reference,
  create: (object) => (isPromised(object) ? [] : [createOperator(object)]),
  drop: (object) => [`DROP ${reference(object)}`],
  alter: alterOperator,
});
