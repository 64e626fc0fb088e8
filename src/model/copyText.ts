import type { Parameter } from './values.ts';

// https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const SPECIAL = /[\\\n\r\t]/;

const escaped = (text: string): string => (SPECIAL.test(text) ? text.replace(/[\\\n\r\t]/g, (sign) => ESCAPES[sign] ?? sign) : text);

/** A value as COPY's text format has it. */
export function copyCell(value: Parameter): string {
  if (value === null) return '\\N';
  if (typeof value === 'string') return escaped(value);
  return Buffer.isBuffer(value) ? `\\\\x${value.toString('hex')}` : String(value);
}
