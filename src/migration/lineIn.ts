import { pathToFileURL } from 'node:url';

/** The line of a file that a stack speaks of first; types are stripped without moving lines. */
export function lineIn(file: string, stack: string | undefined): number | undefined {
  const place = `${pathToFileURL(file).href}:`;
  const at = stack?.indexOf(place) ?? -1;
  const line = at < 0 ? Number.NaN : Number.parseInt(stack?.slice(at + place.length) ?? '', 10);
  return Number.isNaN(line) ? undefined : line;
}
