import type { FastpyError, Location } from '../../src/errors.ts';
import type { Paint } from '../output.ts';
import { printable } from './printable.ts';

/** An error for people: what happened, where with a caret, what to do next, and the code for searching. */
export function renderError(error: FastpyError, paint: Paint): string {
  const message = `${paint('red', 'error:')} ${printable(error.message)} ${paint('dim', `[${error.code}]`)}`;
  const hint = error.hint === undefined ? [] : [`${paint('cyan', 'hint:')} ${printable(error.hint)}`];
  return [message, ...renderLocation(error.location, error.message, paint), ...hint].join('\n');
}

function renderLocation(location: Location | undefined, message: string, paint: Paint): readonly string[] {
  if (location === undefined) return [];
  const place = [location.file, location.line, location.statement === undefined ? location.column : undefined]
    .filter((part) => part !== undefined)
    .join(':');
  const heading = place === '' || message.includes(place) ? [] : [`  ${paint('dim', 'at')} ${printable(place)}`];
  return [...heading, ...renderStatement(location, paint)];
}

/** The line of the statement that the column points into, with a caret below. */
function renderStatement({ statement, column }: Location, paint: Paint): readonly string[] {
  if (statement === undefined) return [];
  if (column === undefined)
    return statement
      .split('\n')
      .slice(0, 8)
      .map((line) => `  | ${printable(line)}`);
  const before = statement.slice(0, column - 1).split('\n');
  const line = statement.split('\n')[before.length - 1] ?? '';
  const indent = (before.at(-1) ?? '').replace(/[^\t]/g, ' ');
  return [`  | ${printable(line)}`, `  | ${indent}${paint('red', '^')}`];
}

/** An error as the one document that `--json` promises. */
export function errorDocument(error: FastpyError): object {
  const { code, message, hint, facts: details, location } = error;
  return { error: { code, message, hint, details, location } };
}
