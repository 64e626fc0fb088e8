import type { Session } from '../database/session.ts';
import { FastpyError, fail } from '../errors.ts';
import { changingWith, type Lost, nameOf, requireKey } from '../migration/keptTables.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { scratchActionsOf } from '../migration/replay.ts';
import { type Action, type Direction, runAction } from '../migration/steps.ts';
import { stateOf } from '../pipeline.ts';
import { inDiscardedTransaction } from '../shadow/rehearse.ts';
import { countLost, held } from './rows.ts';
import type { Target } from './target.ts';

/** A migration in one direction, with what is applied when it runs. */
export interface Run {
  readonly migration: Migration;
  readonly applied: readonly Migration[];
}

/** What migrations will take away, by their ids: found by running each of them in the shadow, where its turn comes. */
export async function lostByAll(target: Target, runs: readonly Run[], direction: Direction): Promise<ReadonlyMap<string, readonly Lost[]>> {
  const lost = new Map<string, readonly Lost[]>();
  for (const run of runs) lost.set(run.migration.id, await lostBy(target, run, direction));
  return lost;
}

/** What is taken away, to be kept, and told. */
export interface Losses {
  /** By the id of the migration; nothing where nothing is to be kept. */
  readonly lost: ReadonlyMap<string, readonly Lost[]>;
  /** e.g. `loses column public.posts.body with 3 values (20261124_drop_body)`. */
  readonly told: readonly string[];
}

/** What pending migrations will take away from the rows of the live database. @throws KEEP_REFUSED */
export async function lossesAhead(
  target: Target,
  runs: readonly Run[],
  { keep = false }: { readonly keep?: boolean | undefined },
): Promise<Losses> {
  const lost = new Map<string, readonly Lost[]>();
  const told: string[] = [];
  for (const run of runs) {
    const { id } = run.migration;
    const losses = await lostBy(target, run, 'up').catch((error: unknown) => {
      if (keep || !(error instanceof FastpyError)) throw error;
      return [];
    });
    if (keep) lost.set(id, losses);
    for (const loss of losses.filter(({ isRetyped }) => !isRetyped)) {
      const kind = loss.column === null ? 'table' : 'column';
      const rows = await countLost(target.live, loss);
      if (rows === 0) continue;
      if (keep) await target.live.session((session) => requireKey(session, loss, { changing: changingWith(loss, losses), migration: id }));
      told.push(`${keep ? 'keeps a copy of' : 'loses'} ${kind} ${nameOf(loss)} with ${held(kind, rows)} (${id})`);
    }
  }
  return { lost, told };
}

interface Item extends Omit<Lost, 'isRetyped'> {
  readonly identity: string;
  readonly relation: string;
  readonly type: string | null;
  readonly parent: string | null;
  readonly isGenerated: boolean;
}

const INVENTORY = `select n.nspname::text as schema, c.relname::text as "table", a.attname::text as "column", c.oid::text as relation,
    concat_ws('.', c.oid, a.attnum) as identity, concat_ws('.', a.atttypid, a.atttypmod) as type, coalesce(a.attgenerated, '') <> '' as "isGenerated",
    c.relkind = 'p' as "isPartitioned", case when c.relispartition then (select inhparent::text from pg_catalog.pg_inherits where inhrelid = c.oid) end as parent
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  cross join lateral (
    select null as attname, null as attnum, null::oid as atttypid, null::int as atttypmod, ''::"char" as attgenerated union all
    select attname, attnum, atttypid, atttypmod, attgenerated from pg_catalog.pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped
  ) a
  where c.relkind in ('r', 'p') order by c.oid, a.attnum nulls first`;

const MAY_LOSE = /\b(?:drop|type)\b/i;
const mayLose = ({ run }: Action): boolean => run.kind === 'function' || MAY_LOSE.test(run.sql);

/**
 * Asks PostgreSQL's own identities, which a rename leaves and a second object of the same name does not have.
 * @throws KEEP_REFUSED  for what cannot be run in a transaction
 */
async function lostBy(target: Target, { migration, applied }: Run, direction: Direction): Promise<readonly Lost[]> {
  const actions = scratchActionsOf(migration, direction);
  if (!actions.some(mayLose)) return [];
  const state = await stateOf(target, applied);
  const lost = await inDiscardedTransaction(state.database, async (session) => {
    const before = await inventory(session);
    for (const action of actions) await runAction(session, action, { root: target.root });
    return compare(before, await inventory(session));
  }).catch((error: unknown) => {
    if (!(error instanceof FastpyError)) throw error;
    throw fail('KEEP_REFUSED', {
      object: migration.id,
      reason: `what it takes away cannot be found out: ${error.message}`,
      migration: migration.id,
    });
  });
  if (lost.length === 0 || migration.transaction) return lost;
  throw fail('KEEP_REFUSED', {
    object: lost.map(nameOf).join(', '),
    reason: 'the migration runs outside a transaction',
    migration: migration.id,
  });
}

const inventory = (session: Session): Promise<readonly Item[]> => session.query<Item>(INVENTORY);

/** What a partition has belongs to its whole, where that goes too. */
function compare(before: readonly Item[], after: readonly Item[]): readonly Lost[] {
  const left = new Map(after.map((item) => [item.identity, item]));
  const goneTables = new Set(
    before.filter(({ column, identity }) => column === null && !left.has(identity)).map(({ relation }) => relation),
  );
  return before.flatMap((item) => {
    const { schema, table, column, isPartitioned, relation, parent } = item;
    const isRetyped = left.has(item.identity) && left.get(item.identity)?.type !== item.type;
    const isGone = !left.has(item.identity);
    if (!isRetyped && !isGone) return [];
    const isTold =
      column === null ? parent !== null && goneTables.has(parent) : goneTables.has(relation) || parent !== null || item.isGenerated;
    return isTold ? [] : [{ schema, table, column, isRetyped, isPartitioned }];
  });
}
