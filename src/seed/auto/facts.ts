import { columnsIn, type Expression } from './expression.ts';

/** One thing that has to hold of a column. */
export type Fact =
  | { readonly column: string; readonly kind: 'compare'; readonly operator: Comparison; readonly value: string }
  | { readonly column: string; readonly kind: 'compare column'; readonly operator: Comparison; readonly other: string }
  | { readonly column: string; readonly kind: 'in'; readonly values: readonly string[] }
  | { readonly column: string; readonly kind: 'length' | 'cardinality'; readonly operator: Comparison; readonly value: number }
  | {
      readonly column: string;
      readonly kind: 'pattern';
      readonly pattern: string;
      readonly ignoresCase: boolean;
      readonly isNegated: boolean;
    }
  | { readonly column: string; readonly kind: 'null'; readonly isNull: boolean }
  | { readonly column: ''; readonly kind: 'never' };

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** Ways to satisfy a condition: each is a list of what has to hold together. */
export type Alternatives = readonly (readonly Fact[])[];

const MOST = 256;
const OPPOSITE: Readonly<Record<Comparison, Comparison>> = { '=': '<>', '<>': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };
const MIRROR: Readonly<Record<Comparison, Comparison>> = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const ANYTHING: Alternatives = [[]];
const NEVER: Alternatives = [[{ column: '', kind: 'never' }]];

const isComparison = (name: string): name is Comparison => name in OPPOSITE;

/** The ways to satisfy a condition, as far as it is understood; what is not is taken to hold, and PostgreSQL has the last word. */
export function alternativesOf(condition: Expression, isNegated = false): Alternatives {
  switch (condition.kind) {
    case 'logic':
      return ofLogic(condition, isNegated);
    case 'constant':
      return (condition.value === 'false') !== isNegated && condition.value !== null ? NEVER : ANYTHING;
    case 'column':
      return [[{ column: condition.name, kind: 'in', values: [isNegated ? 'false' : 'true'] }]];
    case 'is':
      return ofIs(condition.parts[0], condition.what, isNegated);
    case 'any':
      return ofAny(condition.parts, { name: condition.name, isNegated });
    case 'operator':
      return ofOperator(condition.parts, { name: condition.name, isNegated });
    default:
      return ANYTHING;
  }
}

function ofLogic({ name, parts }: Extract<Expression, { kind: 'logic' }>, isNegated: boolean): Alternatives {
  const [first] = parts;
  if (name === 'not') return first === undefined ? ANYTHING : alternativesOf(first, !isNegated);
  const each = parts.map((part) => alternativesOf(part, isNegated));
  return (name === 'and') !== isNegated ? each.reduce(together) : each.flat().slice(0, MOST);
}

/** Every way of one with every way of the other. */
export const together = (one: Alternatives, other: Alternatives): Alternatives =>
  one.flatMap((facts) => other.map((more) => [...facts, ...more])).slice(0, MOST);

function ofIs(part: Expression, what: 'null' | 'true' | 'false' | 'other', isNegated: boolean): Alternatives {
  if (what === 'other') return ANYTHING;
  const column = columnOf(part);
  if (what === 'null') return column === undefined ? ANYTHING : [[{ column, kind: 'null', isNull: !isNegated }]];
  const holds = alternativesOf(part, (what === 'false') !== isNegated);
  return isNegated || column === undefined ? holds : holds.map((facts) => [...facts, { column, kind: 'null', isNull: false }]);
}

interface Named {
  readonly name: string;
  readonly isNegated: boolean;
}

function ofAny([left, right]: readonly Expression[], { name, isNegated }: Named): Alternatives {
  const column = left === undefined ? undefined : columnOf(left);
  const list = right !== undefined && right.kind === 'call' && right.name === 'array' ? right.parts : undefined;
  const values = list?.flatMap((item) => (item.kind === 'constant' && item.value !== null ? [item.value] : []));
  if (column === undefined || values === undefined) return ANYTHING;
  if (name === '=' && !isNegated) return [[{ column, kind: 'in', values }]];
  if (name === '=') return [values.map((value) => ({ column, kind: 'compare', operator: '<>', value }))];
  return isNegated ? ANYTHING : values.flatMap((value) => ofPattern(column, { name, value, isNegated }));
}

