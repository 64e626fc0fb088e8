import type { Session } from '../database/session.ts';
import { idOf, qualify } from '../kinds/identifier.ts';
import type { ObjectId } from '../kinds/kind.ts';

/** An index that is there and that no query uses. */
export interface InvalidIndex {
  readonly id: ObjectId;
  readonly schema: string;
  /** As SQL writes it. */
  readonly name: string;
}

/**
 * Reads which indexes a concurrent build that was broken off has left, without those that are being built. A snapshot says nothing of it:
 * it is no part of a schema, and no migration leads to it. The index of a partitioned table is invalid as long as partitions lack theirs.
 * @throws SqlError
 */
export async function readInvalidIndexes(session: Session): Promise<readonly InvalidIndex[]> {
  const found = await session.query<{ schema: string; index: string }>(
    `select n.nspname::text as schema, x.relname::text as index from pg_catalog.pg_index i
       join pg_catalog.pg_class x on x.oid = i.indexrelid join pg_catalog.pg_namespace n on n.oid = x.relnamespace
     where not i.indisvalid and x.relkind = 'i' and x.relpersistence <> 't' and n.nspname !~ '^pg_' and n.nspname not in ('fastpyd', 'fastpyd_kept')
       and not exists (select from pg_catalog.pg_stat_progress_create_index p where p.index_relid = i.indexrelid)
     order by 1, 2`,
  );
  return found.map(({ schema, index }) => ({ id: idOf('index', schema, index), schema, name: qualify(schema, index) }));
}
