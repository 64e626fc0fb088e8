import { settled } from '../kinds/deparsed.ts';
import type { RawCatalog, RawRow } from './rawCatalog.ts';

type RawValues = Readonly<Record<string, string>>;

/** Where a catalog differs from what was wanted. */
export interface RawDifference {
  readonly catalog: string;
  readonly object: string;
  readonly schema: string | null;
  /** The columns in which a row differs; none where only one side has it. */
  readonly columns: readonly string[];
  /** What each side says, by column; undefined where it has no such row. */
  readonly before: RawValues | undefined;
  readonly after: RawValues | undefined;
}

/** The rows that two catalogs do not have in common, in the order of their names: those that are wanted, and those that were found. */
export function rawDifferences(wanted: RawCatalog, found: RawCatalog): readonly RawDifference[] {
  const keys = [...new Set([...wanted.keys(), ...found.keys()])].sort();
  return keys.flatMap((key) => differenceOf(wanted.get(key), found.get(key)));
}

function differenceOf(before: RawRow | undefined, after: RawRow | undefined): readonly RawDifference[] {
  const row = after ?? before;
  if (row === undefined || before?.values === after?.values) return [];
  const [was, is] = [valuesOf(before), valuesOf(after)];
  const columns = was && is ? differingColumns(was, is) : [];
  if (was && is && columns.length === 0) return [];
  return [{ catalog: row.catalog, object: row.object, schema: row.schema, columns, before: was, after: is }];
}

const valuesOf = (row: RawRow | undefined): RawValues | undefined => row && JSON.parse(row.values);

/** Some expressions PostgreSQL prints in another way once their own text was run. */
const differingColumns = (wanted: RawValues, found: RawValues): readonly string[] =>
  [...new Set([...Object.keys(wanted), ...Object.keys(found)])].filter(
    (name) => settled(wanted[name] ?? '') !== settled(found[name] ?? ''),
  );
