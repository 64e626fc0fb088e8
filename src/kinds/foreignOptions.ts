import { literal, quote } from './identifier.ts';

/** Options of a foreign object, as the catalogs keep them: `host=example.org`, sorted. */
export type ForeignOptions = readonly string[];

const split = (option: string): readonly [name: string, value: string] => {
  const at = option.indexOf('=');
  return [option.slice(0, at), option.slice(at + 1)];
};

const clause = (parts: readonly string[]): string => (parts.length > 0 ? ` OPTIONS (${parts.join(', ')})` : '');

const valueText = (option: string): string => {
  const [name, value] = split(option);
  return `${quote(name)} ${literal(value)}`;
};

/** ` OPTIONS (…)` of a CREATE statement, or nothing. */
export const foreignOptions = (options: ForeignOptions): string => clause(options.map(valueText));

/** ` OPTIONS (ADD …, SET …, DROP …)` of an ALTER statement, or nothing. */
export function changeForeignOptions(before: ForeignOptions, after: ForeignOptions): string {
  const [had, has] = [before, after].map((options) => new Set(options.map((option) => split(option)[0])));
  return clause([
    ...before.flatMap((option) => (has?.has(split(option)[0]) ? [] : [`DROP ${quote(split(option)[0])}`])),
    ...after.flatMap((option) => (before.includes(option) ? [] : [`${had?.has(split(option)[0]) ? 'SET' : 'ADD'} ${valueText(option)}`])),
  ]);
}
