import { quoteLiteral } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';

export interface CollationOptions {
  readonly provider?: 'icu' | 'libc' | 'builtin' | undefined;
  readonly locale?: string | undefined;
  readonly deterministic?: boolean | undefined;
  readonly rules?: string | undefined;
}

/** Declares a collation; columns name it with `.collate('name')`. */
export function collation(name: Name, { provider, locale, deterministic, rules }: CollationOptions): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const options = [
    provider ? `provider = ${provider}` : '',
    locale === undefined ? '' : `locale = ${quoteLiteral(locale)}`,
    deterministic === undefined ? '' : `deterministic = ${deterministic}`,
    rules === undefined ? '' : `rules = ${quoteLiteral(rules)}`,
  ].filter((option) => option !== '');
  const create = (): string[] => [`CREATE COLLATION ${reference()} (${options.join(', ')})`];
  return new Named({ kind: 'COLLATION', path: dotted(full), reference, stage: STAGES.extension, create });
}
