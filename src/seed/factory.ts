import type { Faker } from '@faker-js/faker';
import { faker } from '@faker-js/faker/locale/en';
import { quoteIdentifier } from '../database/quote.ts';
import type { ColumnReference } from '../model/column.ts';
import { dotted, writeName } from '../model/name.ts';
import { referencedColumns } from '../model/references.ts';
import { boundTo } from '../model/runtime.ts';
import { type Columns, type NewRow, type Row, TABLE_PARTS, type Table } from '../model/table.ts';

type AnyTable = Table<any>;

/** What an attribute of a row may be made from. */
export interface FactoryContext {
  readonly faker: Faker;
  /** From 0 on, over all rows of the factory. */
  readonly index: number;
}

type Attributes = Readonly<Record<string, unknown>>;
type Make<T extends AnyTable> = (context: FactoryContext) => Partial<NewRow<T>>;

/** Rows that belong to each row of a factory. */
interface Children {
  readonly factory: Factory<AnyTable>;
  readonly count: number;
}

interface Recipe<T extends AnyTable> {
  readonly table: T;
  readonly makes: readonly Make<T>[];
  readonly parents: readonly (AnyTable | Factory<AnyTable> | Attributes)[];
  readonly children: readonly Children[];
  readonly count: number;
  /** How many rows were made from the first step on, so that an index comes once, whatever steps follow. */
  readonly made: { count: number };
}

/** Makes rows of a model: each step gives a new factory, and `create` inserts. */
export class Factory<T extends AnyTable> {
  readonly #recipe: Recipe<T>;

  constructor(recipe: Recipe<T>) {
    this.#recipe = recipe;
  }

  get table(): T {
    return this.#recipe.table;
  }

