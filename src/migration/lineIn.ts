import { pathToFileURL } from 'node:url';

/** The line of a file that a stack speaks of first; types are stripped without moving lines. */
export function lineIn(file: string, stack: string | undefined): number | undefined {
  const place = `${pathToFileURL(file).href}:`;
  const at = stack?.indexOf(place) ?? -1;
  const line = at < 0 ? Number.NaN : Number.parseInt(stack?.slice(at + place.length) ?? '', 10);
  return Number.isNaN(line) ? undefined : line;
}

/** The line of a text in which a piece of it stands; undefined when it stands nowhere, or twice. */
export function lineOf(text: string, piece: string): number | undefined {
  const at = text.indexOf(piece);
  if (at < 0 || piece.trim() === '' || text.includes(piece, at + 1)) return undefined;
  return text.slice(0, at).split('\n').length;
}
