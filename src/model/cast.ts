import { STAGES } from './declaration.ts';
import { Named } from './named.ts';
import { type TypeName, writeType } from './types.ts';

export interface CastOptions {
  readonly from: TypeName;
  readonly to: TypeName;
  /** A function with its arguments, `f(integer)`; through the types' text, `inout`; or no conversion at all, `without function`. */
  readonly with: string;
  /** Where it is applied without being asked for; only explicit casts unless said. */
  readonly as?: 'assignment' | 'implicit' | undefined;
}

const METHODS: Readonly<Record<string, string>> = { inout: 'WITH INOUT', 'without function': 'WITHOUT FUNCTION' };

/** Declares a cast: `cast({ from: 'integer', to: Email, with: 'inout' })`. */
export function cast({ from, to, with: method, as }: CastOptions): Named {
  const reference = (): string => `(${writeType(from)} AS ${writeType(to)})`;
  const how = METHODS[method] ?? `WITH FUNCTION ${method}`;
  const create = (): string[] => [`CREATE CAST ${reference()} ${how}${as ? ` AS ${as.toUpperCase()}` : ''}`];
  return new Named({ kind: 'CAST', path: 'cast', isUnique: false, reference, stage: STAGES.attached, create });
}
