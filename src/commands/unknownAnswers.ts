import { pathsOf, type Renamable, renamablesOf } from '../diff/renamables.ts';
import { renameProposals } from '../diff/renameEvidence.ts';
import { unquoted } from '../diff/renames.ts';
import { nearestHelp } from '../diff/unknownNames.ts';
import { fail } from '../errors.ts';
import type { SchemaObject } from '../kinds/kind.ts';
import type { Suggestion } from '../pipeline.ts';
import { beforeOf } from '../plan/plan.ts';
import type { Answers } from '../protocol/methods.ts';
import { parseFills } from './questions.ts';

/** An answer to something that is not asked is a mistyped name. @throws USAGE */
export function refuseUnknownAnswers(suggestion: Suggestion, answers: Answers): void {
  for (const name of answers.drop ?? []) {
    const lost = losable(suggestion);
    if (lost.includes(unquoted(name))) continue;
    throw fail('USAGE', {
      problem: `--drop ${name} names nothing that would be dropped`,
      help: nearestHelp(name, lost, 'would be dropped'),
    });
  }
  for (const name of parseFills(answers.default).keys()) {
    const added = addedColumns(suggestion);
    if (added.includes(name)) continue;
    throw fail('USAGE', { problem: `--default ${name} names no new column`, help: nearestHelp(name, added, 'is a new column') });
  }
}

function losable({ proven, head, desired }: Suggestion): readonly string[] {
  const dropped = [...proven.up.actions.values()].flatMap((action) => (action.type === 'alter' ? [] : (beforeOf(action) ?? [])));
  const gone = renameProposals(head, desired).map(({ before }) => before);
  return [...dropped.flatMap(namesOf), ...gone.flatMap(pathsOf)];
}

const namesOf = (object: SchemaObject): readonly string[] => [object.name, ...renamablesOf(object).filter(isItself).flatMap(pathsOf)];
const isItself = ({ isMember }: Renamable): boolean => !isMember;

const addedColumns = ({ proven }: Suggestion): readonly string[] =>
  [...proven.up.actions.values()].flatMap((action) =>
    action.type === 'create' && action.after.kind === 'column' ? [action.after.name] : [],
  );
