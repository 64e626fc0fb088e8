import { qualify, quote } from '../../kinds/identifier.ts';
import type { Index } from '../../kinds/indexes.ts';
import type { Table } from '../../kinds/tables.ts';
import type { PlannedStatement } from '../plan.ts';
import { freeName, isInUse, type SafeForm, type SafePlace } from './safeForm.ts';

const CREATE = /^CREATE (UNIQUE )?INDEX /;

const isPartitioned = ({ from }: SafePlace, { owner }: Index): boolean =>
  owner !== undefined && (from.objects.get(owner) as Table | undefined)?.partitionBy != null;

/** An index that is made anew under its name, while the old one serves queries under another. */
function replaced({ object }: PlannedStatement, place: SafePlace): { readonly aside: string } | undefined {
  const action = place.plan.actions.get(object.id);
  if (action?.type !== 'replace' || (action.before as Index).definition === (action.after as Index).definition) return undefined;
  const { schema, index } = action.before as Index;
  return { aside: freeName(place, { path: [schema], name: index, ending: 'old' }) };
}

/** Built while rows are written. That of a partitioned table is empty by itself: those of its partitions are built like that, and attached. */
function buildConcurrently(statement: PlannedStatement, place: SafePlace): readonly string[] | undefined {
  const index = statement.object as Index;
  if (!CREATE.test(statement.sql) || !isInUse(place, index.owner) || isPartitioned(place, index)) return undefined;
  const aside = replaced(statement, place)?.aside;
  return [
    statement.sql.replace(CREATE, (created) => `${created}CONCURRENTLY `),
    ...(aside === undefined ? [] : [`DROP INDEX CONCURRENTLY ${qualify(index.schema, aside)}`]),
  ];
}

function dropConcurrently(statement: PlannedStatement, place: SafePlace): readonly string[] | undefined {
  const index = statement.object as Index;
  if (!statement.sql.startsWith('DROP INDEX ') || !isInUse(place, index.owner) || isPartitioned(place, index)) return undefined;
  const name = qualify(index.schema, index.index);
  const aside = replaced(statement, place)?.aside;
  return [aside === undefined ? `DROP INDEX CONCURRENTLY ${name}` : `ALTER INDEX ${name} RENAME TO ${quote(aside)}`];
}

/** Indexes that no constraint owns. */
export const indexForm: SafeForm = (statement, place) => buildConcurrently(statement, place) ?? dropConcurrently(statement, place);