const isCondition = ({ kind }: Expression): boolean => kind === 'logic' || kind === 'is' || kind === 'any';

function ofOperator([left, right]: readonly Expression[], { name, isNegated }: Named): Alternatives {
  if (left === undefined || right === undefined) return ANYTHING;
  const operator = name === '!=' ? '<>' : name;
  if (isComparison(operator)) {
    const wanted = isNegated ? OPPOSITE[operator] : operator;
    if (isCondition(left) && isCondition(right)) return ofTwoConditions([left, right], wanted);
    const [found] = [...compared(left, wanted, right), ...compared(right, MIRROR[wanted], left)];
    return found === undefined ? ANYTHING : [found];
  }
  const column = columnOf(left);
  if (column === undefined || right.kind !== 'constant' || right.value === null) return ANYTHING;
  return ofPattern(column, { name, value: right.value, isNegated });
}

/** `(a IS NULL) <> (b IS NULL)`. */
function ofTwoConditions([left, right]: readonly [Expression, Expression], operator: Comparison): Alternatives {
  if (operator !== '=' && operator !== '<>') return ANYTHING;
  const ways = (isLeft: boolean): Alternatives =>
    together(alternativesOf(left, !isLeft), alternativesOf(right, operator === '=' ? !isLeft : isLeft));
  return [...ways(true), ...ways(false)].slice(0, MOST);
}

/** Nothing where it is not understood this way round. */
function compared(left: Expression, operator: Comparison, right: Expression): Alternatives {
  const column = columnOf(left);
  const other = columnOf(right);
  if (column !== undefined && other !== undefined) return [[{ column, kind: 'compare column', operator, other }]];
  if (right.kind !== 'constant' || right.value === null) return [];
  if (column !== undefined) return [[{ column, kind: 'compare', operator, value: right.value }]];
  return left.kind === 'call' ? ofMeasure(left, operator, Number(right.value)) : [];
}

const LENGTH = /^(?:length|char_length|character_length|octet_length)$/;

function ofMeasure({ name, parts }: Extract<Expression, { kind: 'call' }>, operator: Comparison, value: number): Alternatives {
  const [first] = parts;
  if (name === 'num_nonnulls')
    return ofNonNulls(
      parts.flatMap((part) => columnOf(part) ?? []),
      operator,
      value,
    );
  const column = first === undefined ? undefined : columnOf(first);
  if (column === undefined) return [];
  if (LENGTH.test(name)) return [[{ column, kind: 'length', operator, value }]];
  return name === 'cardinality' || name === 'array_length' ? [[{ column, kind: 'cardinality', operator, value }]] : [];
}

function ofNonNulls(columns: readonly string[], operator: Comparison, value: number): Alternatives {
  const wanted = operator === '>' ? value + 1 : operator === '<' ? value - 1 : value;
  return columns.map((_, shift) =>
    columns.map((column, index) => ({ column, kind: 'null', isNull: (index - shift + columns.length) % columns.length >= wanted })),
  );
}

const PATTERN = /^(!)?(~~|~)(\*)?$/;

function ofPattern(column: string, { name, value, isNegated }: Named & { readonly value: string }): Alternatives {
  const match = PATTERN.exec(name);
  if (match === null) return ANYTHING;
  const [, not, sort, star] = match;
  const pattern = sort === '~' ? value : likeAsPattern(value);
  return [[{ column, kind: 'pattern', pattern, ignoresCase: star !== undefined, isNegated: (not !== undefined) !== isNegated }]];
}

const likeAsPattern = (like: string): string =>
  `^${like
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.')}$`;

const TRANSPARENT = /^(?:upper|lower|btrim|ltrim|rtrim|trim|coalesce|initcap)$/;

/** The column that an expression is about, when the functions around it change nothing that matters. */
export function columnOf(expression: Expression): string | undefined {
  if (expression.kind === 'column') return expression.name;
  const [first] = expression.kind === 'call' && TRANSPARENT.test(expression.name) ? expression.parts : [];
  return first === undefined || columnsIn(expression).length !== 1 ? undefined : columnOf(first);
}
