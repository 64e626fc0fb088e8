import { schemaOf } from '../diff/managed.ts';
import { qualify } from '../kinds/identifier.ts';
import type { SchemaObject } from '../kinds/kind.ts';
import { outermost } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { DistinctPaths } from './distinctPaths.ts';
import { homeOf } from './homes.ts';

/** The path of the file that an object is written to, in the folder of the models and without its ending. */
export type PathOf = (object: SchemaObject) => string;

/**
 * Gives all that a database has its files: those of one schema lie beside each other, those of several have a folder a schema. None depends on
 * the format or on what was learned of it.
 */
export function pathsIn(live: SchemaSnapshot): PathOf {
  const roots = [...live.objects.values()].filter((object) => outermost(object, live) === object);
  // Default privileges for every schema say null.
  const schemaIn = (object: SchemaObject): string | undefined => schemaOf(object, live) ?? undefined;
  const schemas = new Set(roots.flatMap((object) => schemaIn(object) ?? []));
  const paths = new DistinctPaths(schemas.size > 1);
  const wholeOf = wholesIn(live);
  const pathOf: PathOf = (object) => {
    const whole = wholeOf(outermost(object, live));
    return paths.of(homeOf(whole, schemaIn(whole)));
  };
  for (const object of roots.toSorted(comparePlaces)) pathOf(object);
  return pathOf;
}

/** A table keeps its name before anything that shares it. */
const comparePlaces = (one: SchemaObject, other: SchemaObject): number =>
  Number(other.kind === 'table') - Number(one.kind === 'table') || (one.id < other.id ? -1 : 1);

type Named = SchemaObject & { readonly schema: string; readonly table: string };

/**
 * Partitions stand with their whole: an index of the whole must be made when they are attached, and not before. So do functions with the base
 * type that is made of them.
 */
function wholesIn(live: SchemaSnapshot): (object: SchemaObject) => SchemaObject {
  const tables = new Map<string, SchemaObject>();
  const parents = new Map<string, string>();
  for (const object of live.objects.values()) {
    const { schema, table } = object as Named;
    if (object.kind === 'table') tables.set(qualify(schema, table), object);
    else if (object.kind === 'partition') parents.set(qualify(schema, table), (object as Named & { readonly parent: string }).parent);
  }
  const wholeOf = (object: SchemaObject): SchemaObject => {
    const type = object.kind === 'routine' ? live.objects.get(live.notes.get(object.id)?.droppedWith ?? ':') : undefined;
    if (type !== undefined) return type;
    const { schema, table } = object as Partial<Named>;
    const parent = schema === undefined || table === undefined ? undefined : tables.get(parents.get(qualify(schema, table)) ?? '');
    return parent === undefined ? object : wholeOf(parent);
  };
  return wholeOf;
}
