import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { Address, ObjectId, SchemaObject } from '../kinds/kind.ts';
import type { ObjectNote, SchemaSnapshot, Unmodelled } from '../kinds/snapshot.ts';

/** Grows when what is read from a catalog, or how it is written here, changes: then earlier files count for nothing. */
const LAYOUT = 1;

interface SnapshotText {
  readonly layout: number;
  readonly serverVersion: string;
  readonly majorVersion: number;
  readonly objects: readonly SchemaObject[];
  readonly needs: readonly (readonly [ObjectId, readonly ObjectId[]])[];
  readonly notes: readonly (readonly [ObjectId, Partial<ObjectNote>])[];
  readonly addresses: readonly (readonly [Address, ObjectId])[];
  readonly unmodelled: readonly Unmodelled[];
}

/** Writes a snapshot to a file; whoever reads meanwhile finds the old content or the new one, never a part. */
export async function saveSnapshot(file: string, snapshot: SchemaSnapshot): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(toText(snapshot)), { mode: 0o600 });
  await rename(draft, file);
}

/** Reads what `saveSnapshot` wrote; undefined where there is no such file, or one that this version cannot read. */
export async function loadSnapshot(file: string): Promise<SchemaSnapshot | undefined> {
  try {
    const text = JSON.parse(await readFile(file, 'utf8')) as SnapshotText;
    return text.layout === LAYOUT ? fromText(text) : undefined;
  } catch {
    return undefined;
  }
}

const toText = ({ serverVersion, majorVersion, objects, needs, notes, addresses, unmodelled }: SchemaSnapshot): SnapshotText => ({
  layout: LAYOUT,
  serverVersion,
  majorVersion,
  objects: [...objects.values()],
  needs: [...needs].map(([id, others]) => [id, [...others]] as const),
  notes: [...notes],
  addresses: [...addresses],
  unmodelled,
});

const fromText = ({ serverVersion, majorVersion, objects, needs, notes, addresses, unmodelled }: SnapshotText): SchemaSnapshot => ({
  serverVersion,
  majorVersion,
  objects: new Map(objects.map((object) => [object.id, object])),
  needs: new Map(needs.map(([id, others]) => [id, new Set(others)])),
  notes: new Map(notes.map(([id, note]) => [id, { ...NO_NOTE, ...note }])),
  addresses: new Map(addresses),
  unmodelled,
});

// JSON leaves undefined out.
const NO_NOTE: ObjectNote = { position: 0, inheritedFrom: undefined, droppedWith: undefined, implied: false };
