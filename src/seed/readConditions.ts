const KEY = /\b(?:UNIQUE(?:\s+INDEX\b[^(;]*)?|PRIMARY\s+KEY)\s*(?:NULLS\s+NOT\s+DISTINCT\s*)?\(([^()]*)\)/gi;

/** The columns that no two rows may share together, for each key or unique index that statements state of a table. */
export const uniqueKeys = (statements: string): readonly (readonly string[])[] =>
  [...statements.matchAll(KEY)].map(([, names = '']) => [...names.matchAll(/"((?:[^"]|"")+)"|(\w+)/g)].map(nameIn));

const nameIn = ([, quoted, plain]: RegExpExecArray): string => quoted?.replaceAll('""', '"') ?? (plain ?? '').toLowerCase();
