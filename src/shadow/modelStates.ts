import { isDeepStrictEqual } from 'node:util';
import type { ScratchDatabase } from '../database/scratch.ts';
import { FastpyError } from '../errors.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { modelSet } from '../model/modelSet.ts';
import type { ModelSet } from '../model/statement.ts';
import { loadBase, saveBase } from './baseFile.ts';
import { materialise } from './materialise.ts';
import { contentOf } from './partScope.ts';
import type { State, States } from './states.ts';
import { ASIDE } from './tearDown.ts';
import { Workbench } from './workbench.ts';

/** What models describe, as PostgreSQL understood it. */
export interface Desired {
  readonly snapshot: SchemaSnapshot;
  readonly warnings: readonly string[];
}

/** What an earlier process made whole. */
export interface Earlier {
  readonly state: State;
  readonly models: ModelSet;
}

/** Makes models real in the shadow: a first set of models whole, in a database of its own; later ones by what changed since. */
export class ModelStates {
  readonly #states: States;
  #bench: Workbench | undefined;
  /** Lets the database of the bench go. */
  #release: () => void = () => undefined;
  #earlier: Promise<Earlier | undefined> | undefined;
  #joining: Promise<void> | undefined;
  #last: { readonly models: ModelSet; readonly desired: Desired } | undefined;

  constructor(states: States) {
    this.#states = states;
  }

  /**
   * What the models describe.
   * @param signal  ends the work before everything is made anew
   * @throws MODEL_REJECTED
   * @throws MODEL_DUPLICATE
   */
  async get(models: ModelSet, signal?: AbortSignal): Promise<Desired> {
    if (this.#last !== undefined && isSame(this.#last.models, models)) return this.#last.desired;
    this.#joining ??= this.#join(models);
    await this.#joining;
    const snapshot = await this.#edited(models);
    signal?.throwIfAborted();
    const desired = snapshot === undefined ? await this.#whole(models) : { snapshot, warnings: [] };
    this.#last = { models, desired };
    return desired;
  }

  /** A bench whose connection was lost has lost every edit: then it is made anew too. */
  async #edited(models: ModelSet): Promise<SchemaSnapshot | undefined> {
    try {
      return await this.#bench?.change(models);
    } catch (error) {
      if (!(error instanceof FastpyError) || error.code !== 'DATABASE_UNREACHABLE') throw error;
      this.close();
      return undefined;
    }
  }

  /**
   * Takes up what an earlier process made whole, while the models are being loaded somewhere else.
   * @returns undefined where there is none that can be used
   */
  prepare(): Promise<Earlier | undefined> {
    this.#earlier ??= this.#takeUp().catch(() => undefined);
    return this.#earlier;
  }

  /** Makes ready for edits what would otherwise be made ready by the first one. */
  async warm(): Promise<void> {
    await this.#bench?.warm();
  }

  close(): void {
    this.#bench?.close();
    this.#bench = undefined;
    this.#release();
  }

  /** A database in which the models are real as fresh work makes them. The bench, whose edits hold locks there, goes. */
  fresh(models: ModelSet): Promise<State> {
    this.close();
    return this.#make(models);
  }

  #make(models: ModelSet): Promise<State> {
    return this.#states.get(['models', ...models.statements.map(contentOf)], (database) => makeWhole(database, models));
  }

  async #whole(models: ModelSet): Promise<Desired> {
    const state = await this.#make(models);
    // Whose settings were ignored, and where that was said, only the whole tells.
    this.close();
    if (state.warnings.length > 0) return state;
    this.#open(state, models);
    if (this.#states.folder !== undefined) saveBase(this.#states.folder, { key: state.key, models }).catch(() => undefined);
    return state;
  }

  #open(state: State, models: ModelSet): void {
    this.#release = this.#states.hold(state);
    this.#bench = new Workbench(state, models);
  }

  /** Goes on from what an earlier process made whole, to which these models are compared at a glance from now on. */
  async #join(models: ModelSet): Promise<void> {
    const earlier = await this.prepare();
    if (earlier === undefined) return;
    const shared = withPartsOf(models, earlier.models);
    if (isSame(shared, earlier.models)) return;
    this.close();
    this.#open(earlier.state, shared);
  }

  async #takeUp(): Promise<Earlier | undefined> {
    const earlier = await this.#findEarlier();
    if (earlier === undefined) return undefined;
    this.#open(earlier.state, earlier.models);
    await this.warm();
    return earlier;
  }

  async #findEarlier(): Promise<Earlier | undefined> {
    const base = this.#states.folder === undefined ? undefined : await loadBase(this.#states.folder);
    const state = base && (await this.#states.kept(base.key));
    return base && state?.warnings.length === 0 ? { state, models: base.models } : undefined;
  }
}

/** The other models, with the very parts of the first wherever they say the same. */
function withPartsOf(models: ModelSet, others: ModelSet): ModelSet {
  const shared = [...others.parts.values()].map((part) => {
    const known = models.parts.get(part.file);
    return known !== undefined && isDeepStrictEqual(known, part) ? known : part;
  });
  return modelSet(shared);
}

async function makeWhole(database: ScratchDatabase, models: ModelSet): Promise<readonly string[]> {
  const warnings = await materialise(database, models);
  await database.session((session) => session.query(`CREATE SCHEMA IF NOT EXISTS ${ASIDE}`));
  return warnings;
}

const isSame = (one: ModelSet, other: ModelSet): boolean =>
  one === other || (one.parts.size === other.parts.size && [...one.parts].every(([file, part]) => other.parts.get(file) === part));
