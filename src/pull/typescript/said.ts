import type { ObjectId, SchemaObject } from '../../kinds/kind.ts';

/** A TypeScript model and what it says. */
export interface Said {
  /** In the folder of the models, without its ending. */
  readonly path: string;
  readonly text: string;
  /** The objects that it makes, as it makes them: what the database has beyond that is for SQL to say. */
  readonly objects: readonly SchemaObject[];
  /** Those of them that are no part of others. */
  readonly roots: ReadonlySet<ObjectId>;
}
