/** A piece of SQL text as PostgreSQL's lexer cuts it; `start` and `end` are offsets into the scanned text. */
export interface SqlToken {
  readonly kind: 'space' | 'comment' | 'word' | 'identifier' | 'string' | 'symbol';
  readonly start: number;
  readonly end: number;
  /** As it stands in the text. */
  readonly text: string;
  /** False where the text ends inside the token. */
  readonly closed: boolean;
}

const space = /\s+/y;
const lineComment = /--[^\n\r]*/y;
const word = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const number = /\d[\w.]*/y;
const parameter = /\$\d+/y;
const dollarQuote = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const quotePrefix = /(?:[eEbBxXnN]|[uU]&)?'|(?:[uU]&)?"/y;
// A string goes on behind a line break, https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS
const continuation = /[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:\s|--[^\n\r]*[\n\r])*'/y;

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** The end of a nested block comment that begins at `start`, or undefined when it is never closed. */
function blockCommentEnd(text: string, start: number): number | undefined {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = start;
  let depth = 0;
  for (let found = edge.exec(text); found; found = edge.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return undefined;
}

/** The end of a quoted text whose first quote ends at `from`; a doubled quote does not end it, nor an escaped one. */
function quoteEnd(text: string, from: number, quote: string, escapes: boolean): number | undefined {
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '\\' && escapes) at++;
    else if (char !== quote) continue;
    else if (text[at + 1] === quote) at++;
    else {
      const more = escapes && quote === "'" ? match(continuation, text, at + 1) : undefined;
      if (more === undefined) return at + 1;
      at += more.length;
    }
  }
  return undefined;
}

interface Extent {
  readonly kind: SqlToken['kind'];
  /** Undefined where the text ends inside the token. */
  readonly end: number | undefined;
}

function quoted(text: string, at: number, prefix: string, backslashEscapes: boolean): Extent {
  const quote = prefix.endsWith('"') ? '"' : "'";
  const escapes = quote === "'" && (/^e/i.test(prefix) || (prefix === "'" && backslashEscapes));
  return { kind: quote === '"' ? 'identifier' : 'string', end: quoteEnd(text, at + prefix.length, quote, escapes) };
}

function dollarQuoted(text: string, at: number, tag: string): Extent {
  const close = text.indexOf(tag, at + tag.length);
  return { kind: 'string', end: close < 0 ? undefined : close + tag.length };
}

function extentAt(text: string, at: number, backslashEscapes: boolean): Extent {
  const simple = (kind: SqlToken['kind'], found: string): Extent => ({ kind, end: at + found.length });
  const blank = match(space, text, at);
  if (blank) return simple('space', blank);
  const comment = match(lineComment, text, at);
  if (comment) return simple('comment', comment);
  if (text.startsWith('/*', at)) return { kind: 'comment', end: blockCommentEnd(text, at) };
  const prefix = match(quotePrefix, text, at);
  if (prefix) return quoted(text, at, prefix, backslashEscapes);
  const name = match(word, text, at);
  if (name) return simple('word', name);
  const tag = match(dollarQuote, text, at);
  if (tag) return dollarQuoted(text, at, tag);
  return simple('symbol', match(number, text, at) ?? match(parameter, text, at) ?? text.charAt(at));
}

/** What the caller may change between two tokens. */
export interface ScanState {
  /** The next token begins here. */
  at: number;
  /** True after `SET standard_conforming_strings = off`. */
  backslashEscapes: boolean;
}

/** Cuts the next token at `state.at` and moves the state behind it; undefined at the end of the text. */
export function nextToken(text: string, state: ScanState): SqlToken | undefined {
  if (state.at >= text.length) return undefined;
  const start = state.at;
  const { kind, end } = extentAt(text, start, state.backslashEscapes);
  state.at = end ?? text.length;
  return { kind, start, end: state.at, text: text.slice(start, state.at), closed: end !== undefined };
}

/** All tokens of a text, white space and comments included: joined, they are the text. */
export function scanSql(text: string): SqlToken[] {
  const state: ScanState = { at: 0, backslashEscapes: false };
  const tokens: SqlToken[] = [];
  for (let token = nextToken(text, state); token; token = nextToken(text, state)) tokens.push(token);
  return tokens;
}

/** False for white space and comments. */
export const isSignificant = (token: SqlToken): boolean => token.kind !== 'space' && token.kind !== 'comment';

/** The name that a word or a quoted identifier stands for: folded to lower case, or without its quotes. */
export function nameOf(token: SqlToken): string {
  return token.kind === 'identifier' ? token.text.replace(/^(?:[uU]&)?"|"$/g, '').replaceAll('""', '"') : token.text.toLowerCase();
}
