import type { SchemaObject } from '../kinds/kind.ts';
import { ownRoot } from '../kinds/root.ts';
import { plural, snakeCase } from '../seed/words.ts';

/** Where an object is written, before its name is made one that a file can have. */
export interface Home {
  /** Undefined for what belongs to the database and not to a schema. */
  readonly schema: string | undefined;
  /** A folder for what has a file of its own and is no table; undefined for all others. */
  readonly folder: string | undefined;
  /** The name of the file, without its ending. */
  readonly stem: string;
  /** Whether it is named after its object, and not after a kind. */
  readonly isOwn: boolean;
}

const FOLDERS: Readonly<Record<string, string>> = {
  view: 'views',
  'materialized view': 'views',
  routine: 'functions',
  aggregate: 'functions',
};

/** Kinds that share a file with others: a reader looks for a type, whatever sort of type it is. */
const SHARED: Readonly<Record<string, string>> = {
  enum: 'types',
  domain: 'types',
  'composite type': 'types',
  'base type': 'types',
  range: 'types',
  schema: 'schema',
};

const TABLES = ['table', 'foreign table'];

/** The file of an object that is no part of another: a table, a view and a routine have one of their own, all others share one a kind. */
export function homeOf(object: SchemaObject, schema: string | undefined): Home {
  const folder = FOLDERS[object.kind];
  const own = folder === undefined && !TABLES.includes(object.kind) ? undefined : ownRoot(object)?.name;
  return { schema, folder, stem: own ?? SHARED[object.kind] ?? plural(snakeCase(object.kind)), isOwn: own !== undefined };
}
