import { literal } from '../../kinds/identifier.ts';

/**
 * So many pages of a table are filled in one transaction: 256 kB, some thousand narrow rows. Who wants to write one of them waits for its end, which
 * with 8 MB took seconds.
 */
const PAGES = 32;
/** Rows that others move meanwhile may be missed by a pass, and are found by the next. */
const PASSES = 5;

/** What is to be filled in. */
export interface Backfill {
  /** Qualified and quoted. */
  readonly table: string;
  /** What is set, e.g. `"slug" = lower("title")`. */
  readonly set: string;
  /** Which rows still need it, so that a run that broke off goes on where it was. */
  readonly where: string;
}

/**
 * A statement that changes the rows of a table, and of its partitions, in batches, each a transaction of its own; run again, it does the rest.
 * @see https://www.postgresql.org/docs/current/plpgsql-transactions.html  why it cannot be in a transaction
 */
export const backfill = ({ table, set, where }: Backfill): string => `DO $backfill$
DECLARE
  pages bigint;
  page bigint;
BEGIN
  COMMIT; -- refused at once where it is in a transaction, before rows are changed in vain
  FOR pass IN 1..${PASSES} LOOP
    SELECT ceil(coalesce(max(pg_relation_size(relid)), pg_relation_size(${literal(table)})) / current_setting('block_size')::numeric)
      INTO pages FROM pg_partition_tree(${literal(table)});
    page := 0;
    WHILE page <= pages LOOP
      UPDATE ${table} SET ${set}
        WHERE ctid >= format('(%s,0)', page)::tid AND ctid < format('(%s,0)', page + ${PAGES})::tid AND ${where};
      COMMIT;
      page := page + ${PAGES};
    END LOOP;
    EXIT WHEN NOT EXISTS (SELECT FROM ${table} WHERE ${where});
  END LOOP;
END
$backfill$`;
