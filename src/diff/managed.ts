import { byId, type SchemaObject } from '../kinds/kind.ts';
import { filterSnapshot, type Keep } from '../kinds/patch.ts';
import { outermost } from '../kinds/root.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';

/** Restricts a snapshot to what a project manages. */
export type View = (snapshot: SchemaSnapshot) => SchemaSnapshot;

/**
 * The view of the settings' `schemas`; `*` is every schema. Objects that belong to the database and not to a schema are kept:
 * in the shadow they are there because models or history name them.
 */
export function managedView(schemas: readonly string[]): View {
  const key = JSON.stringify(schemas);
  const view = views.get(key) ?? makeView(schemas);
  views.set(key, view);
  return view;
}

/** One view for the same schemas, so that what it made of a snapshot is found again. */
const views = new Map<string, View>();

function makeView(schemas: readonly string[]): View {
  if (schemas.includes('*')) return (snapshot) => snapshot;
  const names = new Set(schemas);
  const keep: Keep = (object, snapshot) => keepsSchema(object, snapshot, names);
  return (snapshot) => filterSnapshot(snapshot, keep);
}

/** A live database holds more than the project: of what belongs to no schema, only what is `known` counts, unless every schema is managed. */
export function liveView(schemas: readonly string[], known: SchemaSnapshot): View {
  const managed = managedView(schemas);
  if (schemas.includes('*')) return managed;
  const keep =
    keepers.get(known) ?? ((object, whole) => schemaOf(object, whole) !== undefined || known.objects.has(outermost(object, whole).id));
  keepers.set(known, keep);
  return (snapshot) => filterSnapshot(managed(snapshot), keep);
}

/** One test for the same known objects, so that what it made of a snapshot is found again. */
const keepers = new WeakMap<SchemaSnapshot, Keep>();

/**
 * What a baseline has to make: everything managed, and of what belongs to no schema, all that the managed objects need
 * (the extension behind a column's type) and what is `known` already.
 */
export function baselineView(schemas: readonly string[], known?: SchemaSnapshot): View {
  const managed = managedView(schemas);
  if (schemas.includes('*')) return managed;
  return (snapshot) => {
    const kept = managed(snapshot);
    const isWanted = (object: SchemaObject): boolean => schemaOf(object, snapshot) !== undefined || known?.objects.has(object.id) === true;
    const wanted = new Set([...kept.objects.values()].filter(isWanted).map(({ id }) => id));
    for (const id of wanted) for (const need of needsOf(snapshot, id)) if (kept.objects.has(need)) wanted.add(need);
    return filterSnapshot(kept, (object) => wanted.has(object.id) || wanted.has(outermost(object, snapshot).id));
  };
}

/** The objects that a view leaves out, without the parts of others, for a warning; sorted by id. */
export function unmanaged(snapshot: SchemaSnapshot, view: View): readonly SchemaObject[] {
  const keep = complements.get(view) ?? ((object, whole) => object.owner === undefined && !view(whole).objects.has(object.id));
  complements.set(view, keep);
  return [...filterSnapshot(snapshot, keep).objects.values()].toSorted(byId);
}

const complements = new WeakMap<View, Keep>();

function keepsSchema(object: SchemaObject, snapshot: SchemaSnapshot, names: ReadonlySet<string>): boolean {
  const schema = schemaOf(object, snapshot);
  return schema === undefined || (names.has(schema) && !isOnPublic(object, snapshot));
}

/** Every database has `public`, so models need not declare it: neither it nor who may use it is theirs to change. */
const isOnPublic = (object: SchemaObject, snapshot: SchemaSnapshot): boolean => outermost(object, snapshot).id === 'schema:public';

/** The schema that an object lives in; undefined for what belongs to the database. */
export function schemaOf(object: SchemaObject, snapshot: SchemaSnapshot): string | undefined {
  const root = outermost(object, snapshot) as SchemaObject & { readonly schema?: string };
  return root.kind === 'extension' ? undefined : root.schema;
}
