import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';

/** The key under which a thing that has a name in SQL says it. */
export const TO_SQL = Symbol.for('fastpyd.toSql');

/** Anything that `sql` writes as a name: a column, a table, a type, a view… */
export interface SqlReference {
  [TO_SQL](): string;
}

/** A piece of SQL made with the `sql` tag; written out as late as possible, so that names may come from files still loading. */
export class Sql implements SqlReference {
  readonly #write: () => string;

  constructor(write: () => string) {
    this.#write = write;
  }

  [TO_SQL](): string {
    return this.#write();
  }

  toString(): string {
    return this.#write();
  }
}

/** True for columns, tables and everything else that has a name in SQL. */
export const isSqlReference = (value: unknown): value is SqlReference =>
  (typeof value === 'object' || typeof value === 'function') && value !== null && TO_SQL in value;

function literalOf(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : quoteLiteral(String(value));
  if (value instanceof Date) return quoteLiteral(value.toISOString());
  if (value instanceof Uint8Array) return quoteLiteral(`\\x${Buffer.from(value).toString('hex')}`);
  return quoteLiteral(typeof value === 'string' ? value : JSON.stringify(value));
}

/** The value as SQL: names of columns and tables, a list in parentheses for an array, a literal for anything else. */
export function writeSql(value: unknown): string {
  if (isSqlReference(value)) return value[TO_SQL]();
  if (Array.isArray(value)) return `(${value.map(writeSql).join(', ')})`;
  return literalOf(value);
}

/**
 * SQL text with values in it: a column becomes its quoted name, a table its qualified name, anything else a literal.
 * `sql.raw(text)` puts text in as it is, `sql.identifier(...)` a quoted name, `sql.join(items)` a list.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): Sql {
  return new Sql(() => strings.map((text, index) => text + (index < values.length ? writeSql(values[index]) : '')).join(''));
}

sql.raw = (text: string): Sql => new Sql(() => text);
sql.identifier = (...path: readonly string[]): Sql => new Sql(() => path.map(quoteIdentifier).join('.'));
sql.join = (items: readonly unknown[], separator = ', '): Sql => new Sql(() => items.map(writeSql).join(separator));
