import type { RunStatement } from '../../migration/parentLink.ts';
import type { CatalogTable, SeedCatalog } from './catalog.ts';
import { columnsIn, type Expression, readExpression } from './expression.ts';
import { type Alternatives, alternativesOf, type Fact, together } from './facts.ts';
import { REFERENCE_DATE } from './scale.ts';
import { type Wishes, wishesOf } from './wishes.ts';

const MOST_WAYS = 64;

/** The ways to satisfy everything that is said of a table's rows, each as wishes by column; at least one, which may be empty. */
export async function waysOf(
  table: CatalogTable,
  { types }: SeedCatalog,
  query: RunStatement,
): Promise<readonly ReadonlyMap<string, Wishes>[]> {
  const read = async (text: string): Promise<Alternatives> => alternativesOf(await withConstants(readExpression(text), query));
  const parts: (readonly Fact[])[] = [];
  for (const [place, part] of table.parts.entries()) parts.push(...together(inPart(place), await read(part)));
  let ways: Alternatives = parts.length > 0 ? parts : [[]];
  for (const { expression } of table.checks) ways = together(ways, await read(expression));
  for (const column of table.columns) {
    for (let type = types.get(column.type); type?.kind === 'd'; type = types.get(type.base)) {
      for (const { expression } of type.checks ?? []) ways = together(ways, renamed(await read(expression), column.name));
    }
  }
  const order = table.columns.map(({ name }) => name);
  const required = new Set(table.columns.flatMap(({ name, isRequired }) => (isRequired ? [name] : [])));
  const isPossible = (facts: readonly Fact[]): boolean =>
    !facts.some((fact) => fact.kind === 'null' && fact.isNull && required.has(fact.column));
  const possible = ways
    .filter(isPossible)
    .flatMap((facts) => wishesOf(facts, order) ?? [])
    .slice(0, MOST_WAYS);
  return possible.length > 0 ? possible : [new Map()];
}

/** Stands for the part that rows go into, as if it were a column. */
const PART = '\0part';

const inPart = (place: number): Alternatives => [[{ column: PART, kind: 'in', values: [String(place)] }]];

/** The part that rows made in this way go into; undefined where the table has none. */
export const partOf = (wishes: ReadonlyMap<string, Wishes>): number | undefined => {
  const [place] = wishes.get(PART)?.in ?? [];
  return place === undefined ? undefined : Number(place);
};

/** A domain calls its values VALUE. */
const renamed = (ways: Alternatives, column: string): Alternatives =>
  ways.map((facts) => facts.map((fact): Fact => (fact.kind === 'never' ? fact : { ...fact, column })));

/** Has the server compute what names no column, with the present at a fixed instant. */
async function withConstants(expression: Expression, query: RunStatement): Promise<Expression> {
  if (expression.kind === 'constant' || expression.kind === 'column') return expression;
  const isComputed =
    (expression.kind === 'operator' || expression.kind === 'call') && !(expression.kind === 'call' && expression.name === 'array');
  if (isComputed && columnsIn(expression).length === 0) return compute(expression, query);
  const parts: Expression[] = [];
  for (const part of expression.parts) parts.push(await withConstants(part, query));
  return { ...expression, parts } as Expression;
}

const NOW = /\b(?:now\(\)|transaction_timestamp\(\)|statement_timestamp\(\)|clock_timestamp\(\)|CURRENT_TIMESTAMP|LOCALTIMESTAMP)/gi;

async function compute(expression: Expression, query: RunStatement): Promise<Expression> {
  const instant = `'${REFERENCE_DATE}'::timestamptz`;
  const text = expression.text.replace(NOW, instant).replace(/\bCURRENT_DATE\b/gi, `(${instant})::date`);
  await query('SAVEPOINT fastpyd_constant');
  try {
    const [row] = await query<{ value: string | null }>(`SELECT (${text})::text AS value`);
    return { kind: 'constant', value: row?.value ?? null, text };
  } catch {
    await query('ROLLBACK TO SAVEPOINT fastpyd_constant');
    return { kind: 'other', parts: [], text };
  }
}
