import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { identity } from '../protocol/identity.ts';

/** Folders whose code decides what a state is, and what is read of it. */
const TAKING_PART = ['database', 'introspect', 'kinds', 'load', 'migration', 'model', 'shadow'];

let known: string | undefined;

/** Tells the code that makes states and reads them back from other releases of it, and from itself before it was edited. */
export function maker(): string {
  known ??= fingerprint();
  return known;
}

function fingerprint(): string {
  const hash = createHash('sha256').update(identity().packageVersion);
  for (const folder of TAKING_PART) {
    const path = join(import.meta.dirname, '..', folder);
    for (const name of readdirSync(path).sort()) {
      const { size, mtimeMs } = statSync(join(path, name));
      hash.update(`${folder}/${name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}
