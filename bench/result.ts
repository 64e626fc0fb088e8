import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Machine } from './support/machine.ts';
import type { Series } from './support/series.ts';

/** Everything that one run of the bench found: what is said of speed anywhere is read from such a file. */
export interface Result {
  readonly schemaVersion: 1;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly machine: Machine;
  /** Of fastpyd, its commit and PostgreSQL, and of every peer. */
  readonly versions: Readonly<Record<string, string>>;
  readonly load: { readonly before: readonly number[]; readonly after: readonly number[] };
  /** Within every time from a save: how long the daemon waits for another one. */
  readonly debounceMs: number;
  readonly seed: number;
  readonly series: readonly Series[];
}

const FOLDER = join(import.meta.dirname, 'results');

/** Writes a result, by its date and kind of machine unless a file is named, and returns where it is. */
export function writeResult(result: Result, file: string = usualFile(result)): string {
  mkdirSync(dirname(file), { recursive: true });
  // One line for each series, so that a file of samples can be read and compared.
  const { series, ...about } = result;
  const lines = series.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
  writeFileSync(file, `${JSON.stringify(about, null, 2).replace(/\n\}$/, '')},\n  "series": [\n${lines}\n  ]\n}\n`);
  return file;
}

function usualFile({ startedAt, machine }: Result): string {
  return join(FOLDER, `${startedAt.slice(0, 10)}-${machine.platform}-${machine.cores}-cores.json`);
}

export const readResult = (file: string): Result => JSON.parse(readFileSync(file, 'utf8')) as Result;

/** The file of the newest result in its usual place, undefined when there is none. */
export function newestResult(): string | undefined {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];
  const newest = names.sort().at(-1);
  return newest && join(FOLDER, newest);
}
