import { stringLiteral } from './code.ts';
import type { ModelColumn, ModelTable } from './modelTable.ts';
import { wishedValue } from './wishedValue.ts';
import { singular } from './words.ts';

/** An expression of a seeder that makes up a plausible value for a column. */
export function fakeValue(column: ModelColumn, table: ModelTable): string {
  const base = column.type.toLowerCase().replace(/^(?:"?pg_catalog"?\.)/, '');
  const dimensions = /(?:\[\d*\])+$/.exec(base)?.[0].match(/\[/g)?.length ?? 0;
  const type = base.replace(/(?:\[\d*\])+$/, '');
  const { wishes } = column;
  if (dimensions === 0) return (wishes && wishedValue(column, { type, wishes })) ?? scalarValue(column, { type, table });
  const value = scalarValue(column, { type, table });
  const values = Array.from({ length: wishes?.cardinality ?? 1 }, () => value).join(', ');
  return '['.repeat(dimensions) + values + ']'.repeat(dimensions);
}

interface Context {
  /** In lower case, without the brackets of an array. */
  readonly type: string;
  readonly table: ModelTable;
}

function scalarValue(column: ModelColumn, { type, table }: Context): string {
  const values = column.values.filter((value) => column.wishes?.notIn.includes(value) !== true);
  if (values.length > 0) return `faker.helpers.arrayElement([${values.map(stringLiteral).join(', ')}] as const)`;
  const bare = type.replace(/\(.*?\)/, '').trim();
  const sizes = (/\(([^)]*)\)/.exec(type)?.[1] ?? '').split(',').map(Number);
  if (TEXT.test(bare)) return textValue(column, { table, limit: sizes[0] || undefined });
  if (NUMBER.test(bare)) return wholeNumber(column, bare);
  if (/^(?:numeric|decimal)$/.test(bare)) return decimal(sizes);
  if (/^(?:date|timestamp(?:tz| .*)?)$/.test(bare)) return moment(column.name);
  if (/^(?:char|character|bpchar)$/.test(bare)) return `faker.string.alpha({ length: ${sizes[0] || 1}, casing: 'upper' })`;
  if (/^(?:bit|bit varying|varbit)$/.test(bare)) return `faker.string.binary({ length: ${sizes[0] || 1}, prefix: '' })`;
  return BY_TYPE[bare] ?? textValue(column, { table, limit: undefined });
}

const TEXT = /^(?:text|varchar|character varying|citext|name)$/;
const NUMBER = /^(?:smallint|integer|int|int2|int4|int8|bigint)$/;

