// A name in a database may hold escape sequences that would move the cursor or hide text on the terminal of whoever looks.
// Whatever is not in these ranges is \p{Cc} or \p{Bidi_Control}, and neither line feed nor tab. Written by those names, a command's start
// would load Unicode's tables for it.
const UNSAFE = /[^\n\t\u0020-\u007e\u00a0-\u061b\u061d-\u200d\u2010-\u2029\u202f-\u2065\u206a-\uffff]/g;

/** The same value with every character in its texts that a terminal would obey written out as an escape. */
export function printable<Value>(value: Value): Value {
  return clean(value) as Value;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(UNSAFE, escaped);
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, clean(entry)]));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
