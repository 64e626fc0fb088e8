import { Column } from './column.ts';
import { type SqlReference, TO_SQL } from './sql.ts';

/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A type declared with `enumType`; its values are known to TypeScript. */
export interface EnumReference<Value extends string = string> extends SqlReference {
  readonly values: readonly Value[];
}

const make = <Row, Insert = Row, When extends 'required' | 'optional' = 'required'>(type: string): Column<Row, Insert, When> =>
  new Column({ typeSql: () => type, shape: { isJson: false, dimensions: 0 } });

const makeJson = <Row>(type: string): Column<Row, Row, 'required'> =>
  new Column({ typeSql: () => type, shape: { isJson: true, dimensions: 0 } });

const withLength = (type: string, ...sizes: readonly (number | undefined)[]): string => {
  const given = sizes.filter((size) => size !== undefined);
  return given.length > 0 ? `${type}(${given.join(', ')})` : type;
};

// `timestamp(3) with time zone`: the precision stands inside the name.
const withPrecision = (type: string, precision: number | undefined, zone = ''): string => `${withLength(type, precision)}${zone}`;

const text = (type: string) => (): Column<string, string, 'required'> => make<string>(type);
const number = (type: string) => (): Column<number, number, 'required'> => make<number>(type);
const moment = (type: string): Column<string, string | Date, 'required'> => make<string, string | Date>(type);

/** A 64-bit integer: a number where JavaScript holds it exactly, else its digits. */
type BigInteger = number | string;

/**
 * One method for each type of PostgreSQL. Times, numerics and everything else that JavaScript cannot hold exactly are read as text.
 * `column.type('name')` is for types of extensions and your own.
 */
export const column = {
  smallint: number('smallint'),
  integer: number('integer'),
  bigint: () => make<BigInteger, BigInteger | bigint>('bigint'),
  smallserial: () => make<number, number, 'optional'>('smallserial'),
  serial: () => make<number, number, 'optional'>('serial'),
  bigserial: () => make<BigInteger, BigInteger | bigint, 'optional'>('bigserial'),
  numeric: (precision?: number, scale?: number) => make<string, string | number | bigint>(withLength('numeric', precision, scale)),
  real: number('real'),
  doublePrecision: number('double precision'),
  money: text('money'),
  text: text('text'),
  varchar: (length?: number) => make<string>(withLength('varchar', length)),
  char: (length?: number) => make<string>(withLength('char', length)),
  bytea: () => make<Buffer, Uint8Array>('bytea'),
  boolean: () => make<boolean>('boolean'),
  date: () => moment('date'),
  time: (precision?: number) => make<string>(withPrecision('time', precision)),
  timetz: (precision?: number) => make<string>(withPrecision('time', precision, ' with time zone')),
  timestamp: (precision?: number) => moment(withPrecision('timestamp', precision)),
  timestamptz: (precision?: number) => moment(withPrecision('timestamp', precision, ' with time zone')),
  interval: (fields?: string) => make<string>(fields ? `interval ${fields}` : 'interval'),
  uuid: text('uuid'),
  json: () => makeJson<Json>('json'),
  jsonb: () => makeJson<Json>('jsonb'),
  jsonpath: text('jsonpath'),
  xml: text('xml'),
  inet: text('inet'),
  cidr: text('cidr'),
  macaddr: text('macaddr'),
  macaddr8: text('macaddr8'),
  bit: (length?: number) => make<string>(withLength('bit', length)),
  varbit: (length?: number) => make<string>(withLength('bit varying', length)),
  tsvector: text('tsvector'),
  tsquery: text('tsquery'),
  point: () => make<{ readonly x: number; readonly y: number }, string>('point'),
  line: text('line'),
  lseg: text('lseg'),
  box: text('box'),
  path: text('path'),
  polygon: text('polygon'),
  circle: () => make<{ readonly x: number; readonly y: number; readonly radius: number }, string>('circle'),
  int4range: text('int4range'),
  int8range: text('int8range'),
  numrange: text('numrange'),
  daterange: text('daterange'),
  tsrange: text('tsrange'),
  tstzrange: text('tstzrange'),
  int4multirange: text('int4multirange'),
  int8multirange: text('int8multirange'),
  nummultirange: text('nummultirange'),
  datemultirange: text('datemultirange'),
  tsmultirange: text('tsmultirange'),
  tstzmultirange: text('tstzmultirange'),
  oid: number('oid'),
  name: text('name'),
  pgLsn: text('pg_lsn'),
  regclass: text('regclass'),
  /** A type made with `enumType`: its values are the only ones that TypeScript takes. */
  enum: <Value extends string>(type: EnumReference<Value>): Column<Value, Value, 'required'> =>
    new Column({ typeSql: () => type[TO_SQL](), shape: { isJson: false, dimensions: 0 } }),
  /** Any other type: its name as SQL writes it, or a declared type or domain. */
  type: <Value = string>(type: string | SqlReference): Column<Value, Value, 'required'> =>
    new Column({ typeSql: () => (typeof type === 'string' ? type : type[TO_SQL]()), shape: { isJson: false, dimensions: 0 } }),
};
