import { fileURLToPath } from 'node:url';

/** A line of a model file; `file` is absolute. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

const OWN_FOLDER = new URL('..', import.meta.url).href;

/** Most builders are called this near; the rest is looked for further up, since each frame that is written out costs time for every object. */
const NEAR_FRAMES = 5;
const FAR_FRAMES = 16;

function framesHere(count: number): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = count;
  try {
    return new Error().stack ?? '';
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Where the builder was called: the nearest caller outside this package's code. Versions of a reloaded module are left out of its name. */
export const callerPlace = (): Place => placeIn(framesHere(NEAR_FRAMES)) ?? placeIn(framesHere(FAR_FRAMES)) ?? { file: 'a model', line: 1 };

function placeIn(frames: string): Place | undefined {
  for (const [, url, line] of frames.matchAll(/(file:\/\/[^\s)]+?):(\d+):\d+\)?$/gm)) {
    if (url && !url.startsWith(OWN_FOLDER)) return { file: fileURLToPath(url.replace(/[?#].*$/, '')), line: Number(line) };
  }
  return undefined;
}
