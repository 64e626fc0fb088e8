import { quoteIdentifier } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { Named } from './named.ts';

/** Declares an access method of tables or indexes; its handler is a function, by name as SQL writes it. */
export function accessMethod(name: string, { type, handler }: { readonly type: 'table' | 'index'; readonly handler: string }): Named {
  const reference = (): string => quoteIdentifier(name);
  const create = (): string[] => [`CREATE ACCESS METHOD ${reference()} TYPE ${type.toUpperCase()} HANDLER ${handler}`];
  return new Named({ kind: 'ACCESS METHOD', path: name, reference, stage: STAGES.extension, create });
}
