import type { Random } from './random.ts';

const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  xdigit: '0-9a-f',
  space: ' ',
  punct: '.,;:!?-',
  blank: ' ',
  word: 'a-zA-Z0-9_',
};
const ESCAPED: Readonly<Record<string, string>> = { d: '0-9', w: 'a-zA-Z0-9_', s: ' ' };
const ANY = 'abcdefghijklmnopqrstuvwxyz0123456789';
const MOST_REPEATS = 6;

/** A text that a regular expression of PostgreSQL matches; lookaround and back references are beyond it. */
export function textFor(pattern: string, random: Random): string {
  return new Writer(pattern, random).write();
}

/** PostgreSQL's pattern as JavaScript's; undefined where that is not possible. */
export function asRegExp(pattern: string, ignoresCase: boolean): RegExp | undefined {
  const text = pattern
    .replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? '')
    .replace(/\\[mMyA]/g, '\\b')
    .replace(/\\Z/g, '$');
  try {
    return new RegExp(text, ignoresCase ? 'is' : 's');
  } catch {
    return undefined;
  }
}

class Writer {
  readonly #pattern: string;
  readonly #random: Random;
  #at = 0;

  constructor(pattern: string, random: Random) {
    this.#pattern = pattern.replace(/^\(\?\w+\)/, '');
    this.#random = random;
  }

  write(): string {
    return this.#random.pick(this.#branches());
  }

  #branches(): readonly string[] {
    const branches = [''];
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ')') {
      if (this.#pattern[this.#at] === '|') {
        this.#at++;
        branches.push('');
      } else branches.push(`${branches.pop()}${this.#piece()}`);
    }
    return branches;
  }

  /** An atom as often as the quantifier behind it says. */
  #piece(): string {
    const start = this.#at;
    const first = this.#atom();
    const [least, most] = this.#quantifier();
    const behind = this.#at;
    const times = this.#random.whole(least, Math.min(most, least + MOST_REPEATS));
    let text = times === 0 ? '' : first;
    for (let done = 1; done < times; done++) {
      this.#at = start;
      text += this.#atom();
    }
    this.#at = behind;
    return text;
  }

  #quantifier(): readonly [number, number] {
    const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#pattern.slice(this.#at));
    if (match === null) return [1, 1];
    this.#at += match[0].length;
    const [, sign, least, comma, most] = match;
    if (sign !== undefined) return sign === '*' ? [0, Infinity] : sign === '+' ? [1, Infinity] : [0, 1];
    return [Number(least), comma === '' ? Number(least) : most === '' ? Infinity : Number(most)];
  }

  #atom(): string {
    const sign = this.#pattern[this.#at++] ?? '';
    if (sign === '^' || sign === '$') return '';
    if (sign === '.') return this.#random.pick([...ANY]);
    if (sign === '(') return this.#group();
    if (sign === '[') return this.#set();
    return sign === '\\' ? this.#escape() : sign;
  }

  #group(): string {
    if (this.#pattern.startsWith('?:', this.#at)) this.#at += 2;
    const branches = this.#branches();
    this.#at++;
    return this.#random.pick(branches);
  }

  #escape(): string {
    const sign = this.#pattern[this.#at++] ?? '';
    const set = ESCAPED[sign];
    if (set !== undefined) return this.#random.pick(spread(set));
    return /[mMyYAZ]/.test(sign) ? '' : sign;
  }

  #set(): string {
    const match = /^(\^?)(\]?(?:\[:\w+:\]|\\.|[^\]])*)\]/.exec(this.#pattern.slice(this.#at));
    if (match === null) return '';
    this.#at += match[0].length;
    const [, not, inside = ''] = match;
    const signs = spread(
      inside
        .replace(/\[:(\w+):\]/g, (_, name: string) => CLASSES[name] ?? '')
        .replace(/\\([dws])/g, (_, name: string) => ESCAPED[name] ?? '')
        .replace(/\\(.)/g, '$1'),
    );
    const usable = not === '' ? signs : [...ANY].filter((sign) => !signs.includes(sign));
    return this.#random.pick(usable);
  }
}

/** `a-c_` as a, b, c and _. */
function spread(set: string): readonly string[] {
  const signs: string[] = [];
  const points = [...set];
  for (let at = 0; at < points.length; at++) {
    const [from = '', dash, to] = points.slice(at, at + 3);
    if (dash !== '-' || to === undefined) {
      signs.push(from);
      continue;
    }
    for (let code = from.codePointAt(0) ?? 0; code <= (to.codePointAt(0) ?? 0); code++) signs.push(String.fromCodePoint(code));
    at += 2;
  }
  return signs;
}
