import { changeOptions } from './options.ts';

/** How the values of a column are stored, and how they are counted for the planner. */
export interface ColumnSettings {
  /** PLAIN, EXTERNAL, EXTENDED or MAIN; null where it is the type's own. */
  readonly storage: string | null;
  readonly compression: string | null;
  readonly statistics: number | null;
  /** `n_distinct=5` and the like, sorted. */
  readonly options: readonly string[];
}

/** What the columns of SETTINGS give. */
export interface ColumnSettingsRow {
  readonly storage: string | null;
  readonly compression: string;
  readonly statistics: number | null;
  readonly options: readonly string[] | null;
}

/** Those of a column of which nothing is said. */
export const NO_SETTINGS: ColumnSettings = { storage: null, compression: null, statistics: null, options: [] };

const STORAGE: Readonly<Record<string, string>> = { p: 'PLAIN', e: 'EXTERNAL', x: 'EXTENDED', m: 'MAIN' };
const COMPRESSION: Readonly<Record<string, string>> = { p: 'pglz', l: 'lz4' };

/** The columns of a ColumnSettingsRow, of `a` from pg_attribute and `t` from pg_type. */
export const SETTINGS = `
      case when a.attstorage <> t.typstorage then a.attstorage end as storage, a.attcompression as compression,
      nullif(a.attstattarget, -1) as statistics, a.attoptions as options`;

/** The settings that a row of the catalog tells. */
export const settingsOf = (row: ColumnSettingsRow): ColumnSettings => ({
  storage: row.storage === null ? null : (STORAGE[row.storage] ?? null),
  compression: COMPRESSION[row.compression] ?? null,
  statistics: row.statistics,
  options: [...(row.options ?? [])].sort(),
});

/** `SET STORAGE DEFAULT` came with PostgreSQL 16. */
const usualStorage = (type: string): string => (/^(numeric|inet|cidr)/.test(type) ? 'MAIN' : 'EXTENDED');

/** The statements that lead from some settings to others; `alter` is e.g. `ALTER TABLE ONLY x ALTER COLUMN y`. */
export function changeSettings(alter: string, before: ColumnSettings, after: ColumnSettings & { readonly type: string }): string[] {
  return [
    ...(before.storage === after.storage ? [] : [`${alter} SET STORAGE ${after.storage ?? usualStorage(after.type)}`]),
    ...(before.compression === after.compression ? [] : [`${alter} SET COMPRESSION ${after.compression ?? 'default'}`]),
    ...(before.statistics === after.statistics ? [] : [`${alter} SET STATISTICS ${after.statistics ?? -1}`]),
    ...changeOptions(alter, before.options, after.options),
  ];
}
