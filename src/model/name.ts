import { quoteIdentifier } from '../database/quote.ts';

/** A name in `public`, or a name with its schema. */
export type Name = string | { readonly schema: string; readonly name: string };

/** The schema and the name. */
export interface QualifiedName {
  readonly schema: string;
  readonly name: string;
}

/** Fills in `public`. */
export const qualified = (name: Name): QualifiedName => (typeof name === 'string' ? { schema: 'public', name } : name);

/** The name as SQL, schema first, quoted. */
export const writeName = ({ schema, name }: QualifiedName): string => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;

/** The name as messages and renames have it. */
export const dotted = ({ schema, name }: QualifiedName): string => `${schema}.${name}`;
