import { scanSql } from '../load/scanSql.ts';
import { readExpression } from './auto/expression.ts';
import { type Alternatives, alternativesOf, type Fact, together } from './auto/facts.ts';
import { wishesOf } from './auto/wishes.ts';
import type { ModelColumn } from './modelTable.ts';

/** Adds to columns what the conditions in statements on their table ask of them, in the first way that all can hold. */
export function withWishes(columns: readonly ModelColumn[], statements: string): readonly ModelColumn[] {
  const ways = checksIn(statements)
    .map((text) => alternativesOf(readExpression(text)))
    .reduce(together, [[]] as Alternatives);
  const possible = ways.filter((facts) => !facts.some((fact) => isAgainst(fact, columns, true)));
  const order = columns.map(({ name }) => name);
  // Columns that need no value are left out, so that ways that need none of them come first.
  const easy = possible.filter((facts) => !facts.some((fact) => isAgainst(fact, columns, false)));
  const [wishes] = [...easy, ...possible].flatMap((facts) => wishesOf(facts, order) ?? []);
  return columns.map((column) => ({ ...column, wishes: wishes?.get(column.name) }));
}

const isAgainst = (fact: Fact, columns: readonly ModelColumn[], isRequired: boolean): boolean =>
  fact.kind === 'null' &&
  fact.isNull === isRequired &&
  columns.some((column) => column.name === fact.column && column.isRequired === isRequired);

/** The conditions of the CHECKs, without the parentheses around them. */
function checksIn(statements: string): readonly string[] {
  const tokens = scanSql(statements);
  return tokens.flatMap(({ kind, text }, index) => {
    if (kind !== 'word' || text.toLowerCase() !== 'check') return [];
    let depth = 0;
    const end = tokens.findIndex((token, at) => {
      if (at > index && token.text === '(') depth++;
      return at > index && token.text === ')' && --depth === 0;
    });
    const inner = tokens.slice(index + 1, end).map((token) => (token.kind === 'comment' ? ' ' : token.text));
    return end < 0 ? [] : [inner.join('').trim().slice(1)];
  });
}
