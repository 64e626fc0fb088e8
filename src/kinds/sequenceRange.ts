import { literal } from './identifier.ts';

interface Range {
  readonly min: string;
  readonly max: string;
}

/** What has to be done with the present value of a sequence. */
export interface RangeMove {
  readonly statements: readonly string[];
  /** A word of the statement that changes the bounds. */
  readonly restart: readonly string[];
}

/** The least and the greatest value of the types that a sequence can have. */
export const BOUNDS: Readonly<Record<string, readonly [min: string, max: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

const greater = (one: string, other: string): string => (BigInt(one) > BigInt(other) ? one : other);
const lesser = (one: string, other: string): string => (BigInt(one) < BigInt(other) ? one : other);

/**
 * PostgreSQL refuses bounds that leave the present value outside. One that fits is left where it is; between bounds that share nothing it
 * starts anew.
 * @param name  of the sequence, qualified and quoted
 */
export function bringIntoRange(name: string, before: Range, after: Range): RangeMove {
  const [min, max] = [greater(before.min, after.min), lesser(before.max, after.max)];
  if (min === before.min && max === before.max) return { statements: [], restart: [] };
  if (BigInt(min) > BigInt(max)) return { statements: [], restart: ['RESTART'] };
  const value = `LEAST(GREATEST(last_value, ${min}), ${max})`;
  return { statements: [`SELECT pg_catalog.setval(${literal(name)}, ${value}, is_called) FROM ${name}`], restart: [] };
}
