import { createHash } from 'node:crypto';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { identity } from '../protocol/identity.ts';

const SOURCES = join(import.meta.dirname, '..');
const TAKING_PART = '{database,introspect,kinds,load,migration,model,shadow}/*.{js,ts}';

let known: string | undefined;

/** Tells the code that makes states and reads them back from other releases of it, and from itself before it was edited. */
export function maker(): string {
  known ??= fingerprint();
  return known;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(identity().packageVersion);
  for (const file of globSync(TAKING_PART, { cwd: SOURCES }).sort()) {
    const { size, mtimeMs } = statSync(join(SOURCES, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
