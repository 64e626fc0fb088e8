import { qualify, quote } from './identifier.ts';

/**
 * Makes way for a successor of the same name (see SWAP in kind.ts); `kind` is what ALTER and DROP call it, e.g. `TYPE`.
 * The mark stands in front because PostgreSQL cuts long names at their end.
 */
export const setAsideAs = (kind: string, schema: string, name: string): { readonly rename: string; readonly drop: string } => ({
  rename: `ALTER ${kind} ${qualify(schema, name)} RENAME TO ${quote(`old__${name}`)}`,
  drop: `DROP ${kind} ${qualify(schema, `old__${name}`)}`,
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
