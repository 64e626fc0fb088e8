import { quoteLiteral } from '../database/quote.ts';
import { DECLARATION, type Declaration, STAGES } from './declaration.ts';
import type { Extra } from './extra.ts';
import { callerPlace } from './place.ts';
import { type Sql, writeSql } from './sql.ts';
import { tableComment } from './tableOptions.ts';

function declare(write: () => string, stage: number): Declaration {
  const place = callerPlace();
  return { [DECLARATION]: { object: undefined, place, statements: () => [{ sql: write(), stage, place }], renames: () => [] } };
}

/** Any statement that describes the schema, for kinds of objects without a builder: `statement(sql`CREATE CAST …`)`. */
export const statement = (text: Sql): Declaration => declare(() => writeSql(text).replace(/;\s*$/, ''), STAGES.attached);

/** A comment on anything: `comment(sql`CAST (a AS b)`, 'text')`; among the extras of a table `comment('text')` is the table's. */
export function comment(text: string): Extra;
export function comment(object: Sql, text: string): Declaration;
export function comment(...given: readonly [string] | readonly [Sql, string]): Extra | Declaration {
  if (given.length === 1) return tableComment(given[0]);
  const [object, text] = given;
  return declare(() => `COMMENT ON ${writeSql(object)} IS ${quoteLiteral(text)}`, STAGES.comment);
}
