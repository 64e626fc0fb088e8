import { createHash, hash, randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { type Line, readLine, snapshotLines, snapshotOf } from './snapshotLines.ts';

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

/** A line begins with its digest, and the last one tells that those before it are all there. */
async function writeLines(handle: FileHandle, lines: Iterable<string>): Promise<void> {
  const all = createHash('sha1');
  for (const line of lines) {
    const digest = digestOf(line);
    all.update(digest);
    await handle.write(`${digest} ${line}\n`);
  }
  await handle.write(all.digest('hex'));
}

const digestOf = (line: string | Uint8Array): string => hash('sha1', line);
const DIGEST_LENGTH = 40;
const LINE_FEED = 10;

/** Reads what `saveSnapshot` wrote; undefined where there is no such file, or one that this version cannot read. */
export async function loadSnapshot(file: string): Promise<SchemaSnapshot | undefined> {
  return (await loadSaved(file))?.snapshot;
}

/** The same with its note. */
export async function loadSaved(file: string, isWanted: (note: unknown) => boolean = () => true): Promise<SavedSnapshot | undefined> {
  try {
    return await readSaved(await readFile(file), isWanted);
  } catch {
    return undefined;
  }
}

/** A line with its digest. */
interface Written {
  readonly digest: string;
  readonly bytes: Buffer;
}

/** The lines of a file; undefined where it is not whole. */
function linesIn(content: Buffer): readonly Written[] | undefined {
  const lines: Written[] = [];
  const all = createHash('sha1');
  let at = 0;
  for (let end = content.indexOf(LINE_FEED); end >= 0; end = content.indexOf(LINE_FEED, at)) {
    const digest = content.toString('latin1', at, at + DIGEST_LENGTH);
    all.update(digest);
    lines.push({ digest, bytes: content.subarray(at + DIGEST_LENGTH + 1, end) });
    at = end + 1;
  }
  return content.toString('latin1', at) === all.digest('hex') ? lines : undefined;
}

/** What the lines of the last snapshot held, by their digests: the next one is nearly the same, and has the very same objects then. */
let lastRead: ReadonlyMap<string, Line> = new Map();

/** How long reading may keep everything else waiting. */
const SLICE_MS = 5;

async function readSaved(content: Buffer, isWanted: (note: unknown) => boolean): Promise<SavedSnapshot | undefined> {
  const [first, head, ...rest] = linesIn(content) ?? [];
  if (first === undefined || head === undefined) return undefined;
  const note = JSON.parse(textOf(first)) as unknown;
  if (!isWanted(note)) return undefined;
  const lines = await readAll(rest);
  const snapshot = snapshotOf(textOf(head), [...lines.values()]);
  if (snapshot === undefined) return undefined;
  lastRead = lines;
  return { snapshot, note };
}

async function readAll(written: readonly Written[]): Promise<ReadonlyMap<string, Line>> {
  const lines = new Map<string, Line>();
  let begunAt = performance.now();
  for (const each of written) {
    lines.set(each.digest, lastRead.get(each.digest) ?? readLine(textOf(each)));
    if (performance.now() - begunAt < SLICE_MS) continue;
    await nextTurn();
    begunAt = performance.now();
  }
  return lines;
}

/** @throws Error  where the bytes are not what was written */
function textOf({ digest, bytes }: Written): string {
  if (digestOf(bytes) !== digest) throw new Error('the file was damaged');
  return bytes.toString('utf8');
}
