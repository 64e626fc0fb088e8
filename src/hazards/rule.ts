import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { ReadStatement } from './readStatement.ts';

/** What is in danger: others who wait, rows, the application that runs, who may do what; `advice` is worth knowing and endangers nobody. */
export type Danger = 'locks' | 'data' | 'application' | 'access' | 'advice';

/** A migration as rules look at it. */
export interface ReadMigration {
  readonly statements: readonly ReadStatement[];
  /** False where each statement is a transaction of its own. */
  readonly transaction: boolean;
}

/** A statement in its migration. */
export interface Place {
  readonly statement: ReadStatement;
  /** Its place among the statements, from 0. */
  readonly index: number;
  readonly migration: ReadMigration;
  /** True for a table that the migration itself makes before: nobody waits for it, and it has no rows. */
  readonly isNew: (table: string) => boolean;
  /** The schema that the migration starts from, where it is known. */
  readonly schema: SchemaSnapshot | undefined;
}

/**
 * What fastpyd itself does about a statement that a person would have to write otherwise: `planned`, its plans never have it; `made`, they have it
 * in its safe form where that is wanted; `partly`, where nothing stands in the way; `apart`, in its safe form a migration has each statement in a transaction of its own, which is all that helps.
 * Absent: nothing, what to do instead is advice.
 */
export type Remedy = 'planned' | 'made' | 'partly' | 'apart';

/** One thing that is known to go wrong. */
export interface Rule {
  /** In capitals, e.g. `INDEX_BLOCKS_WRITES`: consent and silence name it. */
  readonly name: string;
  readonly danger: Danger;
  /** Why it hurts, a sentence. */
  readonly reason: string;
  /** What to do instead, a sentence. */
  readonly instead: string;
  readonly remedy?: Remedy | undefined;
  /** The objects of the statement that it hurts, as they are written; empty where it does not. */
  readonly find: (place: Place) => readonly string[];
}

/** A name as SQL text has it once its tokens stand apart: `app . posts`, `"Odd name"`. */
export const NAME = String.raw`(?:"(?:[^"]|"")*"|[\w$\u0080-\uffff]+)(?: \. (?:"(?:[^"]|"")*"|[\w$\u0080-\uffff]+))*`;

/** Matches a text whose `<name>` stands for a name; other blanks are as in `ReadStatement.text`. */
export const pattern = (text: string): RegExp => new RegExp(text.replaceAll('<name>', `(${NAME})`).replaceAll('<any>', `(?:${NAME})`));

/** A name as it is said: without the blanks around its dots, and without quotes. */
export const said = (name: string): string =>
  name.replaceAll(' . ', '.').replaceAll(/"((?:[^"]|"")*)"/g, (_, inner: string) => inner.replaceAll('""', '"'));

/** Finds what a whole statement says; its object is the first `<name>`. Tables that are new are in no danger. */
export function inStatement(text: string, unless?: RegExp): Rule['find'] {
  const wanted = pattern(text);
  return ({ statement, isNew }) => {
    const found = wanted.exec(statement.text);
    if (found === null || unless?.test(statement.text)) return [];
    const name = said(found[1] ?? statement.text.split(' ').slice(0, 2).join(' ').toUpperCase());
    return isNew(name) ? [] : [name];
  };
}

/** Finds what an action of ALTER TABLE says; its object is the first `<name>` of it, within its table, or the table. */
export function inAction(text: string, unless?: RegExp): Rule['find'] {
  const wanted = pattern(text);
  return ({ statement: { table, actions }, isNew }) =>
    isNew(table)
      ? []
      : actions.flatMap((action) => {
          const found = unless?.test(action) ? null : wanted.exec(action);
          return found === null ? [] : [found[1] === undefined ? table : `${table}.${said(found[1])}`];
        });
}

/** Both, or more. */
export const anyOf =
  (...finds: readonly Rule['find'][]): Rule['find'] =>
  (place) =>
    finds.flatMap((find) => find(place));
