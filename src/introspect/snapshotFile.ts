import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { snapshotLines, snapshotOf } from './snapshotLines.ts';

/** A snapshot as it was saved, and what was saved with it. */
export interface SavedSnapshot {
  readonly snapshot: SchemaSnapshot;
  readonly note: unknown;
}

/**
 * Writes a snapshot to a file, closed to others; whoever reads meanwhile finds the old content or the new one, never a part.
 * It is written line by line, so that nothing else of this process waits for a large one.
 * @param note  plain data to be found with it
 */
export async function saveSnapshot(file: string, snapshot: SchemaSnapshot, note: unknown = null): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeDraft(draft, [JSON.stringify(note), ...snapshotLines(snapshot)]);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeDraft(draft: string, lines: Iterable<string>): Promise<void> {
  const handle = await open(draft, 'wx', 0o600);
  try {
    await writeLines(handle, lines);
  } finally {
    await handle.close();
  }
}

/** The last line tells that those before it are whole. */
async function writeLines(handle: FileHandle, lines: Iterable<string>): Promise<void> {
  const hash = createHash('sha256');
  for (const line of lines) {
    hash.update(`${line}\n`);
    await handle.write(`${line}\n`);
  }
  await handle.write(hash.digest('hex'));
}

/** Reads what `saveSnapshot` wrote; undefined where there is no such file, or one that this version cannot read. */
export async function loadSnapshot(file: string): Promise<SchemaSnapshot | undefined> {
  return (await loadSaved(file))?.snapshot;
}

/** The same with its note. */
export async function loadSaved(file: string, isWanted: (note: unknown) => boolean = () => true): Promise<SavedSnapshot | undefined> {
  try {
    return readSaved(await readFile(file, 'utf8'), isWanted);
  } catch {
    return undefined;
  }
}

function readSaved(text: string, isWanted: (note: unknown) => boolean): SavedSnapshot | undefined {
  const end = text.lastIndexOf('\n') + 1;
  const [note = '', ...lines] = text.slice(0, end - 1).split('\n');
  const saved = JSON.parse(note) as unknown;
  if (!isWanted(saved) || createHash('sha256').update(text.slice(0, end)).digest('hex') !== text.slice(end)) return undefined;
  const snapshot = snapshotOf(lines);
  return snapshot && { snapshot, note: saved };
}