const BY_TYPE: Readonly<Record<string, string>> = {
  boolean: 'faker.datatype.boolean()',
  bool: 'faker.datatype.boolean()',
  uuid: 'faker.string.uuid()',
  json: '{ [faker.lorem.word()]: faker.lorem.words() }',
  jsonb: '{ [faker.lorem.word()]: faker.lorem.words() }',
  real: 'faker.number.float({ max: 1000, fractionDigits: 2 })',
  float4: 'faker.number.float({ max: 1000, fractionDigits: 2 })',
  float8: 'faker.number.float({ max: 1000, fractionDigits: 2 })',
  'double precision': 'faker.number.float({ max: 1000, fractionDigits: 2 })',
  money: 'faker.finance.amount()',
  bytea: 'Buffer.from(faker.string.alphanumeric(16))',
  time: 'faker.date.recent().toISOString().slice(11, 19)',
  'time with time zone': 'faker.date.recent().toISOString().slice(11)',
  timetz: 'faker.date.recent().toISOString().slice(11)',
  interval: "faker.number.int({ min: 1, max: 72 }) + ' hours'",
  inet: 'faker.internet.ipv4()',
  cidr: "faker.internet.ipv4() + '/32'",
  macaddr: 'faker.internet.mac()',
  macaddr8: 'faker.internet.mac()',
  xml: "'<p>' + faker.lorem.sentence() + '</p>'",
  jsonpath: "'$.' + faker.lorem.word()",
  tsvector: 'faker.lorem.words()',
  tsquery: 'faker.lorem.word()',
  point: "'(' + faker.number.int(100) + ',' + faker.number.int(100) + ')'",
  line: "'{1,2,3}'",
  lseg: "'[(0,0),(1,1)]'",
  box: "'((0,0),(1,1))'",
  path: "'[(0,0),(1,1)]'",
  polygon: "'((0,0),(1,1),(1,0))'",
  circle: "'<(0,0),' + faker.number.int({ min: 1, max: 100 }) + '>'",
  int4range: "'[1,10)'",
  int8range: "'[1,10)'",
  numrange: "'[1,10)'",
  daterange: "'[2026-01-01,2026-02-01)'",
  tsrange: "'[2026-01-01,2026-02-01)'",
  tstzrange: "'[2026-01-01,2026-02-01)'",
  int4multirange: "'{[1,10)}'",
  int8multirange: "'{[1,10)}'",
  nummultirange: "'{[1,10)}'",
  datemultirange: "'{[2026-01-01,2026-02-01)}'",
  tsmultirange: "'{[2026-01-01,2026-02-01)}'",
  tstzmultirange: "'{[2026-01-01,2026-02-01)}'",
  oid: 'faker.number.int({ min: 1, max: 1000 })',
  pg_lsn: "'0/0'",
  regclass: "'pg_class'",
};

const LARGEST: Readonly<Record<string, number>> = { smallint: 32_767, int2: 32_767 };

function wholeNumber({ name, isUnique }: ModelColumn, type: string): string {
  const range = (min: number, max: number): string => `faker.number.int({ min: ${min}, max: ${max} })`;
  if (isUnique) return range(1, LARGEST[type] ?? 2_147_483_647);
  if (/(?:^|_)age$/.test(name)) return range(18, 90);
  if (/(?:^|_)year$/.test(name)) return range(1990, 2026);
  if (/(?:^|_)(?:rating|stars|score)$/.test(name)) return range(1, 5);
  if (/(?:^|_)(?:price|amount|cost|total)|cents$/.test(name)) return range(100, 10_000);
  return range(1, 100);
}

/** @param sizes  precision and scale, NaN or absent where they are not given */
function decimal([precision, scale = 0]: readonly number[]): string {
  const digits = precision ? scale : 2;
  const largest = Math.min(1000, 10 ** ((precision || 10) - digits));
  return `faker.number.float({ max: ${largest > 1 ? largest - 1 : 0}, fractionDigits: ${digits} })`;
}

function moment(name: string): string {
  if (/birth|(?:^|_)dob$/.test(name)) return 'faker.date.birthdate()';
  return /expire|(?:^|_)(?:due|ends?|until|deadline)|valid_to/.test(name)
    ? 'faker.date.soon({ days: 30 })'
    : 'faker.date.recent({ days: 30 })';
}

interface TextContext {
  readonly table: ModelTable;
  readonly limit: number | undefined;
}

