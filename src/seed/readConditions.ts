import { quoteIdentifier } from '../database/quote.ts';

const KEY = /\b(?:UNIQUE(?:\s+INDEX\b[^(;]*)?|PRIMARY\s+KEY)\s*(?:NULLS\s+NOT\s+DISTINCT\s*)?\(([^()]*)\)/gi;

/** The columns that no two rows may share together, for each key or unique index that statements state of a table. */
export const uniqueKeys = (statements: string): readonly (readonly string[])[] =>
  [...statements.matchAll(KEY)].map(([, names = '']) => [...names.matchAll(/"((?:[^"]|"")+)"|(\w+)/g)].map(nameIn));

const nameIn = ([, quoted, plain]: RegExpExecArray): string => quoted?.replaceAll('""', '"') ?? (plain ?? '').toLowerCase();

/** The values of a check such as `status IN ('draft', 'published')`; empty where there is none. */
export function listedValues(statements: string, column: string): readonly string[] {
  const names = [quoteIdentifier(column), column].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const list = new RegExp(`(?<!\\w)(?:${names.join('|')})\\s+IN\\s*\\(\\s*('(?:[^']|'')*'(?:\\s*,\\s*'(?:[^']|'')*')*)\\s*\\)`, 'i').exec(
    statements,
  )?.[1];
  return [...(list ?? '').matchAll(/'((?:[^']|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));
}
