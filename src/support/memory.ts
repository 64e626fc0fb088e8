import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = (options: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void;

let collect: Collect | undefined;

/**
 * Gives memory that is no longer used back to the system, which V8 by itself does late or never. Takes a tenth of a second or two: for a
 * moment at which nobody waits.
 */
export function releaseMemory(): void {
  collect ??= exposed();
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

// The flag counts for contexts that are made after it is set.
function exposed(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}
