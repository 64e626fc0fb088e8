import type { Column } from '../../kinds/columns.ts';
import { literal, qualify, quote } from '../../kinds/identifier.ts';
import { identityClause } from '../../kinds/identity.ts';
import { atOnce } from './atOnce.ts';
import { backfill } from './backfill.ts';
import { requireColumn } from './requireColumn.ts';
import { freeName, type SafePlace } from './safeForm.ts';

const OPTIONS = / AS IDENTITY(?: \((.*)\))?$/s;

/**
 * A new identity column: rows get their numbers from a sequence of its own, those that are there in batches; in one moment the column becomes its
 * own counter, which goes on from there. Undefined for one that says more of its sequence than how it counts.
 */
export function numberInBatches(column: Column, place: SafePlace): readonly string[] | undefined {
  const { schema, table, type, identity } = column;
  if (identity === null || identity.sequence !== null || identity.unlogged !== null) return undefined;
  const [on, name] = [qualify(schema, table), quote(column.column)];
  const counter = qualify(schema, freeName(place, { path: [schema], name: `${table}_${column.column}`, ending: 'counter' }));
  const clause = identityClause(column);
  const options = OPTIONS.exec(clause)?.[1];
  return [
    `ALTER TABLE ${on} ADD COLUMN ${name} ${type}`,
    `CREATE SEQUENCE ${counter} AS ${type}${options === undefined ? '' : ` ${options}`}`,
    `ALTER TABLE ${on} ALTER COLUMN ${name} SET DEFAULT nextval(${literal(counter)})`,
    backfill({ table: on, set: `${name} = DEFAULT`, where: `${name} IS NULL` }),
    ...requireColumn(column, place),
    atOnce([
      `ALTER TABLE ${on} ALTER COLUMN ${name} DROP DEFAULT`,
      `ALTER TABLE ${on} ALTER COLUMN ${name} ADD${clause}`,
      `PERFORM setval(pg_get_serial_sequence(${literal(on)}, ${literal(column.column)}), last_value, is_called) FROM ${counter}`,
      `DROP SEQUENCE ${counter}`,
    ]),
  ];
}
