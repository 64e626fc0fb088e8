import { isSignificant, nameOf, type SqlToken, scanSql } from './scanSql.ts';

/** A statement as its words, names and symbols, without white space and comments. */
export type Tokens = readonly SqlToken[];

/** Cuts a text into its tokens. */
export const significantTokens = (sql: string): Tokens => scanSql(sql).filter(isSignificant);

const modifiers = new Set(
  'or replace temp temporary unlogged recursive global local unique trusted procedural constraint default concurrently if not exists only'.split(
    ' ',
  ),
);

// Longer names first, so that "foreign table" is not read as a thing named "table".
const kinds = [
  ['text', 'search', 'configuration'],
  ['text', 'search', 'dictionary'],
  ['text', 'search', 'template'],
  ['text', 'search', 'parser'],
  ['foreign', 'data', 'wrapper'],
  ['materialized', 'view'],
  ['foreign', 'table'],
  ['event', 'trigger'],
  ['access', 'method'],
  ['operator', 'class'],
  ['operator', 'family'],
];

/** The word or name at a place, folded as PostgreSQL does; empty where there is none. */
export const wordAt = (tokens: Tokens, index: number): string => {
  const token = tokens[index];
  return token ? nameOf(token) : '';
};

/** The first place from there on that is no `or replace`, `if not exists`, `only` and the like. */
export function skipModifiers(tokens: Tokens, from: number): number {
  let next = from;
  while (tokens[next]?.kind === 'word' && modifiers.has(wordAt(tokens, next))) next++;
  return next;
}

/** The dotted name at a place, and the place behind it. */
export function pathAt(tokens: Tokens, from: number): { readonly path: readonly string[]; readonly next: number } {
  const path: string[] = [];
  for (let next = from; ; next += 2) {
    const token = tokens[next];
    if (token?.kind !== 'word' && token?.kind !== 'identifier') return { path, next };
    path.push(nameOf(token));
    if (wordAt(tokens, next + 1) !== '.') return { path, next: next + 1 };
  }
}

/** The name behind a keyword: the table behind ON of a trigger; empty where the keyword is missing. */
export function pathBehind(tokens: Tokens, from: number, keyword: string): readonly string[] {
  const index = tokens.findIndex((token, at) => at >= from && token.kind === 'word' && nameOf(token) === keyword);
  return index < 0 ? [] : pathAt(tokens, skipModifiers(tokens, index + 1)).path;
}

/** PostgreSQL's words for a kind of object at a place, in lower case (`materialized view`), and the place behind them. */
export function kindAt(tokens: Tokens, from: number): { readonly kind: string; readonly next: number } {
  const words = kinds.find((kind) => kind.every((word, at) => wordAt(tokens, from + at) === word)) ?? [wordAt(tokens, from)];
  return { kind: words.join(' '), next: from + words.length };
}
