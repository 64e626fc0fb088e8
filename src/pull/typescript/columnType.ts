import { stringLiteral } from '../../seed/code.ts';

const PLAIN: Readonly<Record<string, string>> = {
  'double precision': 'doublePrecision',
  'character varying': 'varchar',
  'bit varying': 'varbit',
  pg_lsn: 'pgLsn',
  ...Object.fromEntries(
    [
      ...['smallint', 'integer', 'bigint', 'numeric', 'real', 'money', 'text', 'bytea', 'boolean', 'date', 'interval', 'uuid'],
      ...['json', 'jsonb', 'jsonpath', 'xml', 'inet', 'cidr', 'macaddr', 'macaddr8', 'tsvector', 'tsquery', 'oid', 'name', 'regclass'],
      ...['point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle'],
      ...['int4range', 'int8range', 'numrange', 'daterange', 'tsrange', 'tstzrange'],
      ...['int4multirange', 'int8multirange', 'nummultirange', 'datemultirange', 'tsmultirange', 'tstzmultirange'],
    ].map((name) => [name, name]),
  ),
};

const SIZED: Readonly<Record<string, string>> = {
  numeric: 'numeric',
  'character varying': 'varchar',
  character: 'char',
  bit: 'bit',
  'bit varying': 'varbit',
};

/** The call of `column` for a type as format_type prints it, without array brackets. */
function builderCall(type: string): string {
  const plain = PLAIN[type];
  if (plain !== undefined) return `${plain}()`;
  const [, sized = '', sizes = ''] = /^([a-z ]+)\(([-\d,]+)\)$/.exec(type) ?? [];
  if (SIZED[sized] !== undefined) return `${SIZED[sized]}(${sizes.replace(',', ', ')})`;
  const [, moment, precision = '', zone] = /^(time|timestamp)(?:\((\d+)\))? (with|without) time zone$/.exec(type) ?? [];
  if (moment !== undefined) return `${moment}${zone === 'with' ? 'tz' : ''}(${precision})`;
  return `type(${stringLiteral(type)})`;
}

/**
 * How `column` says a type that format_type printed.
 * @param enumName  what a declared enum is called in the file, if the type is one
 */
export function columnType(type: string, enumName: (type: string) => string | undefined): string {
  const [element, brackets] = [type.replace(/(?:\[\])+$/, ''), /(?:\[\])+$/.exec(type)?.[0] ?? ''];
  const declared = enumName(element);
  const call = declared === undefined ? builderCall(element) : `enum(${declared})`;
  return `column.${call}${'.array()'.repeat(brackets.length / 2)}`;
}

const TEXTS = /^(?:text|character varying(?:\(\d+\))?|character\(\d+\)|uuid|citext)$/;
const INTEGERS = /^(?:smallint|integer|bigint)$/;

/**
 * A default as a value where TypeScript has the same one, else undefined.
 * @param isEnum  whether the column's type is a declared enum
 */
export function defaultValue(type: string, expression: string, isEnum: boolean): string | undefined {
  if (type === 'boolean' && /^(?:true|false)$/.test(expression)) return expression;
  if (INTEGERS.test(type)) {
    const digits = /^(?:'(-?\d{1,15})'::\w+|(\d{1,15}))$/.exec(expression);
    return digits?.[1] ?? digits?.[2];
  }
  const text = TEXTS.test(type) || isEnum ? /^'((?:[^'\\]|'')*)'::[^']+$/.exec(expression)?.[1] : undefined;
  return text === undefined ? undefined : stringLiteral(text.replaceAll("''", "'"));
}
