import { settled } from '../kinds/deparsed.ts';
import type { RawCatalog, RawRow } from './rawCatalog.ts';

type RawValues = Readonly<Record<string, string>>;

/** Where two catalogs differ. */
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

/** The rows that two catalogs do not have in common, in the order of their names. */
export function rawDifferences(before: RawCatalog, after: RawCatalog): readonly RawDifference[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => differenceOf(before.get(key), after.get(key)));
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
const differingColumns = (before: RawValues, after: RawValues): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => settled(before[name] ?? '') !== settled(after[name] ?? ''),
  );
