/**
 * The picture of ARCHITECTURE.md as code, one call per arrow: models become a state of the shadow, so does the history,
 * their difference becomes a plan, the plan is proved in both directions, and only then is it a suggestion.
 */
import type { Target } from './commands/target.ts';
import { SqlError } from './database/sqlError.ts';
import { keepOwners } from './diff/keepOwners.ts';
import { managedView, unmanaged, type View } from './diff/managed.ts';
import type { RenameRequest } from './diff/renames.ts';
import { withRoles } from './diff/roles.ts';
import { type MapRequest, type ValueMap, valueMaps } from './diff/valueMaps.ts';
import { FastpyError } from './errors.ts';
import type { SchemaSnapshot } from './kinds/snapshot.ts';
import { statedOwners } from './load/statedOwners.ts';
import type { Migration } from './migration/migrationFile.ts';
import { replay } from './migration/replay.ts';
import type { DeclaredRename, ModelSet } from './model/statement.ts';
import { describeChanges, proposeMessage } from './plan/describePlan.ts';
import type { ChangeInfo, Reversibility } from './protocol/methods.ts';
import { type AppliedRenames, applyRenames } from './shadow/applyRenames.ts';
import type { ModelStates } from './shadow/modelStates.ts';
import { type ProvenPlan, provePlan } from './shadow/provePlan.ts';
import { proveRoles, roleEnds, rolesLeft } from './shadow/proveRoles.ts';
import type { State } from './shadow/states.ts';

/** A verified way from the head of history to the models. */
export interface Suggestion {
  /** The head of history, behind the renames. */
  readonly head: SchemaSnapshot;
  /** The statements of the renames, which come first in `up`. */
  readonly renames: readonly string[];
  /** What they rename and who said so, one sentence each. */
  readonly renamed: readonly string[];
  /** What rows get whose value goes from its type. */
  readonly mapped: readonly ValueMap[];
  readonly desired: SchemaSnapshot;
  readonly proven: ProvenPlan;
  readonly changes: readonly ChangeInfo[];
  readonly message: string;
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** False where a statement refuses to run inside a transaction block, or is to be seen by others before the next one. */
  readonly transactional: boolean;
  readonly reversible: Reversibility;
  readonly warnings: readonly string[];
}

/** What the pipeline starts from. */
export interface Sources {
  /** Where history leads. */
  readonly head: State;
  readonly models: ModelSet;
  /** The managed schemas of the settings. */
  readonly schemas: readonly string[];
  /** Renames that a person stated by flag; the models' own are added. */
  readonly renames?: readonly RenameRequest[] | undefined;
  /** What a person stated by flag that rows get whose value goes from its type; the models' own are added. */
  readonly maps?: readonly MapRequest[] | undefined;
  /** Expressions that fill new required columns of tables with rows, by the column's dotted name. */
  readonly fill?: ReadonlyMap<string, string> | undefined;
  /** What the migrations say of managed roles. */
  readonly roleHistory?: readonly string[] | undefined;
  /** Ends the work between two of its steps. */
  readonly signal?: AbortSignal | undefined;
}

/** The same list for the same history, whose key in the states is then known already. */
const linksOf = new WeakMap<readonly Migration[], readonly string[]>();

/** migrations ─replay─▶ shadow ─introspect─▶ the state where these migrations lead. */
export function stateOf(target: Target, migrations: readonly Migration[]): Promise<State> {
  const links = linksOf.get(migrations) ?? migrations.map(({ id, checksum }) => `${id} ${checksum}`);
  linksOf.set(migrations, links);
  return target.states.chain(
    'migrations',
    links,
    async (database, done) => void (await replay(database, migrations.slice(done), { root: target.root })),
  );
}

/**
 * The verified migration from the head of history to the models; null when they agree.
 * @throws MODEL_REJECTED
 * @throws PLAN_NOT_PROVEN
 */
export async function suggest(states: ModelStates, sources: Sources): Promise<Suggestion | null> {
  const { head, models, schemas, renames = [], maps = [], fill } = sources;
  if (renames.length + maps.length > 0 || (fill?.size ?? 0) > 0) return makeSuggestion(states, sources);
  const last = lastOf.get(head);
  if (last?.states === states && last.models === models && last.schemas === schemas) return last.suggestion;
  const suggestion = await makeSuggestion(states, sources);
  lastOf.set(head, { states, models, schemas, suggestion });
  return suggestion;
}

interface Last extends Pick<Sources, 'models' | 'schemas'> {
  readonly states: ModelStates;
  readonly suggestion: Suggestion | null;
}

/** What was suggested last from each state of history, for models to which nobody had anything to add. */
const lastOf = new WeakMap<State, Last>();

