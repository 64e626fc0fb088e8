/** Reads conditions, as PostgreSQL's catalogs have them and as people write them, as far as values are made from them. */

/** A piece of an expression; `text` is its SQL. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: string | null; readonly text: string }
  | { readonly kind: 'column'; readonly name: string; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Expression[]; readonly text: string }
  | { readonly kind: 'operator'; readonly name: string; readonly parts: readonly Expression[]; readonly text: string }
  /** AND, OR, NOT. */
  | { readonly kind: 'logic'; readonly name: 'and' | 'or' | 'not'; readonly parts: readonly Expression[]; readonly text: string }
  /** IS … */
  | {
      readonly kind: 'is';
      readonly what: 'null' | 'true' | 'false' | 'other';
      readonly parts: readonly [Expression];
      readonly text: string;
    }
  /** `x = ANY (ARRAY[…])`. */
  | { readonly kind: 'any'; readonly name: string; readonly parts: readonly Expression[]; readonly text: string }
  | { readonly kind: 'other'; readonly parts: readonly Expression[]; readonly text: string };

interface Token {
  readonly kind: 'string' | 'number' | 'name' | 'sign';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const TOKEN =
  /\s*(?:(E?'(?:[^'\\]|''|\\.)*')|(\d+(?:\.\d+)?(?:e[+-]?\d+)?)|("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)|(::|[-+*/<>=~!@#%^&|`?]+|[()[\],.;:]))/giuy;

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
    const [, string, number, name, sign] = match;
    const token = string ?? number ?? name ?? sign ?? '';
    const kind = string !== undefined ? 'string' : number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text: token, from: TOKEN.lastIndex - token.length, to: TOKEN.lastIndex });
  }
  return tokens;
}

const nameIn = (text: string): string => (text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase());

function stringIn(text: string): string {
  const inner = text.replace(/^E?'|'$/gi, '').replaceAll("''", "'");
  return /^E/i.test(text) ? inner.replace(/\\(.)/g, '$1') : inner;
}

/** The parts of an expression; of what is not understood only that it is there. */
export function readExpression(text: string): Expression {
  return new Reader(text).read();
}

