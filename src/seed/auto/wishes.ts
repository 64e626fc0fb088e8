import type { Comparison, Fact } from './facts.ts';
import { asRegExp } from './pattern.ts';

interface Bound {
  readonly value: string;
  /** The bound itself is no value. */
  readonly isOpen: boolean;
}

/** What the values of one column must be like, all of it at once. */
export interface Wishes {
  readonly low: Bound[];
  readonly high: Bound[];
  readonly notIn: string[];
  readonly patterns: { readonly source: string; readonly regExp: RegExp | undefined; readonly isNegated: boolean }[];
  readonly columns: { readonly operator: Comparison; readonly other: string }[];
  in?: readonly string[];
  isNull?: boolean;
  minLength: number;
  maxLength: number;
  cardinality?: number;
}

export const noWishes = (): Wishes => ({ low: [], high: [], notIn: [], patterns: [], columns: [], minLength: 0, maxLength: Infinity });

const MIRROR: Readonly<Record<Comparison, Comparison>> = { '=': '=', '<>': '<>', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/**
 * What facts mean for each column; undefined where they cannot hold together.
 * @param order  the columns as they are made: of two that are compared, the later one follows the earlier
 */
export function wishesOf(facts: readonly Fact[], order: readonly string[]): ReadonlyMap<string, Wishes> | undefined {
  const wishes = new Map<string, Wishes>();
  const of = (column: string): Wishes => {
    const found = wishes.get(column) ?? noWishes();
    wishes.set(column, found);
    return found;
  };
  for (const fact of facts) {
    if (fact.kind === 'never') return undefined;
    if (fact.kind !== 'compare column') {
      if (!add(of(fact.column), fact)) return undefined;
      continue;
    }
    const { column, operator, other } = fact;
    if (order.indexOf(column) > order.indexOf(other)) of(column).columns.push({ operator, other });
    else of(other).columns.push({ operator: MIRROR[operator], other: column });
  }
  const isEmpty = ({ in: list, notIn }: Wishes): boolean => list?.every((value) => notIn.includes(value)) ?? false;
  return [...wishes.values()].some(isEmpty) ? undefined : wishes;
}

function add(wishes: Wishes, fact: Exclude<Fact, { kind: 'never' | 'compare column' }>): boolean {
  switch (fact.kind) {
    case 'null':
      if (wishes.isNull === !fact.isNull) return false;
      wishes.isNull = fact.isNull;
      return true;
    case 'in':
      wishes.in = (wishes.in ?? fact.values).filter((value) => fact.values.includes(value));
      return wishes.in.length > 0;
    case 'pattern':
      wishes.patterns.push({ source: fact.pattern, regExp: asRegExp(fact.pattern, fact.ignoresCase), isNegated: fact.isNegated });
      return true;
    case 'cardinality':
      if (fact.operator !== '<' && fact.operator !== '<>') wishes.cardinality = fact.value + (fact.operator === '>' ? 1 : 0);
      return true;
    case 'length':
      return addLength(wishes, fact.operator, fact.value);
    case 'compare':
      return addBound(wishes, fact.operator, fact.value);
  }
}

function addLength(wishes: Wishes, operator: Comparison, value: number): boolean {
  if (operator === '=' || operator === '>' || operator === '>=')
    wishes.minLength = Math.max(wishes.minLength, value + (operator === '>' ? 1 : 0));
  if (operator === '=' || operator === '<' || operator === '<=')
    wishes.maxLength = Math.min(wishes.maxLength, value - (operator === '<' ? 1 : 0));
  if (operator === '<>' && value === 0) wishes.minLength = Math.max(wishes.minLength, 1);
  return wishes.minLength <= wishes.maxLength;
}

function addBound(wishes: Wishes, operator: Comparison, value: string): boolean {
  if (operator === '=') return add(wishes, { column: '', kind: 'in', values: [value] });
  if (operator === '<>') wishes.notIn.push(value);
  else (operator.startsWith('>') ? wishes.low : wishes.high).push({ value, isOpen: operator.length === 1 });
  return true;
}
