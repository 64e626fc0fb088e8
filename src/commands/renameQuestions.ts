import { holdsData, pathsOf, type Renamable } from '../diff/renamables.ts';
import { type Candidate, type Proposal, renameProposals } from '../diff/renameEvidence.ts';
import { renameFlag, unquoted } from '../diff/renames.ts';
import type { Question } from '../errors.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import type { Answers } from '../protocol/methods.ts';
import { countHolders, mapFlags, mapOf } from './mapQuestions.ts';
import type { Asked, Place } from './questions.ts';
import { countRows, held, isUsedSequence } from './rows.ts';

/** What a suggestion drops that may have been renamed, and what was answered about it. */
export interface Renames {
  /** Those for which something comes into question. */
  readonly proposals: readonly Proposal[];
  readonly of: (id: ObjectId) => Proposal | undefined;
  /** Did somebody say that it may be dropped? */
  readonly isDropped: (object: SchemaObject) => boolean;
  readonly isInRenamedSchema: (object: SchemaObject) => boolean;
  /** May it have been renamed, and has nobody said what became of it? */
  readonly isOpen: (before: Renamable) => boolean;
  /** Who said that it was not renamed; undefined where nobody did. */
  readonly answerTo: (before: Renamable) => string | undefined;
}

/** The renames that a suggestion may have missed. */
export function renamesOf({ head, desired, mapped }: Asked, answers: Answers): Renames {
  const proposals = renameProposals(head, desired).filter(({ candidates }) => candidates.length > 0);
  const dropped = new Set((answers.drop ?? []).map(unquoted));
  const schemas = proposals.filter(({ before }) => before.kind === 'schema').map(({ before }) => before.name);
  const schemaOf = (object: SchemaObject): string => String(Reflect.get(object, 'schema'));
  const isInRenamedSchema = (object: SchemaObject): boolean => schemas.includes(schemaOf(object));
  const answerTo = (before: Renamable): string | undefined =>
    mapOf({ mapped }, before)?.request.text ?? (pathsOf(before).some((path) => dropped.has(path)) ? '--drop' : undefined);
  return {
    proposals,
    answerTo,
    isOpen: (before) => answerTo(before) === undefined && proposals.some((proposal) => proposal.before.id === before.id),
    of: (id) => proposals.find(({ before }) => before.id === id),
    isDropped: (object) => dropped.has(object.name) || (isInRenamedSchema(object) && dropped.has(schemaOf(object))),
    isInRenamedSchema,
  };
}

/** The question whether something was renamed, with what speaks for it. A value that rows have cannot simply be dropped: they get another one. */
export function wasRenamed({ before, candidates }: Proposal, stake: string, maps: readonly string[] = []): Question {
  const names = candidates.map((candidate) => `${candidate.after.name} (${reasons(candidate)})`).join(' or ');
  const otherwise = maps.length === 0 ? 'or is it dropped' : 'or does it go, and which value do its rows get';
  return {
    kind: 'rename',
    message: `Was ${before.kind} ${before.name} (${stake}) renamed to ${names}, ${otherwise}?`,
    flags: [...candidates.map(({ after }) => renameFlag(before, after)), ...(maps.length === 0 ? [`--drop ${before.name}`] : maps)],
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
    .filter(({ before }) => before.kind === 'schema' && renames.isOpen(before))
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
    .filter(({ before }) => (before.isMember ? holdsData(before) : before.kind === 'sequence') && renames.isOpen(before))
    .map(async (proposal) => {
      const count = await countUses(place, proposal.before, suggestion);
      if (count === 0 && place.info.development) return [];
      const isSequence = proposal.before.kind === 'sequence';
      const maps = count === 0 || isSequence ? [] : mapFlags(suggestion, proposal.before);
      return [wasRenamed(proposal, isSequence ? 'which goes on where it is' : `in ${held('table', count)}`, maps)];
    });
  return (await Promise.all(questions)).flat();
}

async function countUses(place: Place, before: Renamable, suggestion: Asked): Promise<number> {
  if (before.kind === 'sequence') return (await isUsedSequence(place.live, before.object)) ? 1 : 0;
  return countHolders(place, before, suggestion);
}

/** From here on something that nobody is asked about is mentioned. */
const WORTH_A_HINT = 0.6;

/** What is dropped beside something new that is like it, where no row is at stake; parts of a table are in the list of changes anyway. */
export function hints(renames: Renames, asked: readonly Question[]): readonly string[] {
  return unasked(renames, asked)
    .filter(({ before }) => renames.isOpen(before))
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
    (proposal) => (proposal.before.kind === 'schema' || !renames.isInRenamedSchema(proposal.before.object)) && !isAsked(proposal, asked),
  );

const isAsked = ({ before, candidates }: Proposal, asked: readonly Question[]): boolean =>
  asked.some(({ flags }) => candidates.some(({ after }) => flags.includes(renameFlag(before, after))));

/** What is dropped although it may have been renamed, and who decided that. */
export function notRenamed(renames: Renames, asked: readonly Question[]): readonly string[] {
  return renames.proposals.flatMap((proposal) => {
    const { before, candidates } = proposal;
    if (!isWorthwhile(before)) return [];
    const by = renames.answerTo(before) ?? (isAsked(proposal, asked) ? '--force' : 'nobody was asked, since no row is lost');
    return [`${before.kind} ${before.name} was dropped, not renamed to ${candidates.map(({ after }) => after.own).join(' or ')} (${by})`];
  });
}
