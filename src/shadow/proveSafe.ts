import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { SqlError } from '../database/sqlError.ts';
import { diffSnapshots, type Operation } from '../diff/diffSnapshots.ts';
import type { View } from '../diff/managed.ts';
import { isAboutRoles, withoutRoles } from '../diff/roles.ts';
import { introspect } from '../introspect/introspect.ts';
import type { ObjectId } from '../kinds/kind.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { PlannedStatement } from '../plan/plan.ts';
import { makeSafe, type SafeStatement } from '../plan/safe/makeSafe.ts';
import type { SafePlace } from '../plan/safe/safeForm.ts';
import { observeStatements } from './observe.ts';
import type { ProvenPlan } from './provePlan.ts';
import type { Scratch } from './shadow.ts';

/** A proven plan that is to get its safe form. */
export interface SafeTask {
  readonly proven: ProvenPlan;
  /** Where the way up begins, as it is managed. */
  readonly from: SchemaSnapshot;
  /** The same behind the renames. */
  readonly start: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly view: View;
  readonly renames: { readonly up: readonly string[]; readonly down: readonly string[] };
  /** Of the oldest server that has to understand it. */
  readonly majorVersion: number;
  /** A database that stands where the way up begins; undefined where there can be none. */
  readonly copy: () => Promise<Scratch | undefined>;
}

/** What became of it. */
export interface SafeWay {
  /** Both ways, statement by statement, without the renames; undefined where the plan stays as it is. */
  readonly statements: { readonly up: readonly SafeStatement[]; readonly down: readonly SafeStatement[] } | undefined;
  /** Why something stays as it is planned, one sentence each. */
  readonly warnings: readonly string[];
}

/** Each try leaves one object as it is planned. */
const TRIES = 12;

/**
 * Gives a plan its safe form, executes that in a copy of the database where it begins, each statement by itself as a migration without a
 * transaction does, and takes it only where it leads to the catalog that the plan leads to, and back. What does not stays as it is planned.
 */
export async function proveSafe(task: SafeTask): Promise<SafeWay> {
  const places = await placesOf(task);
  const except = new Set<ObjectId>();
  const warnings: string[] = [];
  for (let tries = 0; tries < TRIES; tries++) {
    const statements = { up: makeSafe(places.up, except), down: makeSafe(places.down, except) };
    if (!statements.up.some(({ isForm }) => isForm)) return { statements: undefined, warnings };
    const torn = tornApart(statements.up, places.up) ?? tornApart(statements.down, places.down);
    const failure = torn ?? (await inCopy(task, (database) => perform(database, task, statements)));
    if (failure === undefined) return { statements, warnings };
    warnings.push(...failure.reasons);
    if (failure.objects.length === 0) return { statements: undefined, warnings };
    for (const id of failure.objects) except.add(id);
  }
  return { statements: undefined, warnings };
}

/** Why it did not go well, and whose statements are to stay as they are planned; none where that is to be all. */
interface Failure {
  readonly objects: readonly ObjectId[];
  readonly reasons: readonly string[];
}

const ALL_STAYS = 'the migration stays as it is planned, without safe forms';

/** What nobody misses for a moment. */
const HARMLESS = ['comment', 'statistics'];

/** Is something dropped and made again that others would meet gone in between, were each statement a transaction of its own? */
function tornApart(statements: readonly SafeStatement[], { plan }: SafePlace): Failure | undefined {
  const torn = statements.find(({ planned: { object }, isForm }) => {
    const type = plan.actions.get(object.id)?.type;
    return !isForm && (type === 'replace' || type === 'swap') && !HARMLESS.includes(object.kind);
  })?.planned.object;
  if (torn === undefined) return undefined;
  const why = `${torn.kind} ${torn.name} is made anew, and would be gone for others in between`;
  return { objects: [], reasons: [`${ALL_STAYS}: ${why}; they are made for the rest in a migration of its own`] };
}

async function inCopy(task: SafeTask, work: (database: ScratchDatabase) => Promise<Failure | undefined>): Promise<Failure | undefined> {
  const scratch = await task.copy();
  if (scratch === undefined) return { objects: [], reasons: [`${ALL_STAYS}: the scratch server has no copy of the schema to try them in`] };
  return work(scratch.database).finally(() => scratch.drop());
}

