import { textFor } from './auto/pattern.ts';
import { Random } from './auto/random.ts';
import { scaleOf } from './auto/scale.ts';
import { boundsOf } from './auto/values.ts';
import type { Wishes } from './auto/wishes.ts';
import { stringLiteral } from './code.ts';
import type { ModelColumn } from './modelTable.ts';

interface Wished {
  /** In lower case, with its length: `varchar(200)`. */
  readonly type: string;
  readonly wishes: Wishes;
}

/** An expression for values that conditions describe; undefined where these leave the usual ones as they are. */
export function wishedValue(column: ModelColumn, { type, wishes }: Wished): string | undefined {
  const listed = wishes.in?.filter((value) => !wishes.notIn.includes(value)) ?? [];
  if (listed.length > 0) return `faker.helpers.arrayElement([${listed.map((value) => literal(value, type)).join(', ')}] as const)`;
  if (wishes.low.length + wishes.high.length > 0) return between(column, { type, wishes });
  return matching(column, wishes);
}

const RAW = /^(?:smallint|integer|int\d?|bigint|numeric|decimal|real|float\d|double precision|bool(?:ean)?)\b/;

const literal = (value: string, type: string): string => (RAW.test(type) ? value : stringLiteral(value));

/** PostgreSQL's own names of the types that have a scale. */
const SCALED: readonly (readonly [RegExp, string])[] = [
  [/^(?:smallint|int2)\b/, 'int2'],
  [/^(?:integer|int|int4)\b/, 'int4'],
  [/^(?:bigint|int8)\b/, 'int8'],
  [/^(?:numeric|decimal)\b/, 'numeric'],
  [/^(?:real|float4)\b/, 'float4'],
  [/^(?:double precision|float8)\b/, 'float8'],
  [/^date\b/, 'date'],
  [/^timestamp(?:tz\b|.*with time zone)/, 'timestamptz'],
  [/^timestamp\b/, 'timestamp'],
];
const DAY = 86_400_000;

/** So many steps apart two rows hardly ever have the same value. */
const ROOM = 1e9;

function between({ name, isUnique }: ModelColumn, { type, wishes }: Wished): string | undefined {
  const known = SCALED.find(([pattern]) => pattern.test(type))?.[1];
  const scale = known === undefined ? undefined : scaleOf(known, type.replaceAll(' ', ''));
  if (known === undefined || scale === undefined) return undefined;
  const [low, high] = boundsOf({ name, wishes }, scale);
  const room = isUnique ? ROOM * scale.step : 0;
  const from = wishes.low.length > 0 ? low : Math.max(scale.least, Math.min(low, high - room));
  const to = wishes.high.length > 0 ? high : Math.min(scale.most, Math.max(high, low + room));
  if (known.startsWith('int')) return `faker.number.int({ min: ${from}, max: ${to} })`;
  if (!/^(?:date|time)/.test(known)) {
    const digits = Math.max(0, Math.round(-Math.log10(scale.step)));
    return `faker.number.float({ min: ${scale.write(from)}, max: ${scale.write(to)}, fractionDigits: ${digits} })`;
  }
  // A day from both ends, where there is room, since time zones move a date.
  const margin = to - from > 3 * DAY ? DAY : 0;
  const [first, last] = [from + margin, to - margin].map((instant) => stringLiteral(new Date(instant).toISOString()));
  return `faker.date.between({ from: ${first}, to: ${last} })`;
}

/** What the usual values of such columns look like. */
const USUAL: readonly (readonly [RegExp, string])[] = [
  [/e_?mail/, 'ada.smith9@example.com'],
  [/url|uri|link|website|homepage/, 'https://ada-smith.com/'],
  [/slug|path/, 'lorem-ipsum-dolor'],
];
/** Classes and signs with how often they come, which is what faker's own patterns know. */
const PLAIN = /^\^((?:(?:\[[^\\[\]^]+\]|[A-Za-z0-9@ _:-])(?:\{\d+(?:,\d+)?\})?)+)\$$/;
const EXAMPLES = 8;

function matching({ name, isUnique }: ModelColumn, { patterns, minLength, maxLength }: Wishes): string | undefined {
  const [wished] = patterns.filter(({ isNegated }) => !isNegated);
  const usual = USUAL.find(([pattern]) => pattern.test(name))?.[1];
  if (wished === undefined || (usual !== undefined && wished.regExp?.test(usual) === true)) return undefined;
  const plain = PLAIN.exec(wished.source)?.[1];
  if (plain !== undefined && patterns.length === 1) return `faker.helpers.fromRegExp(${stringLiteral(plain)})`;
  const random = new Random(name);
  const texts = Array.from({ length: EXAMPLES }, () => textFor(wished.source, random));
  const isFine = (text: string): boolean =>
    text.length >= minLength &&
    text.length <= maxLength &&
    patterns.every(({ regExp, isNegated }) => regExp === undefined || regExp.test(text) !== isNegated);
  const examples = [...new Set(texts)].filter(isFine);
  return (isUnique ? distinct(examples, isFine) : undefined) ?? pickOf(examples);
}

const pickOf = (examples: readonly string[]): string | undefined =>
  examples.length === 0 ? undefined : `faker.helpers.arrayElement([${examples.map(stringLiteral).join(', ')}])`;

const SAMPLE = 'k3j9x2m7q5';

/** An example with random letters before or behind it, where it still matches with them. */
function distinct(examples: readonly string[], isFine: (text: string) => boolean): string | undefined {
  const letters = `faker.string.alphanumeric({ length: ${SAMPLE.length}, casing: 'lower' })`;
  const before = examples.find((text) => isFine(SAMPLE + text));
  if (before !== undefined) return `${letters} + ${stringLiteral(before)}`;
  const behind = examples.find((text) => isFine(text + SAMPLE));
  return behind === undefined ? undefined : `${stringLiteral(behind)} + ${letters}`;
}
