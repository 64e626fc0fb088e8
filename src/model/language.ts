import { quoteIdentifier } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { Named } from './named.ts';

export interface LanguageOptions {
  /** Functions, by name as SQL writes them. */
  readonly handler: string;
  readonly inline?: string | undefined;
  readonly validator?: string | undefined;
  readonly trusted?: boolean | undefined;
}

/** Declares a procedural language; most come with an extension. */
export function language(name: string, { handler, inline, validator, trusted = false }: LanguageOptions): Named {
  const reference = (): string => quoteIdentifier(name);
  const others = `${inline ? ` INLINE ${inline}` : ''}${validator ? ` VALIDATOR ${validator}` : ''}`;
  const create = (): string[] => [`CREATE ${trusted ? 'TRUSTED ' : ''}LANGUAGE ${reference()} HANDLER ${handler}${others}`];
  return new Named({ kind: 'LANGUAGE', path: name, reference, stage: STAGES.attached, create });
}
