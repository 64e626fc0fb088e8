import { type Held, hold } from '../database/held.ts';
import type { ScratchDatabase, ScratchSession } from '../database/scratch.ts';
import { FastpyError } from '../errors.ts';
import { BEGIN_READING, END_READING, readRoots } from '../introspect/introspect.ts';
import { namedIn } from '../kinds/lookup.ts';
import { type Root, rootKey, rootOf } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { ModelSet, ModelStatement } from '../model/statement.ts';
import { brokenPointers, type Closure, closureOf } from './closure.ts';
import { mayShareNames } from './madeUpNames.ts';
import { MissingRole, rematerialise } from './materialise.ts';
import { type ModelChange, ModelScope } from './modelScope.ts';
import type { State } from './states.ts';
import { tearDown } from './tearDown.ts';

/** Beyond this many roots everything is made anew sooner than a part of it. */
const MANY_ROOTS = 200;

/** What an edit is begun and ended with; each leaves the savepoint of the last one behind until the next. */
const BEGIN_FIRST = `BEGIN; SET LOCAL lc_messages = 'C'; SAVEPOINT edit`;
const BEGIN_NEXT = `RELEASE SAVEPOINT edit; ${END_READING}; SAVEPOINT edit`;
const UNDO = 'ROLLBACK TO SAVEPOINT edit';

interface Edit {
  readonly models: ModelSet;
  readonly change: ModelChange;
  readonly closure: Closure;
}

/** What an edit led to. */
interface Made {
  readonly snapshot: SchemaSnapshot;
  /** The roots that it set aside, by key. */
  readonly aside: readonly string[];
}

/**
 * A database in which models are edited. What changes between two sets of models is made anew there, with everything that depends on it, and
 * read back; all of it in one transaction that is never committed, so that the database stays what it was and an edit costs what it changes.
 */
export class Workbench {
  readonly #database: ScratchDatabase;
  readonly #scope: ModelScope;
  #snapshot: SchemaSnapshot;
  /** The connection with the transaction that holds all edits. */
  #held: Promise<Held> | undefined;
  /** Roots that were set aside, by key: nothing points to what stands in their place. */
  readonly #aside = new Set<string>();

  /** @param state  where the models led */
  constructor({ database, snapshot }: State, models: ModelSet) {
    this.#database = database;
    this.#snapshot = snapshot;
    this.#scope = new ModelScope(models, (schema, name) => this.#tableOf(schema, name));
  }

  /**
   * What other models describe.
   * @returns undefined when only everything made anew will tell; the bench stays where it was, as it does when the models are refused
   * @throws MODEL_REJECTED
   */
  async change(models: ModelSet): Promise<SchemaSnapshot | undefined> {
    const change = this.#scope.changeTo(models);
    const closure = change && closureOf(this.#snapshot, change.roots);
    if (change === undefined || closure === undefined) return undefined;
    const made = change.roots.size === 0 ? { snapshot: this.#snapshot, aside: [] } : await this.#tryEdit({ models, change, closure });
    if (made === undefined) return undefined;
    this.#snapshot = made.snapshot;
    for (const key of made.aside) this.#aside.add(key);
    this.#scope.moveTo(models, change.files);
    return made.snapshot;
  }

  /** Does the work of an edit once and takes it back, so that the first real one finds everything planned, read and indexed. */
  async warm(): Promise<void> {
    const root = this.#scope.anyRoot();
    const closure = root && closureOf(this.#snapshot, new Map([[rootKey(root), root]]));
    if (closure === undefined) return;
    await this.#tryEdit({ models: this.#scope.models, change: { roots: closure.roots, files: [] }, closure });
    const { session } = (await this.#held) ?? {};
    await session?.script(UNDO);
  }

  /** Gives the connection back, which takes every edit back. */
  close(): void {
    this.#held?.then(({ release }) => release()).catch(() => undefined);
    this.#held = undefined;
  }

  /** Undone unless it led to a result. */
  async #tryEdit(edit: Edit): Promise<Made | undefined> {
    if (edit.closure.roots.size > MANY_ROOTS) return undefined;
    const begin = this.#held === undefined ? BEGIN_FIRST : BEGIN_NEXT;
    this.#held ??= hold(this.#database);
    const { session } = await this.#held;
    try {
      const made = await this.#edit(session, edit, begin);
      if (made === undefined) await session.script(UNDO);
      return made;
    } catch (error) {
      await session.script(UNDO);
      // A model that is refused is refused either way; anything else is for the whole to find out.
      if (error instanceof FastpyError && error.code === 'MODEL_REJECTED') throw error;
      return undefined;
    }
  }

  async #edit(session: ScratchSession, edit: Edit, begin: string): Promise<Made | undefined> {
    const { closure } = edit;
    const { warnings, ...made } = await this.#remake(session, edit, begin);
    const broken = brokenPointers(closure, this.#snapshot, made.snapshot);
    if (broken.size > 0) {
      const wider = closureOf(this.#snapshot, new Map([...closure.roots, ...broken]));
      return wider && this.#edit(session, { ...edit, closure: wider }, UNDO);
    }
    return warnings.length > 0 || mayShareNames(this.#snapshot, made.snapshot) ? undefined : made;
  }

  async #remake(session: ScratchSession, edit: Edit, begin: string) {
    const { models, change, closure } = edit;
    const { sql, aside } = tearDown(this.#snapshot, closure, this.#aside);
    await session.script(`${begin}; ${sql}`);
    const statements = this.#scope.statementsAbout(closure.roots, { models, files: change.files });
    const recheck = [...this.#scope.routines(models)].filter((routine) => !statements.includes(routine) && mentions(routine, closure));
    const warnings = await rematerialise(session, { statements, recheck }).catch(async (error: unknown) => {
      if (!(error instanceof MissingRole)) throw error;
      await this.#database.session((other) => other.query(error.remedy));
      await session.script(`${UNDO}; ${sql}`);
      return rematerialise(session, { statements, recheck });
    });
    await session.script(BEGIN_READING);
    return { snapshot: await readRoots(session, this.#snapshot, closure.roots.values()), warnings, aside };
  }

  #tableOf(schema: string, index: string): Root | undefined {
    const objects = namedIn(this.#snapshot)(`${schema}.${index}`).flatMap((id) => this.#snapshot.objects.get(id) ?? []);
    const found = objects.find(({ kind }) => kind === 'index');
    return found && rootOf(found, this.#snapshot);
  }
}

/** PostgreSQL does not record what the text of a routine's body names. */
const mentions = ({ sql }: ModelStatement, { roots }: Closure): boolean =>
  [...roots.values()].some(({ name }) => sql.toLowerCase().includes(name.toLowerCase()));
