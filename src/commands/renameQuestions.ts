import { holdsData, pathsOf, type Renamable } from '../diff/renamables.ts';
import { type Candidate, type Proposal, renameProposals } from '../diff/renameEvidence.ts';
import { renameFlag, unquoted } from '../diff/renames.ts';
import type { Question } from '../errors.ts';
import type { Column } from '../kinds/columns.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { dependentsIn } from '../kinds/lookup.ts';

import type { Answers } from '../protocol/methods.ts';
import type { Asked, Place } from './questions.ts';
import { countMember, countRows, held, isUsedSequence } from './rows.ts';

/** What a suggestion drops that may have been renamed, and what was answered about it. */
export interface Renames {
  /** Those for which something comes into question. */
  readonly proposals: readonly Proposal[];
  readonly of: (id: ObjectId) => Proposal | undefined;
  /** Did somebody say that it may be dropped? */
  readonly isDropped: (object: SchemaObject) => boolean;
  readonly isInRenamedSchema: (object: SchemaObject) => boolean;
  readonly answers: Answers;
}

/** The renames that a suggestion may have missed. */
export function renamesOf({ head, desired }: Asked, answers: Answers): Renames {
  const proposals = renameProposals(head, desired).filter(({ candidates }) => candidates.length > 0);
  const dropped = new Set((answers.drop ?? []).map(unquoted));
  const schemas = proposals.filter(({ before }) => before.kind === 'schema').map(({ before }) => before.name);
  const schemaOf = (object: SchemaObject): string => String(Reflect.get(object, 'schema'));
  const isInRenamedSchema = (object: SchemaObject): boolean => schemas.includes(schemaOf(object));
  return {
    proposals,
    answers,
    of: (id) => proposals.find(({ before }) => before.id === id),
    isDropped: (object) => dropped.has(object.name) || (isInRenamedSchema(object) && dropped.has(schemaOf(object))),
    isInRenamedSchema,
  };
}

const isAnswered = ({ answers }: Renames, before: Renamable): boolean =>
  pathsOf(before).some((path) => (answers.drop ?? []).map(unquoted).includes(path));

/** The question whether something was renamed, with what speaks for it. */
export function wasRenamed({ before, candidates }: Proposal, stake: string): Question {
  const names = candidates.map((candidate) => `${candidate.after.name} (${reasons(candidate)})`).join(' or ');
  return {
    kind: 'rename',
    message: `Was ${before.kind} ${before.name} (${stake}) renamed to ${names}, or is it dropped?`,
    flags: [...candidates.map(({ after }) => renameFlag(before, after)), `--drop ${before.name}`],
    candidates: candidates.map(({ after, confidence, evidence }) => ({
      name: after.name,
      flag: renameFlag(before, after),
      confidence,
      evidence,
    })),
  };
}

const reasons = ({ confidence, evidence }: Candidate): string => `${Math.round(confidence * 100)} %: ${evidence.join(', ') || 'same kind'}`;

/** One question for a whole schema; what lies in it is not asked before that is answered. */
export async function rowsInSchemas(place: Place, lost: readonly SchemaObject[], renames: Renames): Promise<readonly Question[]> {
  const questions = renames.proposals
    .filter(({ before }) => before.kind === 'schema' && !isAnswered(renames, before))
    .map(async (proposal) => {
      const inside = lost.filter((object) => Reflect.get(object, 'schema') === proposal.before.name);
      const liveName = await place.liveName();
      const counts = await Promise.all(inside.map((object) => countRows(place.live, liveName(object))));
      const rows = counts.reduce((sum, count) => sum + count, 0);
      return inside.length === 0 || (rows === 0 && place.info.development) ? [] : [wasRenamed(proposal, held('table', rows))];
    });
  return (await Promise.all(questions)).flat();
}

/** Values of enums, attributes of composite types and sequences: no rows of their own, but rows or numbers that others hold. */
export async function memberQuestions(place: Place, suggestion: Asked, renames: Renames): Promise<readonly Question[]> {
  const questions = renames.proposals
    .filter(({ before }) => (before.isMember ? holdsData(before) : before.kind === 'sequence') && !isAnswered(renames, before))
    .map(async (proposal) => {
      const count = await countHolders(place, proposal.before, suggestion);
      if (count === 0 && place.info.development) return [];
      return [wasRenamed(proposal, proposal.before.kind === 'sequence' ? 'which goes on where it is' : `in ${held('table', count)}`)];
    });
  return (await Promise.all(questions)).flat();
}

async function countHolders(place: Place, before: Renamable, { head }: Asked): Promise<number> {
  if (before.kind === 'sequence') return (await isUsedSequence(place.live, before.object)) ? 1 : 0;
  const columns = dependentsIn(head)(before.object.id).flatMap((id) => {
    const object = head.objects.get(id);
    return object?.kind === 'column' ? [object as Column] : [];
  });
  const liveName = await place.liveName();
  const counts = await Promise.all(columns.map((column) => countMember(place.live, liveName(column) as Column, before)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** From here on something that nobody is asked about is mentioned. */
const WORTH_A_HINT = 0.6;

/** What is dropped beside something new that is like it, where no row is at stake; parts of a table are in the list of changes anyway. */
export function hints(renames: Renames, asked: readonly Question[]): readonly string[] {
  return unasked(renames, asked)
    .filter(({ before }) => !isAnswered(renames, before))
    .flatMap(({ before, candidates: [best] }) =>
      best === undefined || best.confidence < WORTH_A_HINT || !isWorthwhile(before)
        ? []
        : [
            `${before.kind} ${before.name} is dropped and ${best.after.name} is new: if it was renamed (${reasons(best)}), say so with ${renameFlag(before, best.after)}`,
          ],
    );
}

const isWorthwhile = (before: Renamable): boolean => holdsData(before) || (before.object.owner === undefined && !before.isMember);

/** What lies in a schema that may have been renamed is not spoken of. */
const unasked = (renames: Renames, asked: readonly Question[]): readonly Proposal[] =>
  renames.proposals.filter(
    ({ before }) =>
      (before.kind === 'schema' || !renames.isInRenamedSchema(before.object)) &&
      !asked.some(({ flags }) => flags.includes(`--drop ${before.name}`)),
  );

/** What is dropped although it may have been renamed, and who decided that. */
export function notRenamed(renames: Renames, asked: readonly Question[]): readonly string[] {
  return renames.proposals.flatMap(({ before, candidates }) => {
    if (!isWorthwhile(before)) return [];
    const isAsked = asked.some(({ flags }) => flags.includes(`--drop ${before.name}`));
    const by = isAnswered(renames, before) ? '--drop' : isAsked ? '--force' : 'nobody was asked, since no row is lost';
    return [`${before.kind} ${before.name} was dropped, not renamed to ${candidates.map(({ after }) => after.own).join(' or ')} (${by})`];
  });
}
