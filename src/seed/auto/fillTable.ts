import { setImmediate as nextTurn } from 'node:timers/promises';
import { quoteIdentifier } from '../../database/quote.ts';
import { StatementError } from '../../migration/parentLink.ts';
import { copyCell } from '../../model/copyText.ts';
import type { CatalogColumn, CatalogTable } from './catalog.ts';
import { advanceSequences } from './demands.ts';
import { columnsIn, readExpression } from './expression.ts';
import type { AutoContext } from './options.ts';
import { type Care, type IsLate, RowMaker } from './rowMaker.ts';

/** What became of a table. */
export interface Filled {
  readonly rows: number;
  /** Why there are not as many as asked for: the constraint, with the smallest example. */
  readonly reason: string | undefined;
}

const CHUNK_CHARACTERS = 1024 * 1024;
/** A pipe takes no whole chunk at once: the rest goes out when the event loop turns. */
const ROWS_A_TURN = 100;
/** So many rows are refused before they are made more carefully. */
const MOST_REFUSED = 25;
const MOST_REPEATS = 20;
const NO_CARE: Care = { omitted: new Set(), nulled: new Set() };

/** Makes rows for a table until there are as many as asked for. Each row that PostgreSQL refuses is made anew, at last with nothing but what must be given. */
export async function fillTable(table: CatalogTable, context: AutoContext, isLate: IsLate): Promise<Filled> {
  let care = NO_CARE;
  let rows = 0;
  let refusal: Refused | undefined;
  for (let round = 0, repeats = 0; ; ) {
    const maker = await RowMaker.prepare(table, { ...context, count: context.count - rows }, { care, isLate });
    const filling = new Filling(table, context, maker);
    const inserted = await filling.run(context.count - rows);
    const numbered = maker.columns.flatMap(({ name, isNumbered }) => (isNumbered ? [name] : []));
    await advanceSequences(table, numbered, context.query);
    rows += inserted;
    refusal ??= filling.refusals[0];
    if (filling.isSwallowed) return { rows, reason: 'a trigger or a rule of it lets no row in, and refuses none' };
    if (rows >= context.count || filling.isExhausted) break;
    // Where most rows are fine, the others are just made again.
    if (inserted > filling.refusals.length && repeats++ < MOST_REPEATS) continue;
    const next = moreCare(table, { care, refusals: filling.refusals, round });
    if (next === undefined) break;
    care = next;
    round++;
  }
  if (rows >= context.count) return { rows, reason: undefined };
  return { rows, reason: refusal === undefined ? 'its keys have no other values' : describe(refusal) };
}

interface Refused {
  readonly error: StatementError;
  /** The row, in COPY's text format. */
  readonly line: string;
}

const describe = ({ error, line }: Refused): string => {
  const detail = error.detail ?? `for the row (${line.trimEnd().replaceAll('\t', ', ')})`;
  return `${error.message}; ${detail}`.slice(0, 500);
};

class Filling {
  readonly #table: CatalogTable;
  readonly #columns: readonly CatalogColumn[];
  readonly #context: AutoContext;
  readonly #maker: RowMaker;
  readonly #statement: string;
  readonly refusals: Refused[] = [];
  /** Numbered by PostgreSQL; the numbers of rows that were refused are drawn again. */
  readonly #numbered: readonly string[];
  /** There are no other rows. */
  isExhausted = false;
  /** True when rows were taken that are nowhere: a trigger may drop them. */
  isSwallowed = false;
  #inserted = 0;
  #onTheWay: Promise<void> = Promise.resolve();

  constructor(table: CatalogTable, context: AutoContext, maker: RowMaker) {
    this.#table = table;
    this.#context = context;
    this.#maker = maker;
    this.#numbered = table.columns.flatMap(({ name, isNumbered }) => (isNumbered ? [name] : []));
    this.#columns = maker.columns;
    this.#statement = `COPY ${table.sql} (${maker.columns.map(({ name }) => quoteIdentifier(name)).join(', ')}) FROM STDIN`;
  }

