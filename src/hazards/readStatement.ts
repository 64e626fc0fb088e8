import { pathAt, significantTokens, skipModifiers, type Tokens, wordAt } from '../load/sqlNames.ts';

/** A statement as rules look at it. */
export interface ReadStatement {
  readonly sql: string;
  /** Its tokens, one space apart: words in lower case, `''` for each string, names as they are written. */
  readonly text: string;
  /** The table that ALTER TABLE is about, schema and all as far as it is written, without quotes; empty for other statements. */
  readonly table: string;
  /** What ALTER TABLE does to it, one text for each action; empty for other statements. */
  readonly actions: readonly string[];
}

const ALTERED = ['table', 'foreign'];

/** Reads one statement; nothing is thrown, what is no SQL is text that no rule knows. */
export function readStatement(sql: string): ReadStatement {
  const tokens = significantTokens(sql);
  const text = textOf(tokens);
  if (wordAt(tokens, 0) !== 'alter' || !ALTERED.includes(wordAt(tokens, 1))) return { sql, text, table: '', actions: [] };
  const kind = wordAt(tokens, 1) === 'foreign' ? 3 : 2;
  const { path, next } = pathAt(tokens, skipModifiers(tokens, kind));
  const first = wordAt(tokens, next) === '*' ? next + 1 : next;
  return { sql, text, table: path.join('.'), actions: partsOf(tokens.slice(first)).map(textOf) };
}

const textOf = (tokens: Tokens): string =>
  tokens.map((token) => (token.kind === 'string' ? "''" : token.kind === 'identifier' ? token.text : token.text.toLowerCase())).join(' ');

/** Cut at the commas that stand in no parentheses. */
function partsOf(tokens: Tokens): readonly Tokens[] {
  const parts: (typeof tokens)[number][][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (/^[([]$/.test(token.text)) depth++;
    if (/^[)\]]$/.test(token.text)) depth--;
    if (token.text === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}