/** What the name of a text column says of it: a pattern, the value, and how long it may become. */
const BY_NAME: readonly (readonly [pattern: RegExp, value: string, longest: number])[] = [
  [/e_?mail/, 'faker.internet.email().toLowerCase()', 60],
  [/first_?name|given_?name/, 'faker.person.firstName()', 20],
  [/last_?name|family_?name|surname/, 'faker.person.lastName()', 20],
  [/full_?name|display_?name|(?:^|_)author$/, 'faker.person.fullName()', 40],
  [/user_?name|login|handle|nick/, 'faker.internet.username()', 40],
  [/phone|mobile|fax/, "faker.phone.number({ style: 'international' })", 20],
  [/avatar|image|photo|picture|thumbnail/, 'faker.image.url()', 60],
  [/url|uri|link|website|homepage/, 'faker.internet.url()', 60],
  [/domain|host/, 'faker.internet.domainName()', 40],
  [/slug|path/, 'faker.lorem.slug()', 50],
  [/password|hash|token|secret|(?:^|_)key$/, 'faker.string.alphanumeric(32)', 32],
  [/zip|post_?(?:al_?)?code/, 'faker.location.zipCode()', 10],
  [/country_?code/, 'faker.location.countryCode()', 2],
  [/currency/, 'faker.finance.currencyCode()', 3],
  [/country/, 'faker.location.country()', 60],
  [/city|town/, 'faker.location.city()', 40],
  [/street|address/, 'faker.location.streetAddress()', 60],
  [/time_?zone/, 'faker.location.timeZone()', 40],
  [/colou?r/, 'faker.color.human()', 20],
  [/company|organi[sz]ation/, 'faker.company.name()', 60],
  [/(?:^|_)ip(?:_|$)/, 'faker.internet.ipv4()', 15],
  [/locale|lang/, "'en'", 2],
  [/(?:^|_)(?:sku|code|number)$/, "faker.string.alphanumeric({ length: 8, casing: 'upper' })", 8],
  [/title|headline|subject|question/, 'faker.lorem.sentence()', 110],
  [/bio|body|content|text|description|summary|excerpt|note|comment|message|answer|about/, 'faker.lorem.paragraph()', 500],
  [/label|tag|category|kind|type|status|state/, 'faker.lorem.word()', 15],
];

const PEOPLE = /^(?:user|person|author|customer|member|employee|contact|student|teacher|patient|account|owner)$/;

function textValue(column: ModelColumn, { table, limit: declared }: TextContext): string {
  const { minLength = 0, maxLength = Infinity } = column.wishes ?? {};
  const limit = Math.min(declared ?? Infinity, maxLength);
  const text = usualText(column, { table, limit: limit === Infinity ? undefined : limit });
  return minLength > 1 ? `${text}.padEnd(${minLength}, 'x')` : text;
}

function usualText(column: ModelColumn, { table, limit }: TextContext): string {
  const [, value, longest] = BY_NAME.find(([pattern]) => pattern.test(column.name)) ?? defaultText(column.name, table);
  return column.isUnique ? distinctText(column.name, { value, longest, limit }) : shortened(value, longest, limit);
}

function defaultText(name: string, table: ModelTable): (typeof BY_NAME)[number] {
  if (name !== 'name') return [/^/, 'faker.lorem.words(3)', 40];
  return PEOPLE.test(singular(table.name)) ? [/^/, 'faker.person.fullName()', 40] : [/^/, 'faker.commerce.productName()', 50];
}

const shortened = (value: string, longest: number, limit: number | undefined): string =>
  limit === undefined || limit >= longest ? value : `${value}.slice(0, ${limit})`;

const DISTINCT_LENGTH = 10;

interface Distinct {
  readonly value: string;
  readonly longest: number;
  readonly limit: number | undefined;
}

/** Names repeat soon; a few random letters before them do not. */
function distinctText(name: string, { value, longest, limit }: Distinct): string {
  if (limit !== undefined && limit <= DISTINCT_LENGTH + 1) return `faker.string.alphanumeric({ length: ${limit}, casing: 'lower' })`;
  const prefix = `faker.string.alphanumeric({ length: ${DISTINCT_LENGTH}, casing: 'lower' })`;
  // A slug that is cut off might end in its hyphen, so it is kept to one word.
  if (/slug|path/.test(name)) return `\`\${${prefix}}-\${faker.lorem.word({ length: { min: 3, max: 8 } })}\``;
  const separator = /mail|user_?name|login|domain|host/.test(name) ? '.' : ' ';
  return shortened(`\`\${${prefix}}${separator}\${${value}}\``, longest + DISTINCT_LENGTH + 1, limit);
}
