import { quoteIdentifier } from '../../database/quote.ts';
import type { CatalogColumn, CatalogKey, CatalogReference, CatalogTable } from './catalog.ts';
import { partOf } from './conditions.ts';
import { type Demands, demandsOn, unmet } from './demands.ts';
import type { AutoContext } from './options.ts';
import { agreeing, type Keys, Pool, readKeys } from './pool.ts';
import { Random } from './random.ts';
import { type ValueMaker, valueMaker } from './values.ts';
import { noWishes, type Wishes } from './wishes.ts';

/** A row in making: texts by column, null for NULL. */
export type MadeRow = Record<string, string | null>;

/** How careful rows are made, after others were refused. */
export interface Care {
  /** Left to their defaults. */
  readonly omitted: ReadonlySet<string>;
  /** NULL in every row. */
  readonly nulled: ReadonlySet<string>;
}

/** References to tables that have no rows yet: filled in afterwards. */
export type IsLate = (reference: CatalogReference) => boolean;

interface Preparation {
  readonly care: Care;
  readonly isLate: IsLate;
}

/** What the table and those around it hold before the first row is made. */
interface Premises {
  readonly demands: Demands;
  /** How many rows are there. */
  readonly existing: number;
}

interface Way {
  readonly wishes: ReadonlyMap<string, Wishes>;
  readonly makers: ReadonlyMap<string, ValueMaker>;
  readonly pools: readonly Pool[];
}

/** A part of a key that is counted through: a column, or a reference with its columns. */
interface Digit {
  readonly columns: readonly string[];
  readonly size: number;
  readonly at: (index: number, random: Random) => readonly string[];
}

const TRIES = 30;
const REMEMBERED_KEYS = 100;
/** The prototype of rows, since a column may be called `constructor`; objects without any are slower to fill. */
const NOTHING = Object.freeze(Object.create(null));

/** Makes rows of a table, one after the other, each like no other where a key asks for that. */
export class RowMaker {
  readonly columns: readonly CatalogColumn[];
  readonly #table: CatalogTable;
  readonly #context: AutoContext;
  readonly #random: Random;
  readonly #existing: number;
  readonly #isLate: IsLate;
  readonly #demands: Demands;
  #ways: readonly Way[] = [];
  /** Columns that count up, and from where. */
  readonly #counting = new Map<string, number>();
  readonly #digits: Digit[] = [];
  /** Keys that are watched, with what is taken. */
  readonly #watched: { readonly key: CatalogKey; readonly taken: Set<string> }[] = [];
  readonly #selfReferences: readonly CatalogReference[];
  readonly #recent: MadeRow[] = [];
  #attempts = 0;
  #counted = 0;
  #combination = 0;
  /** Rows whose keys the combinations may come upon, one after the other. */
  #present = 0;

  private constructor(table: CatalogTable, context: AutoContext, { care, isLate, demands, existing }: Preparation & Premises) {
    this.#table = table;
    this.#demands = demands;
    this.#context = context;
    // Beside rows that the same seed has made, the same rows again would be refused by every key.
    this.#random = new Random(context.randomSeed, table.name, existing);
    this.#existing = existing;
    this.#isLate = isLate;
    const named = new Set(table.references.flatMap(({ columns }) => columns));
    this.#selfReferences = table.references.filter(
      (reference) => reference.target === table.oid && this.#isRequired(reference) && !reference.isDeferrable,
    );
    const referred = new Set(this.#selfReferences.flatMap(({ targetColumns }) => targetColumns));
    this.columns = table.columns.filter(
      ({ name, isNumbered }) => !care.omitted.has(name) && (!isNumbered || named.has(name) || referred.has(name) || demands.has(name)),
    );
  }

