import type { CatalogType } from './catalog.ts';
import { readExpression } from './expression.ts';
import { alternativesOf } from './facts.ts';
import { textFor } from './pattern.ts';
import type { Random } from './random.ts';
import { type Scale, scaleOf } from './scale.ts';
import { noWishes, type Wishes, wishesOf } from './wishes.ts';
import { textMaker, words } from './words.ts';

/** The values of a row that are made already, in PostgreSQL's text form, by column. */
export type RowTexts = Readonly<Record<string, string | null | undefined>>;

/** Makes the values of one column, in PostgreSQL's text form. */
export interface ValueMaker {
  /** How many different values there are. */
  readonly size: number;
  readonly make: (random: Random, row: RowTexts) => string;
  /** Another value for every number below `size`. */
  readonly nth: (index: number, random: Random) => string;
}

/** A column, or what stands for one: an element, an attribute. */
export interface ValueSpec {
  readonly name: string;
  readonly type: CatalogType;
  readonly typeText: string;
  readonly wishes: Wishes;
  /** The largest value that is there already. */
  readonly largest?: string | undefined;
}

type Types = ReadonlyMap<string, CatalogType>;

/** How values of a column are made; those of an unknown type are words. */
export function valueMaker(spec: ValueSpec, types: Types): ValueMaker {
  const { type, wishes } = spec;
  if (type.kind === 'd') return valueMaker(ofBase(spec, types), types);
  if (wishes.in !== undefined) return ofList(wishes.in.filter((value) => !wishes.notIn.includes(value)));
  if (type.kind === 'e') return ofList((type.labels ?? []).filter((label) => !wishes.notIn.includes(label)));
  if (type.name === 'bool') return ofList(['true', 'false'].filter((value) => !wishes.notIn.includes(value)));
  if (type.element !== '0') return ofArray(spec, types);
  if (type.kind === 'c') return ofComposite(spec, types);
  if (type.kind === 'r' || type.kind === 'm') return ofRange(spec, types);
  const scale = scaleOf(type.name, spec.typeText);
  if (scale !== undefined) return ofScale(spec, scale);
  return ofBits(spec) ?? OTHERS[type.name] ?? ofText(spec);
}

const UNKNOWN: CatalogType = {
  name: 'text',
  kind: 'b',
  base: '0',
  baseText: '',
  element: '0',
  isRequired: false,
  labels: null,
  checks: null,
  attributes: null,
  subtype: null,
};

function ofBase(spec: ValueSpec, types: Types): ValueSpec {
  return { ...spec, type: types.get(spec.type.base) ?? UNKNOWN, typeText: spec.type.baseText };
}

/** What a part of a value is made of; the checks of its domain count, in the first way that they can hold. */
function part(oid: string, typeText: string, name: string, types: Types): ValueMaker {
  const type = types.get(oid) ?? UNKNOWN;
  const facts = (type.checks ?? []).flatMap(({ expression }) => alternativesOf(readExpression(expression))[0] ?? []);
  return valueMaker({ name, type, typeText, wishes: wishesOf(facts, ['value'])?.get('value') ?? noWishes() }, types);
}

const ofList = (values: readonly string[]): ValueMaker => ({
  size: values.length,
  make: (random) => random.pick(values),
  nth: (index) => values[index % values.length] ?? '',
});

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

function ofArray({ name, type, typeText, wishes }: ValueSpec, types: Types): ValueMaker {
  const element = part(type.element, typeText.replace(/\[\]$/, ''), name, types);
  const length = (random: Random): number => wishes.cardinality ?? random.whole(1, 3);
  const array = (items: readonly string[]): string => `{${items.map(quoted).join(',')}}`;
  return {
    size: element.size,
    make: (random, row) => array(Array.from({ length: length(random) }, () => element.make(random, row))),
    nth: (index, random) =>
      array([element.nth(index, random), ...Array.from({ length: (wishes.cardinality ?? 1) - 1 }, () => element.make(random, {}))]),
  };
}

