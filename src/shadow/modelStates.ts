import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { FastpyError } from '../errors.ts';
import { introspectRoots } from '../introspect/introspect.ts';
import type { SchemaObject } from '../kinds/kind.ts';
import { indexBy, namedIn } from '../kinds/lookup.ts';
import { patchedIds } from '../kinds/patch.ts';
import { kindOf } from '../kinds/registry.ts';
import { outermost, ownRoot, type Root, rootOf } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { ModelSet, ModelStatement } from '../model/statement.ts';
import { brokenPointers, type Closure, closureOf } from './closure.ts';
import { materialise, rematerialise } from './materialise.ts';
import { type ModelChange, ModelScope } from './modelScope.ts';
import { contentOf } from './partScope.ts';
import { inDiscardedTransaction } from './rehearse.ts';
import type { State, States } from './states.ts';
import { ASIDE, tearDown } from './tearDown.ts';

/** What models describe, as PostgreSQL understood it. */
export interface Desired {
  readonly snapshot: SchemaSnapshot;
  readonly warnings: readonly string[];
}

interface Base {
  readonly scope: ModelScope;
  readonly state: State;
}

/** Beyond this many roots everything is made anew sooner than a part of it. */
const MANY_ROOTS = 200;

/**
 * Makes models real in the shadow. A first set of models is made whole, in a database of its own; for later ones only what changed since
 * is made anew in there, in a transaction that is rolled back, and read back in part.
 */
export class ModelStates {
  readonly #states: States;
  #base: Base | undefined;
  #last: { readonly models: ModelSet; readonly desired: Desired } | undefined;

  constructor(states: States) {
    this.#states = states;
  }

  /**
   * What the models describe.
   * @throws MODEL_REJECTED
   * @throws MODEL_DUPLICATE
   */
  async get(models: ModelSet): Promise<Desired> {
    if (this.#last !== undefined && isSame(this.#last.models, models)) return this.#last.desired;
    const desired = (await this.#changed(models)) ?? (await this.#whole(models));
    this.#last = { models, desired };
    return desired;
  }

  async #whole(models: ModelSet): Promise<Desired> {
    const state = await this.#states.get(['models', ...models.statements.map(contentOf)], (database) => makeWhole(database, models));
    this.#base = { scope: new ModelScope(models, (schema, name) => tableOfIndex(state.snapshot, schema, name)), state };
    return state;
  }

  async #changed(models: ModelSet): Promise<Desired | undefined> {
    const base = this.#base;
    const change = base?.scope.changeTo(models);
    // Whose settings were ignored, and where that was said, only the whole tells.
    if (base === undefined || change === undefined || base.state.warnings.length > 0) return undefined;
    if (change.roots.size === 0) return base.state;
    const closure = closureOf(base.state.snapshot, change.roots);
    if (closure === undefined || closure.roots.size > MANY_ROOTS) return undefined;
    return remake(base, { models, change, closure });
  }
}

async function makeWhole(database: ScratchDatabase, models: ModelSet): Promise<readonly string[]> {
  const warnings = await materialise(database, models);
  await database.session((session) => session.query(`CREATE SCHEMA IF NOT EXISTS ${ASIDE}`));
  return warnings;
}

const isSame = (one: ModelSet, other: ModelSet): boolean =>
  one.parts.size === other.parts.size && [...one.parts].every(([file, part]) => other.parts.get(file) === part);

function tableOfIndex(snapshot: SchemaSnapshot, schema: string, name: string): Root | undefined {
  const objects = namedIn(snapshot)(`${schema}.${name}`).flatMap((id) => snapshot.objects.get(id) ?? []);
  const index = objects.find(({ kind }) => kind === 'index');
  return index && rootOf(outermost(index, snapshot), snapshot);
}

interface Remaking {
  readonly models: ModelSet;
  readonly change: ModelChange;
  readonly closure: Closure;
}

/** @returns undefined when the whole has to tell */
async function remake(base: Base, remaking: Remaking): Promise<Desired | undefined> {
  const { snapshot } = base.state;
  const { models, change, closure } = remaking;
  try {
    const made = await inDiscardedTransaction(base.state.database, (session) => remakeIn(session, base, remaking), 'BEGIN');
    const broken = brokenPointers(closure, snapshot, made.snapshot);
    if (broken.size > 0) {
      const wider = closureOf(snapshot, new Map([...closure.roots, ...broken]));
      return wider && remake(base, { models, change, closure: wider });
    }
    return made.warnings.length > 0 || mayShareNames(snapshot, made.snapshot) ? undefined : made;
  } catch (error) {
    // A model that is refused is refused either way; anything else is for the whole to find out.
    if (error instanceof FastpyError && error.code === 'MODEL_REJECTED') throw error;
    return undefined;
  }
}

async function remakeIn(session: ScratchSession, { scope, state }: Base, { models, change, closure }: Remaking): Promise<Desired> {
  await session.script(tearDown(state.snapshot, closure));
  const statements = scope.statementsAbout(closure.roots, { models, files: change.files });
  const recheck = [...scope.routines(models)].filter((routine) => !statements.includes(routine) && mentions(routine, closure));
  const warnings = await rematerialise(session, { statements, recheck });
  return { snapshot: await introspectRoots(session, state.snapshot, closure.roots.values()), warnings };
}

/** PostgreSQL does not record what the text of a routine's body names. */
const mentions = ({ sql }: ModelStatement, { roots }: Closure): boolean =>
  [...roots.values()].some(({ name }) => sql.toLowerCase().includes(name.toLowerCase()));

/**
 * PostgreSQL numbers the names it makes up, `posts_a_idx1`, in the order in which they are made: where a name came or went that another
 * table may have wanted too, only the whole tells who has which.
 */
function mayShareNames(before: SchemaSnapshot, after: SchemaSnapshot): boolean {
  const differing = patchedIds(after).filter((id) => before.objects.has(id) !== after.objects.has(id));
  return differing.some((id) => {
    const snapshot = before.objects.has(id) ? after : before;
    const object = before.objects.get(id) ?? after.objects.get(id);
    return object !== undefined && ownRoot(object) === undefined && claimsOf(object).some((claim) => hasTwin(claim, snapshot));
  });
}

const claimsOf = (object: SchemaObject): readonly string[] => kindOf(object).claims?.(object) ?? [];

const claimedIn = indexBy(claimsOf);

/** Does another object have the same name but for a number at its end? */
function hasTwin(claim: string, snapshot: SchemaSnapshot): boolean {
  const claimed = claimedIn(snapshot);
  const bare = claim.replace(/\d+$/, '');
  return claimed(bare === claim ? `${claim}1` : bare).length > 0;
}
