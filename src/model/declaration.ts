import type { Place } from './place.ts';

/** The key under which a declaration carries what the loader needs; shared by all copies of this module. */
export const DECLARATION = Symbol.for('fastpyd.declaration');

/**
 * Which statements come first: an order that seldom needs a second try, since the shadow tries again whatever came too early.
 */
export const STAGES = {
  role: 0,
  schema: 1,
  extension: 2,
  type: 3,
  sequence: 4,
  table: 5,
  constraint: 6,
  index: 7,
  foreignKey: 8,
  routine: 9,
  view: 10,
  attached: 11,
  /** Before privileges, which are relative to it. */
  owner: 12,
  comment: 13,
} as const;

/** The stage of every statement of a SQL model: behind the TypeScript ones, in the order of its file. */
export const SQL_STAGE = STAGES.comment + 1;

/** One statement of a declaration. */
export interface DeclaredStatement {
  readonly sql: string;
  readonly stage: number;
  readonly place: Place;
}

/** A rename that a declaration states; `to` is dotted, `from` a bare name, or a dotted one of another schema. */
export interface StatedRename {
  readonly to: string;
  readonly from: string;
  readonly place: Place;
  /** It is no rename: `from` is a value that goes, and rows that have it get `to`. */
  readonly isMap?: boolean | undefined;
}

/** What a declaration asks for, written out when all model files are loaded. */
export interface DeclarationContent {
  /** `table public.posts`; two declarations with the same one are an error. Undefined where doubles are fine. */
  readonly object: string | undefined;
  readonly place: Place;
  readonly statements: () => readonly DeclaredStatement[];
  readonly renames: () => readonly StatedRename[];
}

/** Anything that a model file can export and that asks for something in the schema. */
export interface Declaration {
  readonly [DECLARATION]: DeclarationContent;
}

/** The content of a declaration; undefined for any other value. */
export function declarationContent(value: unknown): DeclarationContent | undefined {
  const isObject = (typeof value === 'object' || typeof value === 'function') && value !== null;
  return isObject && DECLARATION in value ? (value as Declaration)[DECLARATION] : undefined;
}
