import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';

/** Options of a foreign object by name, as OPTIONS (…) takes them. */
export type ForeignOptions = Readonly<Record<string, string>>;

/** ` OPTIONS (host 'a', port '1')`; nothing where there are none. */
export function writeForeignOptions(options: ForeignOptions = {}): string {
  const written = Object.entries(options).map(([name, value]) => `${quoteIdentifier(name)} ${quoteLiteral(value)}`);
  return written.length === 0 ? '' : ` OPTIONS (${written.join(', ')})`;
}

/** `A = b, C = d`: a definition list, without what was not given. */
export const writeDefinition = (definition: Readonly<Record<string, string | boolean | undefined>>): string =>
  Object.entries(definition)
    .flatMap(([name, value]) => (value === undefined || value === false ? [] : [value === true ? name : `${name} = ${value}`]))
    .join(', ');