  static async prepare(table: CatalogTable, context: AutoContext, options: Preparation): Promise<RowMaker> {
    const demands = await unmet(table, context.demanded ?? demandsOn(table, context.catalog, context.ways), context.query);
    const [present] = await context.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table.sql}`);
    const maker = new RowMaker(table, context, { ...options, demands, existing: present?.rows ?? 0 });
    await maker.#prepare(options.care);
    return maker;
  }

  /** The next row; undefined when there can be no other. */
  next(): MadeRow | undefined {
    for (let tries = 0; tries < TRIES + this.#present; tries++) {
      const row = this.#attempt();
      if (row === undefined) return undefined;
      if (row === 'again') continue;
      if (this.#selfReferences.length > 0) this.#remember(row);
      return row;
    }
    return undefined;
  }

  async #prepare(care: Care): Promise<void> {
    const { skew } = this.#context;
    const existing = this.#existing;
    const ways = (this.#context.ways.get(this.#table.oid) ?? [new Map()]).map((wishes) => withNulls(wishes, this.#table, care));
    const sizes = this.#makers(ways[0] ?? new Map(), new Map());
    const singles = new Set(this.#table.keys.flatMap(({ columns }) => (columns.length === 1 ? columns : [])));
    const keys = new Map<CatalogReference, Keys>();
    for (const reference of this.#table.references) {
      if (this.#isLate(reference) || this.#selfReferences.includes(reference)) continue;
      const isUnique = reference.columns.some((column) => singles.has(column));
      keys.set(reference, await readKeys(this.#context, { table: this.#table, reference, isUnique }));
    }
    const pooled = new Set([...keys.keys()].flatMap(({ columns }) => columns));
    const finite = this.#table.keys.filter((key) => !this.#countUp(key, { sizes, pooled, existing }));
    const largest = existing > 0 ? await this.#largest() : new Map<string, string>();
    for (const column of largest.keys()) this.#counting.set(column, 0);
    const all = ways.map((wishes) => ({
      wishes,
      makers: this.#makers(wishes, largest),
      pools: [...agreeing(keysIn(partOf(wishes), keys))].map(([reference, tuples]) => new Pool(reference, tuples, { wishes, skew })),
    }));
    const open = all.filter(({ pools }) => pools.every((pool) => pool.keys.length > 0 || !this.#isRequired(pool.reference)));
    this.#ways = open.length > 0 ? open : all;
    const [first, ...others] = finite;
    // Combinations are distinct by themselves, so that nothing grows with the number of rows.
    if (first !== undefined && !(this.#countThrough(first) && existing === 0)) await this.#watch(first, existing);
    for (const key of others) await this.#watch(key, existing);
  }

  #makers(wishes: ReadonlyMap<string, Wishes>, largest: ReadonlyMap<string, string>): ReadonlyMap<string, ValueMaker> {
    const { types } = this.#context.catalog;
    return new Map(
      this.columns.flatMap(({ name, type, typeText }) => {
        const found = types.get(type);
        const spec = { name, typeText, wishes: wishes.get(name) ?? noWishes(), largest: largest.get(name) };
        return found === undefined ? [] : [[name, valueMaker({ ...spec, type: found }, types)] as const];
      }),
    );
  }

  /** Has one column of a key count up; false where none has values enough. */
  #countUp(
    { columns, operators }: CatalogKey,
    {
      sizes,
      pooled,
      existing,
    }: { readonly sizes: ReadonlyMap<string, ValueMaker>; readonly pooled: ReadonlySet<string>; readonly existing: number },
  ): boolean {
    const isMade = (column: string): boolean => this.columns.some(({ name }) => name === column);
    if (columns.some((column) => this.#counting.has(column) || !isMade(column))) return true;
    const needed = (existing + this.#context.count) * 2;
    const able = columns.filter((column, index) => {
      const operator = operators?.[index] ?? '=';
      return !pooled.has(column) && (operator === '=' || operator === '&&') && (sizes.get(column)?.size ?? 0) >= needed;
    });
    const [best] = able.sort((one, other) => (sizes.get(other)?.size ?? 0) - (sizes.get(one)?.size ?? 0));
    if (best === undefined) return false;
    this.#counting.set(best, existing);
    return true;
  }

  /** The largest values of the columns that count up, where their type has an order. */
  async #largest(): Promise<ReadonlyMap<string, string>> {
    const { query, catalog } = this.#context;
    const found = new Map<string, string>();
    for (const { name, type } of this.columns.filter((column) => this.#counting.has(column.name))) {
      const kind = catalog.types.get(type);
      const isRange = kind?.kind === 'r';
      if (!isRange && !/^(?:int|float|numeric|money|date|time|oid)/.test(baseName(kind, catalog.types))) continue;
      const column = quoteIdentifier(name);
      const [row] = await query<{ value: string | null }>(
        `SELECT max(${isRange ? `upper(${column})` : column})::text AS value FROM ${this.#table.sql}`,
      );
      if (row?.value != null) found.set(name, row.value);
    }
    return found;
  }

  async #watch(key: CatalogKey, existing: number): Promise<void> {
    const taken = new Set<string>();
    this.#watched.push({ key, taken });
    if (existing === 0) return;
    this.#present = existing;
    const columns = key.columns.map((column) => `coalesce(${quoteIdentifier(column)}::text, '')`);
    const rows = await this.#context.query<{ value: string }>(
      `SELECT concat_ws(E'\\x01', ${columns.join(', ')}) AS value FROM ${this.#table.sql}`,
    );
    for (const { value } of rows) taken.add(value);
  }

  /** Prepares going through all combinations of a key whose parts have few values each; false where something else decides some column. */
  #countThrough({ columns }: CatalogKey): boolean {
    const way = this.#ways[0];
    const left = new Set(columns);
    const decided: string[] = [];
    if (this.#table.references.some((reference) => reference.parts !== null && reference.columns.some((name) => left.has(name))))
      return false;
    for (const pool of way?.pools ?? []) {
      const { reference, keys } = pool;
      if (!reference.columns.some((column) => left.has(column))) continue;
      for (const column of reference.columns) left.delete(column);
      decided.push(...reference.columns);
      this.#digits.push({ columns: reference.columns, size: keys.length, at: (index) => keys[index] ?? [] });
    }
    for (const column of left) {
      const maker = way?.makers.get(column);
      if (maker === undefined) continue;
      decided.push(column);
      this.#digits.push({ columns: [column], size: maker.size, at: (index, random) => [maker.nth(index, random)] });
    }
    const isDecidedOnce = new Set(decided).size === decided.length && decided.every((column) => columns.includes(column));
    return isDecidedOnce && columns.every((column) => decided.includes(column) && !this.#isSelf(column));
  }

  #attempt(): MadeRow | 'again' | undefined {
    this.#attempts++;
    const way = this.#random.pick(this.#ways);
    const row: MadeRow = Object.create(NOTHING);
    if (this.#digits.length > 0 && !this.#nextCombination(row)) return undefined;
    for (const pool of way.pools) if (!this.#refer(pool, row, way)) return 'again';
    for (const column of this.columns)
      if (row[column.name] === undefined && !this.#isSelf(column.name)) row[column.name] = this.#value(column, row, way);
    for (const reference of this.#selfReferences) this.#referToSelf(reference, row);
    return this.#isFine(row, way) ? row : 'again';
  }

  #isSelf(column: string): boolean {
    return this.#selfReferences.some(({ columns }) => columns.includes(column));
  }

  #nextCombination(row: MadeRow): boolean {
    const all = this.#digits.reduce((product, { size }) => product * size, 1);
    const index = this.#combination++;
    if (index >= all) return false;
    let rest = index;
    let shift = 0;
    for (const { columns, size, at } of this.#digits) {
      const digit = rest % size;
      rest = Math.floor(rest / size);
      // Shifted by the digits before, so that the first rows already have all kinds of values; still each combination once.
      const values = at((digit + shift) % size, this.#random);
      shift += digit;
      for (const [place, column] of columns.entries()) row[column] = values[place] ?? null;
    }
    return true;
  }

  /** False where no key agrees with the rest of the row and the reference must not be NULL. */
  #refer(pool: Pool, row: MadeRow, { wishes }: Way): boolean {
    const { reference } = pool;
    if (reference.columns.every((column) => row[column] !== undefined)) return true;
    const isForced = reference.columns.some((column) => wishes.get(column)?.isNull === false);
    const nullable = reference.columns.filter((column) => row[column] === undefined && this.#isNullable(column));
    const isNull = nullable.some((column) => wishes.get(column)?.isNull === true);
    const key =
      isNull || (!isForced && nullable.length > 0 && this.#random.chance(this.#context.nullShare))
        ? undefined
        : pool.choose(this.#random, row);
    if (key === undefined) {
      if (nullable.length === 0) return false;
      for (const column of nullable) row[column] = null;
      return true;
    }
    for (const [place, column] of reference.columns.entries()) row[column] = key[place] ?? null;
    return true;
  }

  #isNullable(column: string): boolean {
    return this.#table.columns.some(({ name, isRequired }) => name === column && !isRequired);
  }

  #isRequired({ columns }: CatalogReference): boolean {
    return columns.every((column) => !this.#isNullable(column));
  }

  #value({ name, type, isRequired }: CatalogColumn, row: MadeRow, { makers, wishes }: Way): string | null {
    const wish = wishes.get(name);
    const counts = this.#counting.get(name);
    const mayBeNull = !isRequired && wish?.isNull !== false && this.#context.catalog.types.get(type)?.isRequired !== true;
    if (mayBeNull && (wish?.isNull === true || this.#isLateColumn(name))) return null;
    const maker = makers.get(name);
    if (maker === undefined) return null;
    const demanded = this.#demands.get(name);
    const wanted = demanded?.[this.#attempts - 1];
    if (wanted !== undefined) return wanted;
    if (counts !== undefined) return this.#count(maker, counts, demanded);
    if (mayBeNull && this.#random.chance(this.#context.nullShare)) return null;
    const same = wish?.columns.find(({ operator }) => operator === '=');
    return same === undefined ? maker.make(this.#random, row) : (row[same.other] ?? maker.make(this.#random, row));
  }

  /** Values that are demanded were given to the first rows. */
  #count(maker: ValueMaker, first: number, demanded: readonly string[] | undefined): string {
    let value = maker.nth(first + this.#counted++, this.#random);
    while (demanded?.includes(value)) value = maker.nth(first + this.#counted++, this.#random);
    return value;
  }

  #isLateColumn(column: string): boolean {
    return this.#table.references.some((reference) => reference.columns.includes(column) && this.#isLate(reference));
  }

  /** The first row refers to itself, the others to one of those before. */
  #referToSelf({ columns, targetColumns }: CatalogReference, row: MadeRow): void {
    const other = this.#recent.length > 0 ? this.#random.pick(this.#recent) : row;
    for (const [place, column] of columns.entries()) row[column] = other[targetColumns[place] ?? ''] ?? null;
  }

  #remember(row: MadeRow): void {
    if (this.#recent.length < REMEMBERED_KEYS) this.#recent.push(row);
    else this.#recent[this.#random.whole(0, REMEMBERED_KEYS - 1)] = row;
  }

  #isFine(row: MadeRow, { wishes }: Way): boolean {
    for (const [column, { columns }] of wishes)
      if (columns.some(({ operator, other }) => operator === '<>' && row[column] != null && row[column] === row[other])) return false;
    const texts = this.#watched.map(({ key }) => key.columns.map((column) => row[column] ?? '').join('\x01'));
    const isNew = this.#watched.every(
      ({ key, taken }, index) => key.columns.some((column) => row[column] === null) || !taken.has(texts[index] ?? ''),
    );
    if (isNew) for (const [index, { taken }] of this.#watched.entries()) taken.add(texts[index] ?? '');
    return isNew;
  }
}

/** Those of the references that rows of a part follow. */
const keysIn = (part: number | undefined, keys: ReadonlyMap<CatalogReference, Keys>): ReadonlyMap<CatalogReference, Keys> =>
  new Map([...keys].filter(([{ parts }]) => parts === null || part === undefined || parts.includes(part)));

function withNulls(wishes: ReadonlyMap<string, Wishes>, { columns }: CatalogTable, { nulled }: Care): ReadonlyMap<string, Wishes> {
  const more = new Map(wishes);
  for (const { name, isRequired } of columns) {
    if (nulled.has(name) && !isRequired && more.get(name)?.isNull === undefined)
      more.set(name, { ...(more.get(name) ?? noWishes()), isNull: true });
  }
  return more;
}

function baseName(
  type: { readonly kind: string; readonly base: string; readonly name: string } | undefined,
  types: AutoContext['catalog']['types'],
): string {
  return type?.kind === 'd' ? baseName(types.get(type.base), types) : (type?.name ?? '');
}
