import { quoteLiteral } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';

export interface ConversionOptions {
  /** Encodings, such as `LATIN1` and `UTF8`. */
  readonly from: string;
  readonly to: string;
  /** The function, by name as SQL writes it. */
  readonly function: string;
  readonly isDefault?: boolean | undefined;
}

/** Declares a conversion between encodings. */
export function conversion(name: Name, { from, to, function: made, isDefault = false }: ConversionOptions): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const create = (): string[] => [
    `CREATE ${isDefault ? 'DEFAULT ' : ''}CONVERSION ${reference()} FOR ${quoteLiteral(from)} TO ${quoteLiteral(to)} FROM ${made}`,
  ];
  return new Named({ kind: 'CONVERSION', path: dotted(full), reference, stage: STAGES.routine, create });
}
