import type { ObjectId } from '../kinds/kind.ts';
import { outermost } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { PlannedStatement } from '../plan/plan.ts';
import { pathsIn } from './paths.ts';
import { sqlFile, type Unchecked } from './sqlFile.ts';
import type { Said } from './typescript/said.ts';
import { sayInTypeScript } from './typescript/sayInTypeScript.ts';

/** What the models are to say, and how. */
export interface Source {
  /** What a database has before anything is made in it. */
  readonly empty: SchemaSnapshot;
  readonly live: SchemaSnapshot;
  readonly format: 'ts' | 'sql';
  readonly naming: 'snake_case' | 'verbatim';
}

/** What was learned from drafts before. */
export interface Lessons {
  /** What TypeScript could not say: tables, types and views by id. */
  readonly unsayable: ReadonlySet<ObjectId>;
  /** Routines whose bodies PostgreSQL would refuse today, with its reason. */
  readonly unchecked: Unchecked;
  /** What the statements of an earlier draft left different. */
  readonly corrections: readonly PlannedStatement[];
}

/** One file of a draft. */
export interface DraftFile {
  readonly text: string;
  /** The objects of it that are no part of others. */
  readonly objects: ReadonlySet<ObjectId>;
  /** Of an SQL file the object of each statement, by its first line. */
  readonly lines: ReadonlyMap<number, ObjectId>;
}

/** Models as they might be written: files by their path in the folder of the models. */
export type Draft = ReadonlyMap<string, DraftFile>;

/** Writes models that say what a database has: in TypeScript what that can say, and all the rest as the statements that would make it. */
export function draftModels(source: Source, lessons: Lessons): Draft {
  const { live, format } = source;
  const pathOf = pathsIn(live);
  const said = format === 'ts' ? sayInTypeScript(source, { unsayable: lessons.unsayable, pathOf }) : [];
  const rest = makePlan(beginning(source, said), live).statements;
  const files = new Map<string, DraftFile>(said.map(({ path, text, roots }) => [`${path}.ts`, { text, objects: roots, lines: new Map() }]));
  const byPath = Map.groupBy([...rest, ...lessons.corrections], ({ object }) => pathOf(object));
  for (const [path, statements] of byPath) {
    const objects = new Set(statements.map(({ object }) => outermost(object, live).id));
    files.set(`${path}.sql`, { ...sqlFile(statements, lessons.unchecked), objects });
  }
  return new Map([...files].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The state from which the statements of SQL files start: what is there anyway, and what TypeScript says. */
function beginning({ empty, live }: Source, said: readonly Said[]): SchemaSnapshot {
  const objects = new Map([...empty.objects, ...said.flatMap(({ objects }) => objects.map((object) => [object.id, object] as const))]);
  return {
    ...empty,
    objects,
    needs: new Map([...empty.needs, ...live.needs]),
    notes: new Map([...empty.notes, ...live.notes]),
    patch: undefined,
  };
}