async function makeSuggestion(states: ModelStates, sources: Sources): Promise<Suggestion | null> {
  const view = managedView(sources.schemas);
  const { head } = sources;
  const described = await states.get(sources.models, sources.signal);
  sources.signal?.throwIfAborted();
  const [from, to] = [view(head.snapshot), view(described.snapshot)];
  const { renames, mapped, proven, desired } = await renameAndProve({ from, to, view }, sources);
  if (proven.up.statements.length === 0 && renames.up.length === 0) return null;
  const changes = [...renames.changes, ...describeChanges(proven.up)];
  return {
    head: renames.snapshot,
    renames: renames.up,
    renamed: renames.reasons,
    mapped,
    desired,
    proven,
    changes,
    message: proposeMessage(changes),
    up: [...renames.up, ...proven.up.statements.map(({ sql }) => sql)],
    down: [...proven.down.statements.map(({ sql }) => sql), ...renames.down],
    transactional: proven.up.transactional,
    reversible: reversibility(proven),
    warnings: [...sources.models.warnings, ...described.warnings, ...scopeWarnings(described.snapshot, view)],
  };
}

/** What models and settings say that the plan leaves out. */
export function scopeWarnings(snapshot: SchemaSnapshot, view: View): readonly string[] {
  return [...unmodelledWarnings(snapshot), ...unmanagedWarnings(snapshot, view)];
}

function unmodelledWarnings(snapshot: SchemaSnapshot): readonly string[] {
  const byKind = Map.groupBy(snapshot.unmodelled, ({ kind }) => kind);
  return [...byKind].map(([kind, objects]) => {
    const names = objects.slice(0, 5).map(({ name }) => name);
    return `${objects.length} ${kind} not managed, since this kind is not modelled: ${names.join(', ')}${objects.length > names.length ? '…' : ''}`;
  });
}

function unmanagedWarnings(snapshot: SchemaSnapshot, view: View): readonly string[] {
  const left = unmanaged(snapshot, view).filter(({ kind }) => kind !== 'schema');
  if (left.length === 0) return [];
  const names = left.slice(0, 5).map(({ kind, name }) => `${kind} ${name}`);
  return [
    `${left.length} objects of the models lie outside the managed schemas and are left alone: ${names.join(', ')}; add their schemas to "schemas"`,
  ];
}

/** The renames that models state. */
export const declaredRenames = (models: ModelSet): readonly RenameRequest[] =>
  models.renames.filter(({ isMap }) => !isMap).map((rename) => ({ text: statedAt(rename), name: rename.to, declaredFrom: rename.from }));

const requestsOf = ({ models, renames = [] }: Sources): readonly RenameRequest[] => [...renames, ...declaredRenames(models)];

const mapsOf = ({ models, maps = [] }: Sources): readonly MapRequest[] => [
  ...maps,
  ...models.renames.filter(({ isMap }) => isMap).map((map) => ({ text: statedAt(map), value: map.to, declaredFrom: map.from })),
];

const statedAt = ({ file, line }: DeclaredRename): string => `stated in ${file}:${line}`;

interface Ends {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
  readonly view: View;
}

interface Way {
  readonly renames: AppliedRenames;
  readonly mapped: readonly ValueMap[];
  /** What the models describe, with the owners that they leave as they are. */
  readonly desired: SchemaSnapshot;
  readonly proven: ProvenPlan;
}

/** What costs nothing is renamed where that leads to the models; where it does not, it is made anew. */
async function renameAndProve(ends: Ends, sources: Sources): Promise<Way> {
  const [requests, maps] = [requestsOf(sources), mapsOf(sources)];
  const { head, fill, signal } = sources;
  const roleSources = { history: sources.roleHistory ?? [], models: sources.models.roles };
  const roles = await roleEnds(head.database, roleSources);
  const prove = async (free: boolean): Promise<Way> => {
    const renames = await applyRenames(head.database, { ...ends, requests, free });
    signal?.throwIfAborted();
    const desired = keepOwners(ends.to, renames.snapshot, { stating: 'snapshot', stated: () => statedOwners(sources.models.statements) });
    const mapped = valueMaps(maps, renames.snapshot, desired);
    if (roles.from.length + roles.to.length === 0)
      return { renames, mapped, desired, proven: await provePlan(head.database, { ...ends, to: desired, renames, fill, mapped }) };
    const start = { ...renames, snapshot: withRoles(renames.snapshot, roles.from) };
    const way = { renames: start, mapped, desired: withRoles(desired, roles.to) };
    const back = withRoles(renames.snapshot, rolesLeft(roles));
    const proven = await provePlan(head.database, { ...ends, to: way.desired, renames: start, fill, mapped, back });
    await proveRoles(head.database, proven, { ...roleSources, ...roles });
    return { ...way, proven };
  };
  return prove(true).catch((error: unknown) => {
    if (!isAboutRenames(error)) throw error;
    return prove(false);
  });
}

const isAboutRenames = (error: unknown): boolean =>
  error instanceof SqlError || (error instanceof FastpyError && error.code === 'PLAN_NOT_PROVEN');

const losesData = (proven: ProvenPlan, direction: 'up' | 'down'): boolean =>
  proven[direction].statements.some(({ hazards = [] }) => hazards.some(({ name }) => name === 'DELETES_DATA' || name === 'MERGES_VALUES'));

/** The catalog always comes back, or the plan would not be proven; rows that the way up deletes do not. */
const reversibility = (proven: ProvenPlan): Reversibility => (losesData(proven, 'up') ? 'lossy' : 'exact');
