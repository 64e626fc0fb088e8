import { readdirSync, readFileSync } from 'node:fs';
import { identity } from '../protocol/identity.ts';
import { contentHash } from './fileStates.ts';

// What turns model files into statements.
const FOLDERS = ['.', '../model', '../database'];

let known: string | undefined;

/** Tells two builds of fastpyd apart that may read the same models differently: the version, and the code itself where it was edited. */
export function buildIdentity(): string {
  known ??= `${identity().packageVersion} ${contentHash(FOLDERS.map(contentsOf).join())}`;
  return known;
}

function contentsOf(folder: string): string {
  const url = new URL(`${folder}/`, import.meta.url);
  const files = readdirSync(url).filter((name) => /(?<!\.d)\.[jt]s$/.test(name));
  return files
    .sort()
    .map((name) => contentHash(readFileSync(new URL(name, url))))
    .join();
}
