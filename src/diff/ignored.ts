import type { IgnoredDrift } from '../config/project.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { patchSnapshot } from '../kinds/patch.ts';
import { needsOf, type SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Operation } from './diffSnapshots.ts';

/** A difference that the settings let stand. */
export interface Ignored {
  readonly operation: Operation;
  readonly entry: IgnoredDrift;
}

interface Sides {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
}

/** The differences that an entry of `ignoreDrift` names, the first that does, by the object itself or by what it belongs to. */
export function ignoredAmong(operations: readonly Operation[], entries: readonly IgnoredDrift[], sides: Sides): readonly Ignored[] {
  const tests = entries.map((entry) => ({ entry, matches: matcher(entry.object) }));
  return operations.flatMap((operation) => {
    const chain = ownersOf(operation, sides);
    const found = tests.find(({ matches }) => chain.some((object, place) => matches(object, chain[place + 1])));
    return found === undefined ? [] : [{ operation, entry: found.entry }];
  });
}

/** The object of a difference, and outwards what it belongs to. */
function ownersOf({ before, after }: Operation, { from, to }: Sides): readonly SchemaObject[] {
  const [object, snapshot] = after === null ? [before, from] : [after, to];
  const chain: SchemaObject[] = [];
  for (let next = object ?? undefined; next !== undefined; next = next.owner === undefined ? undefined : snapshot.objects.get(next.owner))
    chain.push(next);
  return chain;
}

/**
 * The test of a pattern such as `public.audit_*` or `index:public.posts.*`: a star is any text. What is named apart from its table in SQL,
 * like an index, is found behind the table's name too.
 */
function matcher(pattern: string): (object: SchemaObject, owner: SchemaObject | undefined) => boolean {
  const [, kind, path = pattern] = /^([a-z ]+):(.*)$/s.exec(pattern) ?? [];
  const text = new RegExp(`^${path.split('*').map(literally).join('.*')}$`, 's');
  return (object, owner) =>
    (kind === undefined || kind === object.kind) &&
    (text.test(object.name) || (owner !== undefined && text.test(`${owner.name}.${object.name.split('.').at(-1)}`)));
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The snapshot with some objects as another one has them, or without them where that has none. */
export function withObjectsOf(snapshot: SchemaSnapshot, other: SchemaSnapshot, ids: ReadonlySet<ObjectId>): SchemaSnapshot {
  const present = [...ids].flatMap((id) => other.objects.get(id) ?? []);
  const notes = present.flatMap(({ id }) => {
    const note = other.notes.get(id);
    return note === undefined ? [] : [[id, note] as const];
  });
  return patchSnapshot(snapshot, ids, {
    objects: new Map(present.map((object) => [object.id, object])),
    needs: new Map(present.map(({ id }) => [id, needsOf(other, id)])),
    notes: new Map(notes),
    addresses: new Map(),
  });
}
