/** Histories that the faults are given to: the steps of each leave rows in `log`, which shows what ran twice or never. */
import { logged } from '../migration/faults.ts';

/** The name of the migration with this number. */
export const idOf = (number: number): string => `${20260101000000 + number}_m${number}`;

const first = `up: [sql\`CREATE TABLE log (name text)\`, ${logged('m0')}], down: [sql\`DROP TABLE log\`]`;

/** What a migration is made of, by turns: a table with rows, an index built concurrently, a function that writes, a view with an enum. */
const makers: readonly ((number: number) => string)[] = [
  (n) => `up: [sql\`CREATE TABLE t${n} (id int, name text); INSERT INTO t${n} SELECT generate_series(1, 50), 'x'\`, ${logged(`m${n}`)}],
    down: [sql\`DROP TABLE t${n}\`]`,
  (
    n,
  ) => `transaction: false, up: [${logged(`m${n}`)}, sql\`CREATE UNIQUE INDEX CONCURRENTLY t${n - 1}_id ON t${n - 1} (id)\`, ${logged(`m${n}b`)}],
    down: [sql\`DROP INDEX CONCURRENTLY IF EXISTS t${n - 1}_id\`]`,
  (
    n,
  ) => `up: [sql\`ALTER TABLE t${n - 2} ADD COLUMN more int DEFAULT 4 NOT NULL\`, async ({ query }) => { await query(${logged(`m${n}`)}); }],
    down: [sql\`ALTER TABLE t${n - 2} DROP COLUMN more\`]`,
  (
    n,
  ) => `up: [sql\`CREATE TYPE e${n} AS ENUM ('a', 'b')\`, sql\`CREATE VIEW v${n} AS SELECT id, 'a'::e${n} AS e FROM t${n - 3}\`, ${logged(`m${n}`)}],
    down: [sql\`DROP VIEW v${n}\`, sql\`DROP TYPE e${n}\`]`,
];

/** A history of this many migrations. */
export const historyOf = (count: number): Readonly<Record<string, string>> =>
  Object.fromEntries([
    [idOf(0), first],
    ...Array.from({ length: count - 1 }, (_, index) => [idOf(index + 1), makers[index % makers.length]?.(index + 1) ?? ''] as const),
  ]);
