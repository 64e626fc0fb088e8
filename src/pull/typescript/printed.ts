/** Reads pieces of the SQL that PostgreSQL prints, which is always of one form. */

const IDENTIFIER = /"(?:[^"]|"")*"|[^\s",.()]+/y;

/** Names with a separator between them, without their quotes; undefined for any other text. */
function namesBetween(text: string, separator: string): readonly string[] | undefined {
  const names: string[] = [];
  for (let at = 0; ; at += separator.length) {
    IDENTIFIER.lastIndex = at;
    const found = IDENTIFIER.exec(text)?.[0];
    if (found === undefined) return undefined;
    names.push(found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found);
    at += found.length;
    if (at === text.length) return names;
    if (!text.startsWith(separator, at)) return undefined;
  }
}

/** The names of `a, "B c"`. */
export const columnNames = (text: string): readonly string[] | undefined => namesBetween(text, ', ');

/** The names of `app."Users"`. */
export const pathNames = (text: string): readonly string[] | undefined => namesBetween(text, '.');

/** Where the parenthesis or quote that opens at a place is closed. */
function closingAt(text: string, open: number): number {
  let depth = 0;
  let quote = '';
  for (let at = open; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '(' || char === '[') depth++;
    else if ((char === ')' || char === ']') && --depth === 0) return at;
  }
  return -1;
}

/** What stands in the parentheses with which a text begins, and what comes after them. */
export function parenthesised(text: string): { readonly inside: string; readonly behind: string } | undefined {
  const end = text.startsWith('(') ? closingAt(text, 0) : -1;
  return end < 0 ? undefined : { inside: text.slice(1, end), behind: text.slice(end + 1) };
}

/** A condition without the parentheses around the whole of it. */
export function bare(condition: string): string {
  const found = parenthesised(condition);
  return found?.behind === '' ? found.inside : condition;
}

/** The parts of a list, cut at the commas that are in no parentheses and no quotes. */
export function listItems(text: string): readonly string[] {
  const items: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '(' || char === '[') at = Math.max(at, closingAt(text, at));
    else if (char === '"' || char === "'") at = text.indexOf(char, at + 1) < 0 ? text.length : text.indexOf(char, at + 1);
    else if (text.startsWith(', ', at)) {
      items.push(text.slice(start, at));
      start = at + 2;
    }
  }
  return [...items, text.slice(start)];
}
