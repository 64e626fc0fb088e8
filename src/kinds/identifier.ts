import type { ObjectId } from './kind.ts';

/** A name as SQL takes it whatever it contains: always quoted, quotes doubled. */
export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A schema-qualified name, quoted. */
export const qualify = (schema: string, name: string): string => `${quote(schema)}.${quote(name)}`;

/** The names in a qualified one, quoted where it needs to be. */
export const namesIn = (qualified: string): string[] =>
  (qualified.match(/"(?:[^"]|"")*"|[^."]+/g) ?? []).map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name));

/** A string as an SQL literal that reads the same under any `standard_conforming_strings`. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** The part of an id after its kind; names that hold a dot, a quote or a space are quoted so that two paths never collide. */
const idPart = (name: string): string => (/^[^."\s:]+$/.test(name) ? name : quote(name));

/** The id of the object of that kind whose path is given, outermost name first. */
export const idOf = (kind: string, ...path: readonly string[]): ObjectId => `${kind}:${path.map(idPart).join('.')}`;

/** The name that messages and flags use: dotted, unquoted. */
export const nameOf = (...path: readonly string[]): string => path.join('.');
