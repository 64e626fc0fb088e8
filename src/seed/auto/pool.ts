import { quoteIdentifier } from '../../database/quote.ts';
import type { CatalogReference, CatalogTable } from './catalog.ts';
import type { AutoContext } from './options.ts';
import type { Random } from './random.ts';
import type { Wishes } from './wishes.ts';

/** The keys that a reference may have, as texts. */
export type Keys = readonly (readonly string[])[];

const USUAL_KEYS = 10_000;

/**
 * The keys of the rows that a foreign key may refer to.
 * @param isUnique  no two rows may refer to the same one, so that those that are taken are left out
 */
export async function readKeys(
  { query, catalog, count }: AutoContext,
  { table, reference, isUnique }: { readonly table: CatalogTable; readonly reference: CatalogReference; readonly isUnique: boolean },
): Promise<Keys> {
  const target = catalog.tables.find(({ oid }) => oid === reference.target)?.sql ?? `${reference.target}::regclass`;
  const named = reference.targetColumns.map(quoteIdentifier);
  const own = reference.columns.map((column, index) => `c.${quoteIdentifier(column)} = p.${named[index]}`);
  const free = isUnique ? ` AND NOT EXISTS (SELECT FROM ${table.sql} c WHERE ${own.join(' AND ')})` : '';
  const present = named.map((name) => `p.${name} IS NOT NULL`).join(' AND ');
  const order = named.map((_, index) => index + 1).join(', ');
  const rows = await query<Record<string, string>>(
    `SELECT ${named.map((name, index) => `p.${name}::text AS k${index}`).join(', ')} FROM ${target} p WHERE ${present}${free}
     GROUP BY ${named.map((name) => `p.${name}`).join(', ')} ORDER BY ${order} LIMIT ${Math.max(USUAL_KEYS, isUnique ? count : 0)}`,
  );
  return rows.map((row) => named.map((_, index) => row[`k${index}`] ?? ''));
}

const isFine = (text: string, wishes: Wishes | undefined): boolean => {
  if (wishes === undefined) return true;
  if (wishes.in !== undefined && !wishes.in.includes(text)) return false;
  const number = Number(text);
  const fits = wishes.low.every(({ value, isOpen }) => (isOpen ? number > Number(value) : number >= Number(value)));
  return (
    fits &&
    wishes.high.every(({ value, isOpen }) => (isOpen ? number < Number(value) : number <= Number(value))) &&
    !wishes.notIn.includes(text)
  );
};

/** Chooses among keys, so that columns that several references share have one value. */
export class Pool {
  readonly reference: CatalogReference;
  readonly keys: Keys;
  readonly #skew: number;
  readonly #byShared = new Map<string, Map<string, Keys>>();

  constructor(
    reference: CatalogReference,
    keys: Keys,
    { wishes, skew }: { readonly wishes: ReadonlyMap<string, Wishes>; readonly skew: number },
  ) {
    this.reference = reference;
    this.keys = keys.filter((key) => reference.columns.every((column, index) => isFine(key[index] ?? '', wishes.get(column))));
    this.#skew = skew;
  }

  /** A key that agrees with what the row has already; undefined where there is none. */
  choose(random: Random, row: Readonly<Record<string, string | null | undefined>>): readonly string[] | undefined {
    const shared = this.reference.columns.filter((column) => row[column] !== undefined && row[column] !== null);
    const keys = shared.length === 0 ? this.keys : (this.#indexBy(shared).get(shared.map((column) => row[column]).join('\0')) ?? []);
    return keys[Math.floor(keys.length * random.next() ** (1 + this.#skew))];
  }

  #indexBy(shared: readonly string[]): Map<string, Keys> {
    const name = shared.join('\0');
    const found = this.#byShared.get(name);
    if (found !== undefined) return found;
    const places = shared.map((column) => this.reference.columns.indexOf(column));
    const index = Map.groupBy(this.keys, (key) => places.map((place) => key[place]).join('\0'));
    this.#byShared.set(name, index);
    return index;
  }
}

/** Leaves the keys of references by the same columns that all of them have; those that have none in common stay as they are. */
export function agreeing(references: ReadonlyMap<CatalogReference, Keys>): ReadonlyMap<CatalogReference, Keys> {
  const agreed = new Map(references);
  for (const [one, keys] of references) {
    const twins = [...references].filter(([other]) => other !== one && isTwin(one, other));
    const common = twins.reduce((left, [other, theirs]) => {
      const places = one.columns.map((column) => other.columns.indexOf(column));
      const present = new Set(theirs.map((key) => places.map((place) => key[place]).join('\0')));
      return left.filter((key) => present.has(key.join('\0')));
    }, keys);
    if (common.length > 0) agreed.set(one, common);
  }
  return agreed;
}

const isTwin = (one: CatalogReference, other: CatalogReference): boolean =>
  one.columns.length === other.columns.length && one.columns.every((column) => other.columns.includes(column));
