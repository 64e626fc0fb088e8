import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Table } from '../kinds/tables.ts';
import type { Place } from './rule.ts';

/** Names without a schema are in `public`, as far as a rule can tell. */
export const qualified = (name: string): string => (name.includes('.') ? name : `public.${name}`);

/** What is known of the schema that the migration starts from. */
export const objectsOf = ({ schema }: Place): SchemaSnapshot['objects'] => schema?.objects ?? new Map();

/** Is it known to be a partitioned table? */
export const isPartitioned = (place: Place, name: string): boolean =>
  (objectsOf(place).get(`table:${qualified(name)}`) as Table | undefined)?.partitionBy != null;
