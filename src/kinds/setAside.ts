import { qualify, quote } from './identifier.ts';

/** What makes way for a successor of the same name, and what ends it under the name that it has then. */
export interface SetAside {
  readonly rename: readonly string[];
  readonly drop: readonly string[];
}

/** The name of what makes way. The mark stands in front because PostgreSQL cuts long names at their end. */
export const asideName = (name: string): string => `old__${name}`;

/** Makes way for a successor of the same name (see SWAP in kind.ts); `kind` is what ALTER and DROP call it, e.g. `TYPE`. */
export const setAsideAs = (kind: string, schema: string, name: string): SetAside => ({
  rename: [`ALTER ${kind} ${qualify(schema, name)} RENAME TO ${quote(asideName(name))}`],
  drop: [`DROP ${kind} ${qualify(schema, asideName(name))}`],
});

/** The statements that give an object another name or schema, in place. */
export const renameAs = (
  kind: string,
  before: { readonly schema: string; readonly name: string },
  after: { readonly schema: string; readonly name: string },
): string[] => [
  ...(before.schema === after.schema ? [] : [`ALTER ${kind} ${qualify(before.schema, before.name)} SET SCHEMA ${quote(after.schema)}`]),
  ...(before.name === after.name ? [] : [`ALTER ${kind} ${qualify(after.schema, before.name)} RENAME TO ${quote(after.name)}`]),
];
