import { isSignificant, nameOf, type SqlToken, scanSql } from './scanSql.ts';

/** The object that a statement makes or changes. */
export interface StatementTarget {
  /** PostgreSQL's words in lower case: `table`, `index`, `materialized view`…; `part` for what ALTER TABLE … ADD adds. */
  readonly kind: string;
  /** Parts of its name, without quotes: schema first where the statement names it. */
  readonly path: readonly string[];
  /** For what lives on a table (trigger, policy, rule, added column or constraint): that table's path. */
  readonly on?: readonly string[] | undefined;
}

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

type Tokens = readonly SqlToken[];

const wordAt = (tokens: Tokens, index: number): string => {
  const token = tokens[index];
  return token ? nameOf(token) : '';
};

function skipModifiers(tokens: Tokens, from: number): number {
  let next = from;
  while (tokens[next]?.kind === 'word' && modifiers.has(wordAt(tokens, next))) next++;
  return next;
}

function pathAt(tokens: Tokens, from: number): { readonly path: readonly string[]; readonly next: number } {
  const path: string[] = [];
  for (let next = from; ; next += 2) {
    const token = tokens[next];
    if (token?.kind !== 'word' && token?.kind !== 'identifier') return { path, next };
    path.push(nameOf(token));
    if (wordAt(tokens, next + 1) !== '.') return { path, next: next + 1 };
  }
}

/** The path behind a keyword: the table behind ON of a trigger. */
function pathBehind(tokens: Tokens, from: number, keyword: string): readonly string[] {
  const index = tokens.findIndex((token, at) => at >= from && token.kind === 'word' && nameOf(token) === keyword);
  return index < 0 ? [] : pathAt(tokens, skipModifiers(tokens, index + 1)).path;
}

function addedPart(tokens: Tokens, from: number): string | undefined {
  if (wordAt(tokens, from) !== 'add') return undefined;
  const next = wordAt(tokens, from + 1) === 'column' ? from + 2 : from + 1;
  return wordAt(tokens, skipModifiers(tokens, next));
}

/** What a CREATE or ALTER statement is about, read from its first words; undefined where it has no name to speak of. */
export function statementTarget(sql: string): StatementTarget | undefined {
  const tokens = scanSql(sql.slice(0, 2000)).filter(isSignificant);
  const verb = wordAt(tokens, 0);
  if (verb !== 'create' && verb !== 'alter') return undefined;
  const start = skipModifiers(tokens, 1);
  const words = kinds.find((kind) => kind.every((word, at) => wordAt(tokens, start + at) === word)) ?? [wordAt(tokens, start)];
  const kind = words.join(' ');
  const { path, next } = pathAt(tokens, skipModifiers(tokens, start + words.length));
  if (path.length === 0) return undefined;
  const added = verb === 'alter' ? addedPart(tokens, next) : undefined;
  if (added !== undefined) return { kind: 'part', path: [added], on: path };
  if (verb === 'alter') return { kind, path };
  if (kind === 'index') return { kind, path: [...pathBehind(tokens, next, 'on').slice(0, -1), ...path] };
  if (kind === 'trigger' || kind === 'policy') return { kind, path, on: pathBehind(tokens, next, 'on') };
  if (kind === 'rule') return { kind, path, on: pathBehind(tokens, next, 'to') };
  return { kind, path };
}
