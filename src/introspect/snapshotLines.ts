import type { SchemaObject } from '../kinds/kind.ts';
import type { ObjectNote, SchemaSnapshot, Unmodelled } from '../kinds/snapshot.ts';

/** Grows when what is written here changes: then earlier files count for nothing. */
const LAYOUT = 3;

/** A line is written, or read, while everything else waits. */
const ENTRIES_PER_LINE = 256;

interface Head {
  readonly layout: number;
  readonly serverVersion: string;
  readonly majorVersion: number;
  readonly unmodelled: readonly Unmodelled[];
}

type Part = 'objects' | 'needs' | 'notes' | 'addresses';

/** What one key of a part leads to. */
type Entry = readonly [key: string, value: unknown];

/** A line, read. */
export type Line = readonly [part: Part, entries: readonly Entry[]];

/** How an entry of a part is written, and read again. */
const FORMS: { readonly [P in Part]: { readonly write: (entry: Entry) => unknown; readonly read: (written: any) => Entry } } = {
  objects: { write: ([, object]) => object, read: (object: SchemaObject) => [object.id, object] },
  needs: { write: ([id, others]) => [id, ...[...(others as Set<string>)].sort()], read: ([id, ...others]) => [id, new Set(others)] },
  // JSON leaves undefined out.
  notes: { write: (entry) => entry, read: ([id, note]) => [id, { ...NO_NOTE, ...note }] },
  addresses: { write: (entry) => entry, read: (entry) => entry },
};

const PARTS = Object.keys(FORMS) as readonly Part[];

const NO_NOTE: ObjectNote = {
  position: 0,
  inheritedFrom: undefined,
  droppedWith: undefined,
  implied: false,
  madeUpName: undefined,
  leaves: undefined,
  condition: undefined,
};

/**
 * A snapshot as lines of JSON; each is made when it is asked for. What stands on which line, and in which order, follows from the ids alone:
 * two databases that nearly agree have nearly all lines in common, but for the addresses.
 */
export function* snapshotLines({ serverVersion, majorVersion, unmodelled, ...parts }: SchemaSnapshot): Generator<string> {
  yield JSON.stringify({ layout: LAYOUT, serverVersion, majorVersion, unmodelled } satisfies Head);
  for (const part of PARTS) for (const entries of bucketsOf(parts[part])) yield JSON.stringify([part, entries.map(FORMS[part].write)]);
}

function bucketsOf(entries: ReadonlyMap<string, unknown>): readonly (readonly Entry[])[] {
  const count = 2 ** Math.max(0, Math.ceil(Math.log2(entries.size / ENTRIES_PER_LINE)));
  const buckets = Array.from({ length: count }, (): Entry[] => []);
  for (const entry of entries) buckets[hashOf(entry[0]) % count]?.push(entry);
  return buckets.map((bucket) => bucket.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** FNV-1a, over the units of the text. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** What one of the lines behind the first holds. */
export function readLine(line: string): Line {
  const [part, entries] = JSON.parse(line) as readonly [Part, readonly unknown[]];
  return [part, entries.map(FORMS[part].read)];
}

/** The snapshot of the first line and of those behind it; undefined where another version wrote them. */
export function snapshotOf(head: string, lines: readonly Line[]): SchemaSnapshot | undefined {
  const { layout, ...facts } = JSON.parse(head) as Head;
  if (layout !== LAYOUT) return undefined;
  const maps = PARTS.map((wanted) => [wanted, new Map(lines.flatMap(([part, entries]) => (part === wanted ? entries : [])))] as const);
  return { ...facts, ...(Object.fromEntries(maps) as unknown as Pick<SchemaSnapshot, Part>) };
}
