import type { Renamable } from '../diff/renamables.ts';
import { holdersOf } from '../diff/valueHolders.ts';
import { goneValues, mapFlag, type ValueMap, valuesIn } from '../diff/valueMaps.ts';
import type { Question } from '../errors.ts';
import type { Column } from '../kinds/columns.ts';
import type { Asked, Place } from './questions.ts';
import { countMember, held } from './rows.ts';

/** The map that says what becomes of a value, if one does. */
export const mapOf = ({ mapped }: Pick<Asked, 'mapped'>, { object, own }: Renamable): ValueMap | undefined =>
  mapped.find(({ type, from }) => type === object.id && from === own);

/** The flags that give the rows of a value another one, one for each value that is left. */
export const mapFlags = ({ desired }: Asked, gone: Renamable): readonly string[] =>
  valuesIn(desired, gone.object.id).map((value) => mapFlag(gone, value));

/** Which value do the rows get that have one which goes? Asked where there are such rows, since without an answer they would stop the migration. */
export async function mapQuestions(place: Place, suggestion: Asked, isSettled: (gone: Renamable) => boolean): Promise<readonly Question[]> {
  const open = goneValues(suggestion.head, suggestion.desired).filter((gone) => mapOf(suggestion, gone) === undefined && isSettled(gone));
  const questions = open.map(async (gone): Promise<readonly Question[]> => {
    const rows = await countHolders(place, gone, suggestion);
    if (rows === 0) return [];
    const message = `${gone.kind} ${gone.name} goes, and is in ${held('table', rows)}: which value do they get?`;
    return [{ kind: 'map', message, flags: mapFlags(suggestion, gone) }];
  });
  return (await Promise.all(questions)).flat();
}

/** In how many rows a value, or an attribute, is that goes from a type; a row of a partition or a child table counts with its parent's. */
export async function countHolders(place: Place, gone: Renamable, { head, desired }: Asked): Promise<number> {
  const left = new Set(holdersOf(desired, gone.object.id).map(({ column }) => column.id));
  const holders = holdersOf(head, gone.object.id).filter(
    ({ column }) => left.has(column.id) && head.notes.get(column.id)?.inheritedFrom === undefined,
  );
  const liveName = await place.liveName();
  const counts = holders.map(({ column, isList }) => countMember(place.live, { column: liveName(column) as Column, isList }, gone));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
