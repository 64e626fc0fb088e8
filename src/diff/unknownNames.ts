import { type FastpyError, fail } from '../errors.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { nearestNames } from '../protocol/nearest.ts';
import { diffSnapshots } from './diffSnapshots.ts';
import { findRenamables, isIn, renamablesOf } from './renamables.ts';
import type { RenameRequest } from './renames.ts';

/** `The nearest names are a, b.`, or that there is none. */
export const nearestHelp = (name: string, known: readonly string[], what: string): string => {
  const near = nearestNames(name, known);
  return near.length === 0 ? `Nothing ${what}.` : `What ${what}: ${near.join(', ')}${known.length > near.length ? '…' : ''}.`;
};

/** Why a `--rename` does not fit, with the names that are likely meant. */
export function misfit({ text, path = '', name }: RenameRequest, from: SchemaSnapshot, to: SchemaSnapshot): FastpyError {
  const operations = diffSnapshots(from, to);
  const namesOf = (side: 'before' | 'after', other: SchemaSnapshot): readonly string[] =>
    operations.flatMap(({ [side]: object }) =>
      object === null ? [] : renamablesOf(object).flatMap((renamable) => (isIn(other, renamable) ? [] : [renamable.name])),
    );
  const [gone, created] = [namesOf('before', to), namesOf('after', from)];
  const isGone = findRenamables(from, path).some((found) => !isIn(to, found));
  const help = isGone ? nearestHelp(name, created, 'is new') : nearestHelp(path, gone, 'is gone');
  return fail('USAGE', { problem: `${text} does not fit: ${path} must be gone from the models and ${name} be new in them`, help });
}