function ofComposite({ type, name }: ValueSpec, types: Types): ValueMaker {
  const attributes = (type.attributes ?? []).map((attribute) => part(attribute.type, attribute.typeText, name, types));
  const record = (items: readonly string[]): string => `(${items.map(quoted).join(',')})`;
  return {
    size: Math.max(1, ...attributes.map(({ size }) => size)),
    make: (random, row) => record(attributes.map((attribute) => attribute.make(random, row))),
    nth: (index, random) => record(attributes.map((attribute) => attribute.nth(index % attribute.size, random))),
  };
}

const RANGE_STEPS = 10;

/** Ranges of the same length, one behind the other, so that any two of them are apart. */
function ofRange({ type, name, largest }: ValueSpec, types: Types): ValueMaker {
  if (type.kind === 'm') {
    const range = part(type.subtype ?? '', '', name, types);
    return {
      size: range.size,
      make: (random, row) => `{${range.make(random, row)}}`,
      nth: (index, random) => `{${range.nth(index, random)}}`,
    };
  }
  const subtype = types.get(type.subtype ?? '') ?? UNKNOWN;
  const scale = scaleOf(subtype.name, '');
  if (scale === undefined) return ofList(['empty']);
  const step = subtype.name.startsWith('timestamp') ? 3_600_000 : scale.step * RANGE_STEPS;
  const ends =
    (largest ?? '')
      .match(/[^[(,\])"]+/g)
      ?.map(scale.read)
      .filter(Number.isFinite) ?? [];
  const first = ends.length > 0 ? Math.max(...ends) + step : scale.usual(name)[0];
  const nth = (index: number): string => `[${scale.write(first + index * step)},${scale.write(first + (index + 1) * step)})`;
  return { size: Infinity, make: (random) => nth(random.whole(0, 1000)), nth };
}

/** What bounds and usual values must have in common at least, of the narrower of them, to be where values lie. */
const ROOM = 0.1;

/** Where values lie: between the bounds where they are usual too, and where that leaves no room, beside the bound that is stated. */
export function boundsOf({ wishes, name }: Pick<ValueSpec, 'wishes' | 'name'>, scale: Scale): readonly [number, number] {
  const lows = wishes.low.map(({ value, isOpen }) => scale.read(value) + (isOpen ? scale.step : 0)).filter(Number.isFinite);
  const highs = wishes.high.map(({ value, isOpen }) => scale.read(value) - (isOpen ? scale.step : 0)).filter(Number.isFinite);
  const [usualLow, usualHigh] = scale.usual(name);
  const low = Math.max(scale.least, ...lows);
  const high = Math.min(scale.most, ...highs);
  const span = usualHigh - usualLow;
  const both = [Math.max(low, usualLow), Math.min(high, usualHigh)] as const;
  if (both[1] - both[0] >= ROOM * Math.min(span, high - low)) return both;
  return lows.length > 0 || low > usualHigh ? [low, Math.min(high, low + span)] : [Math.max(low, high - span), high];
}

function ofScale(spec: ValueSpec, scale: Scale): ValueMaker {
  const { wishes, largest } = spec;
  const [low, high] = boundsOf(spec, scale);
  const isLimited = wishes.high.length > 0 || wishes.low.length > 0;
  const first = largest === undefined ? low : Math.max(low, scale.read(largest) + scale.step);
  const ceiling = wishes.high.length > 0 ? high : scale.most;
  const between = (random: Random, from: number, to: number): string =>
    scale.write(from + Math.floor(random.next() * ((to - from) / scale.step + 1)) * scale.step);
  const followed = wishes.columns.filter(({ operator }) => operator !== '=' && operator !== '<>');
  const make = (random: Random, row: RowTexts): string => {
    if (followed.length === 0) return between(random, low, Math.max(low, high));
    let [from, to] = isLimited ? [low, high] : [-Infinity, Infinity];
    for (const { operator, other } of followed) {
      const text = row[other];
      if (text === null || text === undefined) continue;
      const open = operator.length === 1 ? scale.step : 0;
      if (operator.startsWith('>')) from = Math.max(from, scale.read(text) + open);
      else to = Math.min(to, scale.read(text) - open);
    }
    const span = high - low || scale.step;
    if (from === -Infinity) from = to === Infinity ? low : to - span;
    return between(random, from, Math.max(from, Math.min(to, from + span)));
  };
  const allowed = (text: string): boolean => !wishes.notIn.some((value) => scale.read(value) === scale.read(text));
  return {
    size: Math.max(0, Math.floor((ceiling - first) / scale.step + 1)),
    make: wishes.notIn.length === 0 ? make : (random, row) => again(() => make(random, row), allowed),
    nth: (index) => scale.write(first + index * scale.step),
  };
}

const TRIES = 20;

function again(make: () => string, isFine: (text: string) => boolean): string {
  let made = make();
  for (let tries = 0; tries < TRIES && !isFine(made); tries++) made = make();
  return made;
}

const TEXT_LIMIT = 200;

function ofText(spec: ValueSpec): ValueMaker {
  const { name, type, typeText, wishes } = spec;
  const declared = Number(
    /\((\d+)\)/.exec(typeText)?.[1] ?? (type.name === 'char' ? 1 : type.name === 'bpchar' ? 1 : type.name === 'name' ? 60 : Infinity),
  );
  const longest = Math.min(declared, wishes.maxLength);
  const isFixed = type.name === 'bpchar' && longest <= 8;
  const usual = textMaker(name);
  const least = Math.max(wishes.minLength, isFixed ? longest : 1);
  const matches = (text: string): boolean =>
    wishes.patterns.every(({ regExp, isNegated }) => regExp === undefined || regExp.test(text) !== isNegated);
  const pattern = wishes.patterns.find(({ isNegated }) => !isNegated);
  const fit = (text: string, random: Random): string => {
    let fitting = text.length > longest ? text.slice(0, longest).trimEnd() : text;
    while (fitting.length < least) fitting += String.fromCharCode(97 + random.whole(0, 25));
    return fitting;
  };
  const make = (random: Random): string => {
    const made = isFixed ? fit('', random).toUpperCase() : fit(usual(random).slice(0, TEXT_LIMIT), random);
    if (wishes.patterns.length === 0 && wishes.notIn.length === 0) return made;
    if (matches(made) && !wishes.notIn.includes(made)) return made;
    const written = (): string => (pattern === undefined ? fit(words(random, 2), random) : textFor(pattern.source, random));
    return again(written, (text) => matches(text) && text.length >= wishes.minLength && text.length <= longest);
  };
  if (pattern !== undefined)
    return { size: Infinity, make, nth: (index, random) => distinctMatch(make(random), index, { matches, longest }) };
  const base = isFixed || longest < 12 ? '' : usual;
  return {
    size: 36 ** Math.min(longest, 10),
    make,
    nth: (index, random) =>
      base === '' ? code(index, Math.max(Math.min(least, longest), 1)) : withNumber(base(random), index, { longest, least }),
  };
}

const code = (index: number, length: number): string => index.toString(36).toUpperCase().padStart(length, '0');

interface Lengths {
  readonly longest: number;
  readonly least: number;
}

/** `mary.smith7@example.com`: the number stands where it does no harm. */
function withNumber(text: string, index: number, { longest, least }: Lengths): string {
  const number = index.toString(36);
  const at = text.indexOf('@');
  const [before, behind] = at > 0 ? [text.slice(0, at), text.slice(at)] : [text, ''];
  const room = Math.max(0, longest - number.length - behind.length - 1);
  const made = room === 0 ? number : `${before.slice(0, room)}-${number}${behind}`.slice(0, longest);
  return made.padEnd(least, '_');
}

/** A text that matches with a number in it, where the pattern leaves room for one. */
function distinctMatch(
  text: string,
  index: number,
  { matches, longest }: { readonly matches: (text: string) => boolean; readonly longest: number },
): string {
  const number = index.toString(36);
  const candidates = [
    text.replace('@', `${number}@`),
    `${text}${number}`,
    `${text.slice(0, Math.max(0, text.length - number.length))}${number}`,
  ];
  return candidates.find((candidate) => candidate !== text && candidate.length <= longest && matches(candidate)) ?? text;
}

function ofBits({ type, typeText }: ValueSpec): ValueMaker | undefined {
  if (type.name !== 'bit' && type.name !== 'varbit') return undefined;
  const length = Number(/\((\d+)\)/.exec(typeText)?.[1] ?? (type.name === 'bit' ? 1 : 16));
  const bits = (value: number): string => value.toString(2).padStart(length, '0').slice(-length);
  const size = 2 ** Math.min(length, 31);
  return { size, make: (random) => bits(random.whole(0, size - 1)), nth: bits };
}

const hex = (random: Random, digits: number): string => {
  let text = '';
  while (text.length < digits) text += random.whole(0, 0xffff).toString(16).padStart(4, '0');
  return text.slice(0, digits);
};

const uuid = (random: Random): string =>
  `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-${'89ab'[random.whole(0, 3)]}${hex(random, 3)}-${hex(random, 12)}`;

const random = (make: (random: Random) => string): ValueMaker => ({ size: Infinity, make, nth: (_, source) => make(source) });
const counted = (write: (index: number) => string): ValueMaker => ({
  size: 0xffffff,
  make: (source) => write(source.whole(0, 0xffff)),
  nth: write,
});
const fixed = (...values: readonly string[]): ValueMaker => ofList(values);

const octets = (index: number): string => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
const pairs = (index: number, count: number): string =>
  index
    .toString(16)
    .padStart(count * 2, '0')
    .replace(/..(?!$)/g, '$&:');
const json = (source: Random): string => JSON.stringify({ [words(source, 1)]: words(source, 2), count: source.whole(1, 100) });

const OTHERS: Readonly<Record<string, ValueMaker>> = {
  uuid: random(uuid),
  json: random(json),
  jsonb: random(json),
  jsonpath: counted((index) => `$.a${index}`),
  bytea: random((source) => `\\x${hex(source, 32)}`),
  interval: counted((index) => `${index + 1} minutes`),
  inet: counted(octets),
  cidr: counted((index) => `${octets(index)}/32`),
  macaddr: counted((index) => pairs(index, 6)),
  macaddr8: counted((index) => pairs(index, 8)),
  xml: random((source) => `<p>${words(source, 3)}</p>`),
  tsvector: random((source) => `${words(source, 3)}`),
  tsquery: random((source) => words(source, 1)),
  point: counted((index) => `(${index},${index % 100})`),
  line: counted((index) => `{1,2,${index}}`),
  lseg: counted((index) => `[(0,0),(1,${index})]`),
  box: counted((index) => `(${index + 0.5},1),(${index},0)`),
  path: counted((index) => `[(0,0),(1,${index})]`),
  polygon: counted((index) => `((0,0),(1,${index}),(1,0))`),
  circle: counted((index) => `<(${index * 3},0),1>`),
  hstore: counted((index) => `a=>${index}`),
  ltree: counted((index) => `top.a${index}`),
  pg_lsn: counted((index) => `0/${(index + 1).toString(16)}`),
  xid: counted(String),
  cid: counted(String),
  tid: counted((index) => `(${index},1)`),
  regclass: fixed('pg_class', 'pg_type', 'pg_proc'),
  regtype: fixed('integer', 'text', 'boolean'),
  regproc: fixed('now', 'random', 'pi'),
  regprocedure: fixed('now()', 'random()', 'pi()'),
  regoper: fixed('pg_catalog.||/', 'pg_catalog.|/'),
  regoperator: fixed('+(integer,integer)', '-(integer,integer)'),
  regconfig: fixed('simple', 'english'),
  regdictionary: fixed('simple'),
  regrole: fixed('pg_monitor', 'pg_read_all_data'),
  regnamespace: fixed('pg_catalog', 'public'),
  regcollation: fixed('"C"', '"POSIX"'),
  txid_snapshot: counted((index) => `${index + 1}:${index + 1}:`),
  pg_snapshot: counted((index) => `${index + 1}:${index + 1}:`),
};