type Statements = NonNullable<SafeWay['statements']>;

async function perform(database: ScratchDatabase, { from, to, view, renames }: SafeTask, { up, down }: Statements) {
  return database.session(async (session): Promise<Failure | undefined> => {
    for (const sql of renames.up) await session.query(sql);
    const failedUp =
      (await runAll(session, up)) ?? missed(diffSnapshots(withoutRoles(view(await introspect(session))), withoutRoles(to)), up);
    if (failedUp !== undefined) return failedUp;
    const refusedDown = await runAll(session, down);
    if (refusedDown !== undefined) return refusedDown;
    for (const sql of renames.down) await session.query(sql);
    return missed(diffSnapshots(withoutRoles(view(await introspect(session))), withoutRoles(from)), down);
  });
}

/** Roles belong to the server, and are proved apart. */
async function runAll(session: ScratchSession, statements: readonly SafeStatement[]): Promise<Failure | undefined> {
  for (const statement of statements) {
    if (isAboutRoles(statement.planned.object)) continue;
    const error = await refusal(session, statement.sql);
    if (error !== undefined) return refused(statement, error);
  }
  return undefined;
}

const refusal = (session: ScratchSession, sql: string): Promise<SqlError | undefined> =>
  session.query(sql).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof SqlError) return error;
      throw error;
    },
  );

function refused({ planned: { object }, isForm }: SafeStatement, error: SqlError): Failure {
  if (!isForm)
    return { objects: [], reasons: [`${ALL_STAYS}: ${object.kind} ${object.name} refuses to be apart from the rest (${error.message})`] };
  return {
    objects: [object.id],
    reasons: [`${object.kind} ${object.name} stays as it is planned: its safe form is refused (${error.message})`],
  };
}

/** Objects that came out otherwise stay as they are planned; where none of them has a form, all do. */
function missed(left: readonly Operation[], statements: readonly SafeStatement[]): Failure | undefined {
  if (left.length === 0) return undefined;
  const ids = new Set(left.map(({ id }) => id));
  const objects = [
    ...new Set(statements.filter(({ isForm, planned }) => isForm && ids.has(planned.object.id)).map(({ planned }) => planned.object)),
  ];
  if (objects.length === 0) return { objects: [], reasons: [`${ALL_STAYS}: they leave ${[...ids].slice(0, 5).join(', ')} different`] };
  const reasons = objects.map(({ kind, name }) => `${kind} ${name} stays as it is planned: its safe form leaves it different`);
  return { objects: objects.map(({ id }) => id), reasons };
}

/** Only a try shows which new columns, and which changes of a type, are written into every row. */
const mayRewrite = ({ sql, object }: PlannedStatement): boolean =>
  object.kind === 'column' && / ADD COLUMN .* DEFAULT | ALTER COLUMN .* TYPE /s.test(sql);

async function placesOf(task: SafeTask): Promise<{ readonly up: SafePlace; readonly down: SafePlace }> {
  const { proven, start, to, majorVersion } = task;
  const rewriting = await rewritingStatements(task);
  const rewrites = (statement: PlannedStatement): boolean => rewriting.has(statement);
  return {
    up: { plan: proven.up, from: start, to, majorVersion, rewrites },
    down: { plan: proven.down, from: to, to: start, majorVersion, rewrites },
  };
}

async function rewritingStatements({ proven, renames, copy }: SafeTask): Promise<ReadonlySet<PlannedStatement>> {
  const planned = [...proven.up.statements, ...proven.down.statements].filter(({ object }) => !isAboutRoles(object));
  const scratch = planned.some(mayRewrite) ? await copy() : undefined;
  if (scratch === undefined) return new Set();
  try {
    const observed = await observeStatements(scratch.database, [...renames.up, ...planned.map(({ sql }) => sql)]);
    const own = observed.slice(renames.up.length);
    return new Set(planned.filter((_, index) => (own[index]?.rewritten.length ?? 0) > 0));
  } catch (error) {
    if (error instanceof SqlError) return new Set();
    throw error;
  } finally {
    await scratch.drop();
  }
}
