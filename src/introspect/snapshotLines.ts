import type { Address, ObjectId, SchemaObject } from '../kinds/kind.ts';
import type { ObjectNote, SchemaSnapshot, Unmodelled } from '../kinds/snapshot.ts';

/** Grows when what is written here changes: then earlier files count for nothing. */
const LAYOUT = 2;

/** A line is written while everything else waits. */
const ENTRIES_PER_LINE = 500;

interface Head {
  readonly layout: number;
  readonly serverVersion: string;
  readonly majorVersion: number;
  readonly unmodelled: readonly Unmodelled[];
}

interface Entries {
  readonly objects: SchemaObject;
  readonly needs: readonly [ObjectId, readonly ObjectId[]];
  readonly notes: readonly [ObjectId, Partial<ObjectNote>];
  readonly addresses: readonly [Address, ObjectId];
}

/** A snapshot as lines of JSON; each is made when it is asked for. */
export function* snapshotLines({ serverVersion, majorVersion, unmodelled, ...parts }: SchemaSnapshot): Generator<string> {
  yield JSON.stringify({ layout: LAYOUT, serverVersion, majorVersion, unmodelled } satisfies Head);
  yield* linesOf('objects', parts.objects.values());
  yield* linesOf('needs', parts.needs.entries(), ([id, others]) => [id, [...others]]);
  yield* linesOf('notes', parts.notes.entries());
  yield* linesOf('addresses', parts.addresses.entries());
}

function* linesOf<Part extends keyof Entries, T>(
  part: Part,
  entries: Iterable<T>,
  write: (entry: T) => Entries[Part] = (entry) => entry as Entries[Part],
): Generator<string> {
  let line: Entries[Part][] = [];
  for (const entry of entries) {
    line.push(write(entry));
    if (line.length < ENTRIES_PER_LINE) continue;
    yield JSON.stringify([part, line]);
    line = [];
  }
  yield JSON.stringify([part, line]);
}

/** The snapshot of such lines; undefined where another version wrote them. */
export function snapshotOf([head = '{}', ...lines]: readonly string[]): SchemaSnapshot | undefined {
  const { layout, ...facts } = JSON.parse(head) as Head;
  if (layout !== LAYOUT) return undefined;
  const parts = lines.map((line) => JSON.parse(line) as readonly [keyof Entries, readonly never[]]);
  const entries = <Part extends keyof Entries>(wanted: Part): readonly Entries[Part][] =>
    parts.flatMap(([part, found]) => (part === wanted ? found : []));
  return {
    ...facts,
    objects: new Map(entries('objects').map((object) => [object.id, object])),
    needs: new Map(entries('needs').map(([id, others]) => [id, new Set(others)])),
    notes: new Map(entries('notes').map(([id, note]) => [id, { ...NO_NOTE, ...note }])),
    addresses: new Map(entries('addresses')),
  };
}

// JSON leaves undefined out.
const NO_NOTE: ObjectNote = { position: 0, inheritedFrom: undefined, droppedWith: undefined, implied: false };