const TYPE_GOES_ON = /^(?:varying|precision|with|without|time|zone)$/i;
const COMPARISON = /^(?:[<>=!~@#&|*^%]+|similar)$/i;
const WRITTEN = /^(?:between|in|like|ilike)$/;

class Reader {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenise(source);
  }

  read(): Expression {
    const whole = this.#or();
    return this.#at < this.#tokens.length ? { kind: 'other', parts: [whole], text: this.#source } : whole;
  }

  #peek(offset = 0): string {
    return this.#tokens[this.#at + offset]?.text.toLowerCase() ?? '';
  }

  #skip(...words: readonly string[]): boolean {
    if (!words.every((word, index) => this.#peek(index) === word)) return false;
    this.#at += words.length;
    return true;
  }

  #textFrom(start: number): string {
    const first = this.#tokens[start];
    const last = this.#tokens[this.#at - 1];
    return first === undefined || last === undefined ? '' : this.#source.slice(first.from, last.to);
  }

  #joined(name: 'and' | 'or', next: () => Expression): Expression {
    const start = this.#at;
    const parts = [next()];
    while (this.#skip(name)) parts.push(next());
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : { kind: 'logic', name, parts, text: this.#textFrom(start) };
  }

  #or(): Expression {
    return this.#joined('or', () => this.#and());
  }

  #and(): Expression {
    return this.#joined('and', () => this.#not());
  }

  #not(): Expression {
    const start = this.#at;
    if (!this.#skip('not')) return this.#comparison();
    const part = this.#not();
    return { kind: 'logic', name: 'not', parts: [part], text: this.#textFrom(start) };
  }

  #comparison(): Expression {
    const start = this.#at;
    let left = this.#sum();
    for (;;) {
      if (this.#skip('is')) left = this.#is(left, start);
      else if (this.#peek() === 'not' && WRITTEN.test(this.#peek(1))) {
        this.#at++;
        const part = this.#written(left, start);
        left = { kind: 'logic', name: 'not', parts: [part], text: part.text };
      } else if (WRITTEN.test(this.#peek())) left = this.#written(left, start);
      else if (COMPARISON.test(this.#peek())) left = this.#compared(left, start);
      else return left;
    }
  }

  /** What the catalogs have in other words: BETWEEN, IN, LIKE. */
  #written(left: Expression, start: number): Expression {
    const word = this.#peek();
    this.#at++;
    const from = this.#at;
    if (word === 'in') {
      const { parts, text } = this.#list(from, []);
      return { kind: 'any', name: '=', parts: [left, { kind: 'call', name: 'array', parts, text }], text: this.#textFrom(start) };
    }
    const right = this.#sum();
    const compare = (name: string, other: Expression): Expression => ({
      kind: 'operator',
      name,
      parts: [left, other],
      text: this.#textFrom(start),
    });
    if (word !== 'between') return compare(word === 'like' ? '~~' : '~~*', right);
    this.#skip('and');
    const parts = [compare('>=', right), compare('<=', this.#sum())];
    return { kind: 'logic', name: 'and', parts, text: this.#textFrom(start) };
  }

  #is(part: Expression, start: number): Expression {
    const isNegated = this.#skip('not');
    const word = this.#peek();
    this.#at++;
    if (word === 'distinct' && this.#skip('from')) this.#sum();
    const what = word === 'null' || word === 'true' || word === 'false' ? word : 'other';
    const found: Expression = { kind: 'is', what, parts: [part], text: this.#textFrom(start) };
    return isNegated ? { kind: 'logic', name: 'not', parts: [found], text: found.text } : found;
  }

  #compared(left: Expression, start: number): Expression {
    const name = this.#peek();
    this.#at++;
    const isAny = this.#peek() === 'any' || this.#peek() === 'all';
    const quantifier = this.#peek();
    if (isAny) this.#at++;
    const right = this.#sum();
    const text = this.#textFrom(start);
    if (quantifier === 'all' && isAny) return { kind: 'other', parts: [left, right], text };
    return { kind: isAny ? 'any' : 'operator', name, parts: [left, right], text };
  }

  #sum(): Expression {
    const start = this.#at;
    let left = this.#primary();
    while (/^(?:\+|-|\*|\/|%|\|\||->>?|#>>?|\^)$/.test(this.#peek())) {
      const name = this.#peek();
      this.#at++;
      const right = this.#primary();
      left = { kind: 'operator', name, parts: [left, right], text: this.#textFrom(start) };
    }
    return left;
  }

  #primary(): Expression {
    const start = this.#at;
    let found = this.#bare();
    for (;;) {
      if (this.#skip('::')) found = this.#cast(found, start);
      else if (this.#skip('collate')) this.#path();
      else if (this.#peek() === '.' && found.kind !== 'constant') found = this.#field(found, start);
      else if (this.#peek() === '[') found = this.#list(start, [found]);
      else return found;
    }
  }

  #field(owner: Expression, start: number): Expression {
    this.#at += 2;
    return { kind: 'other', parts: [owner], text: this.#textFrom(start) };
  }

  #path(): void {
    do this.#at++;
    while (this.#skip('.'));
  }

  /** A cast of a constant is part of how it is written; one of a column changes no value that matters here. */
  #cast(found: Expression, start: number): Expression {
    this.#path();
    // As in `timestamp(3) with time zone`, or in `character varying(20)`.
    this.#typeArguments();
    while (TYPE_GOES_ON.test(this.#peek())) this.#at++;
    this.#typeArguments();
    while (this.#skip('[', ']'));
    return { ...found, text: this.#textFrom(start) };
  }

  #typeArguments(): void {
    if (this.#peek() === '(') this.#list(this.#at, []);
  }

  #bare(): Expression {
    const start = this.#at;
    const token = this.#tokens[this.#at];
    if (token === undefined) return { kind: 'other', parts: [], text: '' };
    if (token.text === '(') return this.#parenthesised();
    this.#at++;
    if (token.kind === 'string') return { kind: 'constant', value: stringIn(token.text), text: token.text };
    if (token.kind === 'number') return { kind: 'constant', value: token.text, text: token.text };
    const [next] = this.#tokens.slice(this.#at);
    if (token.text === '-' && next?.kind === 'number') {
      this.#at++;
      return { kind: 'constant', value: `-${next.text}`, text: this.#textFrom(start) };
    }
    if (token.kind === 'sign') return { kind: 'other', parts: [this.#primary()], text: this.#textFrom(start) };
    return this.#named(token, start);
  }

  #parenthesised(): Expression {
    const start = this.#at;
    this.#at++;
    const parts = [this.#or()];
    while (this.#skip(',')) parts.push(this.#or());
    while (this.#at < this.#tokens.length && !this.#skip(')')) this.#at++;
    const text = this.#textFrom(start);
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? { ...only, text } : { kind: 'other', parts, text };
  }

  #list(start: number, before: readonly Expression[]): Extract<Expression, { kind: 'other' }> {
    this.#at++;
    const parts = [...before];
    while (this.#at < this.#tokens.length && !this.#skip(')') && !this.#skip(']')) if (!this.#skip(',')) parts.push(this.#or());
    return { kind: 'other', parts, text: this.#textFrom(start) };
  }

  #named(token: Token, start: number): Expression {
    const word = token.text.toLowerCase();
    if (word === 'true' || word === 'false') return { kind: 'constant', value: word, text: token.text };
    if (word === 'null') return { kind: 'constant', value: null, text: token.text };
    if (word === 'array' && this.#peek() === '[') return { ...this.#list(start, []), kind: 'call', name: 'array' };
    if (word === 'case') return this.#case(start);
    if (/^current_(?:date|timestamp|time)$|^localtimestamp$/.test(word)) return { kind: 'call', name: 'now', parts: [], text: token.text };
    const literal = this.#tokens[this.#at];
    if (literal?.kind === 'string') {
      // As in `date '2030-01-01'`.
      this.#at++;
      return { kind: 'constant', value: stringIn(literal.text), text: this.#textFrom(start) };
    }
    let name = nameIn(token.text);
    while (this.#peek() === '.' && this.#tokens[this.#at + 1]?.kind === 'name' && this.#isCallAhead()) {
      name = nameIn(this.#tokens[this.#at + 1]?.text ?? '');
      this.#at += 2;
    }
    if (this.#peek() !== '(') return { kind: 'column', name, text: token.text };
    const { parts } = this.#list(start, []);
    return { kind: 'call', name, parts, text: this.#textFrom(start) };
  }

  #isCallAhead(): boolean {
    return this.#peek(2) === '(' || this.#peek(2) === '.';
  }

  #case(start: number): Expression {
    const parts: Expression[] = [];
    while (this.#at < this.#tokens.length && !this.#skip('end'))
      if (!/^(?:when|then|else)$/.test(this.#peek())) parts.push(this.#or());
      else this.#at++;
    return { kind: 'other', parts, text: this.#textFrom(start) };
  }
}

/** The columns that an expression names. */
export function columnsIn(expression: Expression): readonly string[] {
  if (expression.kind === 'column') return [expression.name];
  return expression.kind === 'constant' ? [] : expression.parts.flatMap(columnsIn);
}
