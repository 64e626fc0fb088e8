import { quote } from './identifier.ts';
import type { ObjectId, SchemaObject } from './kind.ts';

/**
 * Is it a part that is described, and no object of its own: a column of a view, a check of a domain, the index behind a key?
 * Columns of tables and other indexes are objects.
 */
export const isPart = (owner: SchemaObject, part: string | null): part is string =>
  part !== null && owner.kind !== 'column' && owner.kind !== 'index';

/** The id of what describes an object of any kind, or a part of one: its comment, its privileges. */
export const describedId = (kind: string, owner: SchemaObject, part: string | null): ObjectId =>
  `${kind}:${owner.id}${isPart(owner, part) ? `/${quote(part)}` : ''}`;