  async run(wanted: number): Promise<number> {
    if (this.#columns.length === 0) return this.#insertDefaults(wanted);
    while (this.#inserted < wanted && !this.isExhausted && this.refusals.length < MOST_REFUSED) {
      const answered = this.#inserted + this.refusals.length;
      await this.#round(wanted - this.#inserted);
      await this.#onTheWay;
      this.isSwallowed = this.#inserted + this.refusals.length === answered;
      if (this.isSwallowed) break;
    }
    return this.#inserted;
  }

  /** COPY has no way to give no column at all. */
  async #insertDefaults(wanted: number): Promise<number> {
    const insert = `INSERT INTO ${this.#table.sql} DEFAULT VALUES`;
    await this.#context.query(`DO $fastpyd$ BEGIN FOR i IN 1..${wanted} LOOP ${insert}; END LOOP; END $fastpyd$`);
    return wanted;
  }

  /** Makes so many rows; a chunk is on its way while the next is made. */
  async #round(wanted: number): Promise<void> {
    let lines: string[] = [];
    let characters = 0;
    for (let made = 0; made < wanted && this.refusals.length < MOST_REFUSED; made++) {
      const row = this.#maker.next();
      if (row === undefined) {
        this.isExhausted = true;
        break;
      }
      const line = `${this.#columns.map(({ name }) => copyCell(row[name] ?? null)).join('\t')}\n`;
      lines.push(line);
      characters += line.length;
      if (made % ROWS_A_TURN === 0) await nextTurn();
      if (characters < CHUNK_CHARACTERS) continue;
      await this.#onTheWay;
      this.#onTheWay = this.#send(lines);
      lines = [];
      characters = 0;
    }
    await this.#onTheWay;
    this.#onTheWay = this.#send(lines);
  }

  async #send(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    try {
      this.#inserted += await this.#context.copy(this.#statement, Buffer.from(lines.join('')));
    } catch (error) {
      if (!(error instanceof StatementError)) throw error;
      await this.#sendApart(lines, error);
    }
  }

  /** Without the row that was refused, where the server says which one it was, or else in halves. */
  async #sendApart(lines: readonly string[], error: StatementError): Promise<void> {
    const number = Number(/^COPY .*, line (\d+)/m.exec(error.context ?? '')?.[1] ?? 0);
    const refused = lines.length === 1 ? lines[0] : lines[number - 1];
    if (refused !== undefined) this.refusals.push({ error, line: refused });
    await advanceSequences(this.#table, this.#numbered, this.#context.query);
    if (this.refusals.length >= MOST_REFUSED || lines.length === 1) return;
    const [until, from] = refused === undefined ? [lines.length >> 1, lines.length >> 1] : [number - 1, number];
    await this.#send(lines.slice(0, until));
    await this.#send(lines.slice(from));
  }
}

/** More is left out after each round: what the refusing constraints are about, then all that may be; undefined when nothing is left. */
function moreCare(
  table: CatalogTable,
  { care, refusals, round }: { readonly care: Care; readonly refusals: readonly Refused[]; readonly round: number },
): Care | undefined {
  const blamed = new Set(refusals.flatMap(({ error }) => columnsBehind(table, error)));
  const isBlamed = ({ name }: CatalogColumn): boolean => round >= 2 || blamed.has(name);
  const nulled = table.columns.filter((column) => isBlamed(column) && !column.isRequired && column.default === null);
  const refers = new Set(table.references.flatMap(({ columns }) => columns));
  const omitted = table.columns.filter((column) => isBlamed(column) && column.default !== null && !refers.has(column.name));
  const next = {
    nulled: new Set([...care.nulled, ...(round === 1 ? [] : nulled.map(({ name }) => name))]),
    omitted: new Set([...care.omitted, ...(round === 0 ? [] : omitted.map(({ name }) => name))]),
  };
  return round > 3 ? undefined : next;
}

function columnsBehind(table: CatalogTable, { constraint, message }: StatementError): readonly string[] {
  const check = table.checks.find(({ name }) => name === constraint);
  if (check !== undefined) return columnsIn(readExpression(check.expression));
  const key = [...table.keys, ...table.references].find(({ name }) => name === constraint);
  if (key !== undefined) return key.columns;
  return table.columns.flatMap(({ name }) => (message.includes(name) ? [name] : []));
}
