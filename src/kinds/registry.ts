import { columns } from './columns.ts';
import { comments } from './comments.ts';
import { constraints } from './constraints.ts';
import { defaults } from './defaults.ts';
import { domains } from './domains.ts';
import { enums } from './enums.ts';
import { extensions } from './extensions.ts';
import { indexAttachments } from './indexAttachments.ts';
import { indexes } from './indexes.ts';
import type { SchemaKind, SchemaObject } from './kind.ts';
import { materializedViews } from './materializedViews.ts';
import { partitions } from './partitions.ts';
import { replicaIdentities } from './replicaIdentities.ts';
import { routines } from './routines.ts';
import { schemas } from './schemas.ts';
import { sequences } from './sequences.ts';
import { tables } from './tables.ts';
import { triggers } from './triggers.ts';
import { views } from './views.ts';

/** The name of every kind that is modelled. */
export type KindName = string;

const registered = [
  schemas,
  tables,
  columns,
  defaults,
  constraints,
  indexes,
  partitions,
  indexAttachments,
  replicaIdentities,
  comments,
  domains,
  enums,
  extensions,
  materializedViews,
  routines,
  sequences,
  triggers,
  views,
];

/** Every kind that is modelled, by name; a new kind is one line here. */
export const registry: ReadonlyMap<string, SchemaKind<any>> = new Map(registered.map((kind) => [kind.name, kind as SchemaKind<any>]));

/** The kind of an object. */
export const kindOf = (object: SchemaObject): SchemaKind<any> => {
  const kind = registry.get(object.kind);
  if (kind === undefined) throw new Error(`no kind "${object.kind}" is registered`);
  return kind;
};
