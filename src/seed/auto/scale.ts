/** Types whose values are numbers to those who make them up: between any two there is a distance. */
export interface Scale {
  readonly read: (text: string) => number;
  readonly write: (value: number) => string;
  /** The smallest distance that is made up. */
  readonly step: number;
  readonly least: number;
  readonly most: number;
  /** Where plausible values lie. */
  readonly usual: (column: string) => readonly [number, number];
}

/** Dates are made up around this instant and not around today, so that a seed gives the same rows on every day. */
export const REFERENCE_DATE = '2026-01-01T00:00:00.000Z';
const NOW = Date.parse(REFERENCE_DATE);
const DAY = 86_400_000;

const usualNumber = (column: string): readonly [number, number] => {
  if (/(?:^|_)age$/.test(column)) return [18, 90];
  if (/year/.test(column)) return [1990, 2026];
  if (/rating|stars|score/.test(column)) return [1, 5];
  if (/percent|pct|rate|discount/.test(column)) return [0, 100];
  return /price|amount|cost|total|cents|balance/.test(column) ? [1, 1000] : [1, 100];
};

const usualMoment = (column: string): readonly [number, number] => {
  if (/birth|dob/.test(column)) return [NOW - 80 * 365 * DAY, NOW - 19 * 365 * DAY];
  return /expire|due|until|deadline|valid_to/.test(column) ? [NOW, NOW + 60 * DAY] : [NOW - 730 * DAY, NOW];
};

const whole = (least: number, most: number): Scale => ({ read: Number, write: String, step: 1, least, most, usual: usualNumber });

const decimal = (digits: number, most: number): Scale => ({
  read: Number,
  write: (value) => value.toFixed(digits),
  step: 10 ** -digits,
  least: -most,
  most,
  usual: usualNumber,
});

function readMoment(text: string): number {
  const iso = text.trim().replace(' ', 'T');
  if (/^\d{4,}-\d\d-\d\d$/.test(iso)) return Date.parse(`${iso}T00:00:00Z`);
  return Date.parse(/[zZ]$|[+-]\d\d(?::?\d\d)?$/.test(iso.slice(10)) ? iso.replace(/([+-]\d\d)$/, '$1:00') : `${iso}Z`);
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

// toISOString() takes a third of the time of a row with two moments.
const writeDay = (at: Date): string => `${at.getUTCFullYear()}-${TWO_DIGITS[at.getUTCMonth() + 1]}-${TWO_DIGITS[at.getUTCDate()]}`;
const writeTime = (at: Date): string =>
  `${TWO_DIGITS[at.getUTCHours()]}:${TWO_DIGITS[at.getUTCMinutes()]}:${TWO_DIGITS[at.getUTCSeconds()]}`;

const moment = (step: number, write: (at: Date) => string): Scale => ({
  read: readMoment,
  write: (value) => write(new Date(value)),
  step,
  least: Date.parse('1000-01-01T00:00:00Z'),
  most: Date.parse('3000-01-01T00:00:00Z'),
  usual: usualMoment,
});

const time: Scale = {
  read: (text) => text.split(':').reduce((seconds, part) => seconds * 60 + Number.parseFloat(part), 0),
  write: (seconds) => writeTime(new Date(seconds * 1000)),
  step: 1,
  least: 0,
  most: 86_399,
  usual: () => [0, 86_399],
};

const LARGEST_FRACTION = 1e9;

/** The scale of a type; undefined for one that has none. */
export function scaleOf(type: string, typeText: string): Scale | undefined {
  const [first, second] = (/\((\d+)(?:,(-?\d+))?\)/.exec(typeText)?.slice(1) ?? []).map(Number);
  if (type === 'numeric') {
    const digits = Math.max(0, first === undefined ? 2 : second || 0);
    return decimal(
      digits,
      first === undefined ? LARGEST_FRACTION : Math.min(LARGEST_FRACTION, 10 ** (first - (second || 0))) - 10 ** -digits,
    );
  }
  if (type === 'time' || type === 'timetz') return time;
  return SCALES[type];
}

const SCALES: Readonly<Record<string, Scale>> = {
  int2: whole(-32_768, 32_767),
  int4: whole(-2_147_483_648, 2_147_483_647),
  int8: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  oid: whole(1, 2_147_483_647),
  float4: decimal(2, 100_000),
  float8: decimal(2, LARGEST_FRACTION),
  money: decimal(2, LARGEST_FRACTION),
  date: moment(DAY, writeDay),
  timestamp: moment(1000, (at) => `${writeDay(at)} ${writeTime(at)}`),
  timestamptz: moment(1000, (at) => `${writeDay(at)} ${writeTime(at)}+00`),
};
