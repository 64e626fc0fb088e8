import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelSet } from '../model/modelSet.ts';
import type { ModelPart, ModelSet } from '../model/statement.ts';

/** Models that were made real as a whole, and the state that they led to. */
export interface BaseRecord {
  /** Of the state. */
  readonly key: string;
  readonly models: ModelSet;
}

const FILE = 'base.models';

/** Remembers in a shadow's folder which models its base is of, so that the next process can go on from there. */
export async function saveBase(folder: string, { key, models }: BaseRecord): Promise<void> {
  const draft = join(folder, `${FILE}.new`);
  await writeFile(draft, JSON.stringify({ key, parts: [...models.parts.values()] }), { mode: 0o600 });
  await rename(draft, join(folder, FILE));
}

/** What `saveBase` wrote; undefined where it wrote nothing. */
export async function loadBase(folder: string): Promise<BaseRecord | undefined> {
  try {
    const { key, parts } = JSON.parse(await readFile(join(folder, FILE), 'utf8')) as { key: string; parts: readonly ModelPart[] };
    return { key, models: modelSet(parts) };
  } catch {
    return undefined;
  }
}
