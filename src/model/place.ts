import { fileURLToPath } from 'node:url';

/** A line of a model file; `file` is absolute. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

const OWN_FOLDER = new URL('..', import.meta.url).href;
const FRAMES = 12;

function framesHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  try {
    return new Error().stack ?? '';
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** Where the builder was called: the nearest caller outside this package's code. Versions of a reloaded module are left out of its name. */
export function callerPlace(): Place {
  for (const [, url, line] of framesHere().matchAll(/(file:\/\/[^\s)]+?):(\d+):\d+\)?$/gm)) {
    if (url && !url.startsWith(OWN_FOLDER)) return { file: fileURLToPath(url.replace(/[?#].*$/, '')), line: Number(line) };
  }
  return { file: 'a model', line: 1 };
}
