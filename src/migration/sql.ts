import { literal, quote } from '../kinds/identifier.ts';

/** A piece of SQL as text; what the `sql` tag of a migration makes. */
export interface Sql {
  readonly text: string;
}

type Value = Sql | string | number | bigint | boolean | Date | null;

const isSql = (value: unknown): value is Sql => typeof value === 'object' && value !== null && 'text' in value;

function textOf(value: Value): string {
  if (value === null) return 'NULL';
  if (isSql(value)) return value.text;
  if (value instanceof Date) return literal(value.toISOString());
  return typeof value === 'string' ? literal(value) : String(value);
}

function tag(strings: TemplateStringsArray, ...values: readonly Value[]): Sql {
  const parts = strings.map((part, index) => (index < values.length ? `${part}${textOf(values[index] ?? null)}` : part));
  return { text: parts.join('') };
}

/** SQL as a template: interpolated values become literals, pieces of SQL stay what they are. */
export const sql: typeof tag & {
  /** Text that is taken as it is. */
  readonly raw: (text: string) => Sql;
  /** A name, quoted; several make a qualified one. */
  readonly identifier: (...path: readonly string[]) => Sql;
} = Object.assign(tag, {
  raw: (text: string): Sql => ({ text }),
  identifier: (...path: readonly string[]): Sql => ({ text: path.map(quote).join('.') }),
});
