import { quoteIdentifier } from '../database/quote.ts';
import type { Database } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';
import type { Column } from '../kinds/columns.ts';
import type { Constraint } from '../kinds/constraints.ts';
import type { Index } from '../kinds/indexes.ts';
import { type Action, afterOf } from '../plan/plan.ts';
import type { Asked } from './questions.ts';

/** Rows of the live database that a planned rule would refuse. */
export interface Violation {
  /** `constraint public.posts.posts_title_check`. */
  readonly rule: string;
  readonly rows: number;
  /** Some of them, as PostgreSQL prints rows, or the values that are there twice or point nowhere. */
  readonly samples: readonly string[];
}

/** One sentence with the number of rows and some of them. */
export const violationText = ({ rule, rows, samples }: Violation): string =>
  `${rule} would be violated by ${rows} ${rows === 1 ? 'row or value' : 'rows or values'}, e.g. ${samples.join(', ')}`;

/**
 * Looks among the rows that are there for those that a plan's new constraints, unique indexes and required columns would refuse.
 * What is about names that the live database does not have yet is not looked at.
 */
export async function violationsOf(live: Database, { proven, head }: Asked): Promise<readonly Violation[]> {
  const rules = [...proven.up.actions.values()].flatMap((action) => {
    const object = afterOf(action);
    const isThere = object?.owner !== undefined && head.objects.has(object.owner);
    const query = isThere ? refusedBy(action) : undefined;
    return object === undefined || query === undefined ? [] : [{ rule: `${object.kind} ${object.name}`, query }];
  });
  const found: Violation[] = [];
  for (const { rule, query } of rules) {
    const refused = await refusedRows(live, query);
    if (refused !== undefined && refused.rows > 0) found.push({ rule, ...refused });
  }
  return found;
}

/** A query for samples of what an action would refuse; undefined for one that refuses nothing. */
function refusedBy(action: Action): string | undefined {
  const object = afterOf(action);
  if (object?.kind === 'column' && action.type === 'alter') return nulls(action.before as Column, object as Column);
  if (object?.kind === 'index' && action.type !== 'drop') return duplicatesOfIndex(object as Index);
  if (object?.kind !== 'constraint') return undefined;
  const constraint = object as Constraint;
  const wasValidated = action.type === 'alter' && (action.before as Constraint).validated;
  return constraint.validated && !wasValidated ? REFUSED[constraint.type](constraint) : undefined;
}

const relation = ({ schema, table }: { readonly schema: string; readonly table: string }): string =>
  `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;

const nulls = (before: Column, after: Column): string | undefined =>
  after.notNull && !before.notNull && after.foreign === null
    ? `select t::text from ${relation(after)} t where ${quoteIdentifier(after.column)} is null`
    : undefined;

const duplicates = (
  from: string,
  expressions: string,
  { where = '', nullsCount = false }: { where?: string; nullsCount?: boolean },
): string => {
  const isKnown = nullsCount ? 'true' : `(${expressions}) is not null`;
  return `select '(' || concat_ws(', ', ${expressions}) || ') ' || count(*) || ' times' from ${from} where ${isKnown}${where} group by ${expressions} having count(*) > 1`;
};

const KEY = /^(?:PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? \(([^()]*)\)(?: INCLUDE \([^()]*\))?(?: DEFERRABLE.*)?$/;

function duplicatesOfKey(constraint: Constraint): string | undefined {
  const [, nullsCount, columns] = KEY.exec(constraint.definition) ?? [];
  return columns === undefined ? undefined : duplicates(relation(constraint), columns, { nullsCount: nullsCount !== undefined });
}

const UNIQUE_INDEX = /^CREATE UNIQUE INDEX .*? ON (?:ONLY )?.*? USING btree \((.*?)\)( NULLS NOT DISTINCT)?(?: WHERE (.*))?$/s;
/** What btree adds to an expression: how it compares and orders. */
const ORDERING = /\s(?:ASC|DESC|NULLS|COLLATE|\w+_ops)\b/;

function duplicatesOfIndex(index: Index): string | undefined {
  const [, expressions, nullsCount, condition] = UNIQUE_INDEX.exec(index.definition) ?? [];
  if (expressions === undefined || ORDERING.test(expressions)) return undefined;
  const where = condition === undefined ? '' : ` and ${condition}`;
  return duplicates(relation(index), expressions, { where, nullsCount: nullsCount !== undefined });
}

function failing(constraint: Constraint): string | undefined {
  const condition = /^CHECK (\(.*\))(?: NO INHERIT)?$/s.exec(constraint.definition)?.[1];
  return condition === undefined ? undefined : `select t::text from ${relation(constraint)} t where not ${condition}`;
}

const FOREIGN_KEY = /^FOREIGN KEY \(([^()]*)\) REFERENCES (.*?)\(([^()]*)\)(?: .*)?$/;

function orphans(constraint: Constraint): string | undefined {
  const [, own, table, others] = FOREIGN_KEY.exec(constraint.definition) ?? [];
  if (own === undefined || others === undefined) return undefined;
  const pairs = own.split(', ').map((column, at) => [`t.${column}`, `r.${others.split(', ')[at]}`] as const);
  const isKnown = pairs.map(([column]) => `${column} is not null`).join(' and ');
  const isThere = `exists (select from ${table} r where ${pairs.map((pair) => pair.join(' = ')).join(' and ')})`;
  return `select '(' || concat_ws(', ', ${pairs.map(([column]) => column).join(', ')}) || ')' from ${relation(constraint)} t where ${isKnown} and not ${isThere}`;
}

const REFUSED: Readonly<Record<Constraint['type'], (constraint: Constraint) => string | undefined>> = {
  'primary key': duplicatesOfKey,
  unique: duplicatesOfKey,
  check: failing,
  'foreign key': orphans,
  exclude: () => undefined,
};

/** Undefined where the live database does not understand the question, for want of a column say. */
async function refusedRows(live: Database, query: string): Promise<Omit<Violation, 'rule'> | undefined> {
  const text = `select count(*)::int as rows, coalesce((array_agg(left(sample, 120)))[1:3], '{}') as samples from (${query}) v(sample)`;
  const [found] = await live
    .session((session) => session.query<Omit<Violation, 'rule'>>(text))
    .catch((error: unknown) => {
      if (error instanceof SqlError) return [];
      throw error;
    });
  return found;
}