  #with(change: Partial<Recipe<T>>): Factory<T> {
    return new Factory({ ...this.#recipe, ...change });
  }

  /** Sets attributes, over those that were made before: `.state({ published: true })`, `.state('status', 'draft')`. */
  state<Key extends keyof NewRow<T>>(key: Key, value: NewRow<T>[Key]): Factory<T>;
  state(attributes: Partial<NewRow<T>> | Make<T>): Factory<T>;
  state(first: unknown, value?: unknown): Factory<T> {
    const make = typeof first === 'function' ? first : typeof first === 'object' ? () => first : () => ({ [String(first)]: value });
    return this.#with({ makes: [...this.#recipe.makes, make as Make<T>] });
  }

  /** Takes the values one after the other, and again from the first. */
  sequence<Key extends keyof NewRow<T>>(key: Key, values: readonly NewRow<T>[Key][]): Factory<T> {
    return this.state((({ index }) => ({ [key]: values[index % values.length] })) as Make<T>);
  }

  /** Refers to rows of a model that are there, to those that a factory makes, or to one row. Where there is none, its factory is needed. */
  for(parent: AnyTable | Factory<AnyTable> | Attributes): Factory<T> {
    return this.#with({ parents: [...this.#recipe.parents, parent] });
  }

  /** Makes so many rows of another factory for each row of this one; of a model, with nothing but the reference. */
  has(child: AnyTable | Factory<AnyTable>, count = 1): Factory<T> {
    const maker = child instanceof Factory ? child : factory(child);
    return this.#with({ children: [...this.#recipe.children, { factory: maker, count }] });
  }

  count(count: number): Factory<T> {
    return this.#with({ count });
  }

  /** Inserts the rows, with what belongs to them, and returns them. */
  async create(): Promise<Row<T>[]> {
    const { table, count, children } = this.#recipe;
    const parents = await this.#parentRows();
    const rows = Array.from({ length: count }, () => this.#attributes(parents));
    const made = (await table.createMany(rows as never)) as unknown as Row<T>[];
    for (const { factory, count: each } of children) await factory.#createFor(table, made as readonly Attributes[], each);
    return made;
  }

  #attributes(parents: readonly (readonly Attributes[])[]): Attributes {
    const context: FactoryContext = { faker, index: this.#recipe.made.count++ };
    const given = parents.map((rows) => faker.helpers.arrayElement(rows));
    return Object.assign({}, ...given, ...this.#recipe.makes.map((make) => make(context)));
  }

  async #createFor(parent: AnyTable, rows: readonly Attributes[], count: number): Promise<void> {
    const keys = rows.map((row) => keyOf(this.table, parent, row));
    const parents = await this.#parentRows(parent);
    const all = keys.flatMap((key) => Array.from({ length: count }, () => ({ ...this.#attributes(parents), ...key })));
    const made = (await this.table.createMany(all as never)) as unknown as readonly Attributes[];
    for (const child of this.#recipe.children) await child.factory.#createFor(this.table, made, child.count);
  }

  /**
   * For each parent the properties of this table that refer to one of its rows.
   * @param given  a table whose row is known already, so that none is made or looked for
   */
  async #parentRows(given?: AnyTable): Promise<readonly (readonly Attributes[])[]> {
    const found: Attributes[][] = [];
    for (const parent of this.#recipe.parents) {
      if ((parent instanceof Factory ? parent.table : parent) === given) continue;
      if (parent instanceof Factory) found.push((await parent.create()).map((row) => keyOf(this.table, parent.table, row as Attributes)));
      else if (TABLE_PARTS in parent) found.push(await this.#rowsOf(parent as AnyTable));
      else found.push([parent]);
    }
    return found;
  }

  async #rowsOf(parent: AnyTable): Promise<Attributes[]> {
    const rows = await someRows(parent);
    if (rows.length === 0) throw new Error(`there is no row of ${nameOf(parent)} to refer to; give .for(…) a factory that makes some`);
    return rows.map((row) => keyOf(this.table, parent, row));
  }
}

const MOST_PARENTS = 1_000;

/** The rows that are there, as far as anybody needs more of them to choose from. */
function someRows(table: AnyTable): Promise<readonly Attributes[]> {
  const { name, columns } = table[TABLE_PARTS];
  const list = Object.keys(columns).map((property) => {
    const { columnName } = table[property] as ColumnReference;
    return `${quoteIdentifier(columnName)} AS ${quoteIdentifier(property)}`;
  });
  return boundTo(dotted(name)).query<Attributes>(`SELECT ${list.join(', ')} FROM ${writeName(name)} ORDER BY 1 LIMIT ${MOST_PARENTS}`);
}

const nameOf = (table: AnyTable): string => dotted(table[TABLE_PARTS].name);

/**
 * The properties of a table whose references point to another table, with that row's values.
 * @throws Error  where none does
 */
function keyOf(table: AnyTable, parent: AnyTable, row: Attributes): Attributes {
  const target = parent[TABLE_PARTS];
  const key: Record<string, unknown> = {};
  for (const [property, { parts }] of Object.entries(table[TABLE_PARTS].columns as Columns)) {
    const [column] = parts.references === undefined ? [] : (referencedColumns(parts.references.target) as readonly ColumnReference[]);
    if (column === undefined || column.table.name !== target.name.name || column.table.schema !== target.name.schema) continue;
    const own = Object.keys(target.columns).find((name) => (parent[name] as ColumnReference).columnName === column.columnName);
    if (own !== undefined) key[property] = row[own];
  }
  if (Object.keys(key).length === 0)
    throw new Error(
      `no column of ${nameOf(table)} refers to ${nameOf(parent)} by itself; state the values where a key of several columns does`,
    );
  return key;
}

/** Begins a factory: `factory(Post, ({ faker }) => ({ title: faker.lorem.words() })).for(User).count(50).create()`. */
export const factory = <T extends AnyTable>(table: T, make: Make<T> = () => ({})): Factory<T> =>
  new Factory({ table, makes: [make], parents: [], children: [], count: 1, made: { count: 0 } });
