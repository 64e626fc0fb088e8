import type { ColumnName } from './columns.ts';
import { needs, type Version } from './slots.ts';

/** Tables named as people do, and as they should not. */
export const NAMES = ['public.users', 'public."Odd name"', 'app."select"', 'app."A.b"'] as const;

/** A table's name as a part of others: `Odd name`. */
export const bare = (name: string): string => name.replace(/^\w+\./, '').replaceAll('"', '');

/** A table's schema. */
export const schemaOf = (name: string): string => name.split('.')[0] ?? '';

/** The file that a table stands in. */
export const fileOf = (name: string): string => `table_${bare(name).replace(/\W/g, '_')}.sql`;

/** Versions for which a table must be there, with some of its columns. */
export const tableNeeds =
  (name: string) =>
  (columns: readonly ColumnName[], version: Version): Version =>
    needs([`${name} kind`, ...columns.map((column) => `${name} ${column}`)], version);
