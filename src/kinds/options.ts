import { literal } from './identifier.ts';

/** Storage parameters (`name=value` each, as pg_class.reloptions keeps them) as the inside of `WITH (…)`. */
export const optionList = (options: readonly string[]): string => options.map(optionText).join(', ');

/** The statements that lead from one list of storage parameters to another; `alter` is e.g. `ALTER TABLE x`. */
export function changeOptions(alter: string, before: readonly string[], after: readonly string[]): string[] {
  const names = new Set(after.map(optionName));
  const gone = before.map(optionName).filter((name) => !names.has(name));
  const changed = after.filter((option) => !before.includes(option));
  return [
    ...(gone.length > 0 ? [`${alter} RESET (${gone.join(', ')})`] : []),
    ...(changed.length > 0 ? [`${alter} SET (${optionList(changed)})`] : []),
  ];
}

const optionName = (option: string): string => option.slice(0, option.indexOf('='));

const optionText = (option: string): string => {
  const value = option.slice(option.indexOf('=') + 1);
  return `${optionName(option)} = ${/^(\d+(\.\d+)?|[a-z_]+)$/.test(value) ? value : literal(value)}`;
};
