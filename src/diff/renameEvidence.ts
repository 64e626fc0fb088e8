import { dependentsIn } from '../kinds/lookup.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { diffSnapshots, type Operation } from './diffSnapshots.ts';
import { canMove, holdsData, isIn, type Renamable, renamablesOf } from './renamables.ts';
import { type Resemblance, resemblance, type Shaped } from './resemblance.ts';
import { shapeOf } from './shape.ts';

/** What something that is gone may be called now. */
export interface Candidate extends Resemblance {
  readonly after: Renamable;
  /** Only the name differs, or the schema, nothing else comes into question, and no rows are at stake: renaming costs nothing and asks nobody. */
  readonly isFree: boolean;
}

/** Something that is gone, with what it may have become, the likeliest first. */
export interface Proposal {
  readonly before: Renamable;
  readonly candidates: readonly Candidate[];
}

/** Below this, two things have nothing to do with each other. */
const THRESHOLD = 0.4;
const MOST_CANDIDATES = 3;
/** Beyond this many pairs in one place only equal definitions are compared. */
const MANY_PAIRS = 40_000;

/**
 * For each object of `from` that is gone in `to`: the new ones of the same kind and place that it may have become, and those of other schemas
 * that are the same or called the same. A new one is offered to one of those that are gone only, to the likeliest. What lies in something that is
 * gone itself is left to that.
 */
export function renameProposals(from: SchemaSnapshot, to: SchemaSnapshot): readonly Proposal[] {
  const operations = diffSnapshots(from, to);
  const gone = operations.flatMap((operation) => missing(operation.before, operation, to));
  if (gone.length === 0) return [];
  const created = operations.flatMap((operation) => missing(operation.after, operation, from));
  const createdAt = Map.groupBy(created, placeOf);
  const proposals = [...Map.groupBy(gone, placeOf)].flatMap(([place, before]) =>
    proposalsIn(before, createdAt.get(place) ?? [], { from, to }),
  );
  return withMoves(proposals, created, { from, to });
}

/** What one side of an operation has and the other snapshot has not, unless what it lies in is missing there too. */
function missing(object: Operation['before'], operation: Operation, other: SchemaSnapshot): readonly Renamable[] {
  if (object === null || (object.owner !== undefined && !other.objects.has(object.owner))) return [];
  const isKept = operation.before !== null && operation.after !== null;
  return renamablesOf(object).filter((renamable) => !isIn(other, renamable) && (!renamable.isMember || isKept));
}

const placeOf = ({ kind, place, object }: Renamable): string => JSON.stringify([kind, place, object.owner]);

interface Sides {
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
}

interface Pair extends Resemblance {
  readonly before: Shaped;
  readonly after: Shaped;
  readonly isSame: boolean;
}

function proposalsIn(gone: readonly Renamable[], created: readonly Renamable[], { from, to }: Sides): readonly Proposal[] {
  if (created.length === 0) return gone.map((before) => ({ before, candidates: [] }));
  const pairs = pairsOf(shaped(gone, from, to), shaped(created, to, from));
  return offer(gone, pairs, from);
}

const shaped = (renamables: readonly Renamable[], snapshot: SchemaSnapshot, other: SchemaSnapshot): readonly Shaped[] =>
  renamables.map((renamable) => ({ renamable, shape: shapeOf(renamable, snapshot, dependentsOf(renamable, snapshot, other)) }));

function offer(gone: readonly Renamable[], pairs: readonly Pair[], from: SchemaSnapshot): readonly Proposal[] {
  const offered = offerOnce(pairs.filter(({ confidence }) => confidence >= THRESHOLD).toSorted(byConfidence));
  return gone.map((before) => ({
    before,
    candidates: offered
      .filter((pair) => pair.before.renamable === before)
      .slice(0, MOST_CANDIDATES)
      .map((pair) => candidateOf(pair, pairs, from)),
  }));
}

/** What may have moved to another schema, where nothing in its own comes into question; a schema that may have been renamed is one question. */
function withMoves(proposals: readonly Proposal[], created: readonly Renamable[], { from, to }: Sides): readonly Proposal[] {
  const taken = new Set(proposals.flatMap(({ candidates }) => candidates.map(({ after }) => after.id)));
  const renamedSchemas = proposals.filter(({ before, candidates }) => before.kind === 'schema' && candidates.length > 0);
  const isLeft = ({ place }: Renamable): boolean => !renamedSchemas.some(({ before }) => place === `${before.name}.`);
  const gone = proposals.flatMap(({ before, candidates }) =>
    candidates.length === 0 && canMove(before) && isLeft(before) ? [before] : [],
  );
  const arrived = created.filter((after) => canMove(after) && !taken.has(after.id));
  if (gone.length === 0 || arrived.length === 0) return proposals;
  const moves = new Map(offer(gone, movePairs(shaped(gone, from, to), shaped(arrived, to, from)), from).map((move) => [move.before, move]));
  return proposals.map((proposal) => moves.get(proposal.before) ?? proposal);
}

/** Called the same, or the same in what they hold, in two schemas. */
function movePairs(gone: readonly Shaped[], arrived: readonly Shaped[]): readonly Pair[] {
  const named = Map.groupBy(arrived, ({ renamable: { kind, own } }) => JSON.stringify([kind, own]));
  const alike = Map.groupBy(arrived, (after) => JSON.stringify([after.renamable.kind, likenessKey(after)]));
  return gone.flatMap((before) => {
    const { kind, own, place } = before.renamable;
    const like = before.shape.contents === undefined ? [] : (alike.get(JSON.stringify([kind, likenessKey(before)])) ?? []);
    const found = new Set([...(named.get(JSON.stringify([kind, own])) ?? []), ...like]);
    return [...found].filter(({ renamable }) => renamable.place !== place).map((after) => pairOf(before, after));
  });
}

const pairOf = (before: Shaped, after: Shaped): Pair => ({
  before,
  after,
  isSame: likenessKey(before) === likenessKey(after),
  ...resemblance(before, after),
});

function pairsOf(gone: readonly Shaped[], created: readonly Shaped[]): readonly Pair[] {
  const isMany = gone.length * created.length > MANY_PAIRS;
  const alike = Map.groupBy(created, likenessKey);
  return gone.flatMap((before) => (isMany ? (alike.get(likenessKey(before)) ?? []) : created).map((after) => pairOf(before, after)));
}

const likenessKey = ({ shape }: Shaped): string => JSON.stringify([shape.definition, shape.contents]);

const byConfidence = (one: Pair, other: Pair): number => other.confidence - one.confidence || (pairKey(one) < pairKey(other) ? -1 : 1);
const pairKey = ({ before, after }: Pair): string => `${before.renamable.id} ${after.renamable.id}`;

/** First a matching, best first, so that each one that is gone gets one if it can; then what is left, to the likeliest. */
function offerOnce(sorted: readonly Pair[]): readonly Pair[] {
  const [answered, taken] = [new Set<Shaped>(), new Set<Shaped>()];
  const take = (pair: Pair): boolean => {
    answered.add(pair.before);
    taken.add(pair.after);
    return true;
  };
  const matched = sorted.filter((pair) => !answered.has(pair.before) && !taken.has(pair.after) && take(pair));
  return [...matched, ...sorted.filter((pair) => !taken.has(pair.after) && take(pair))];
}

function candidateOf(pair: Pair, pairs: readonly Pair[], from: SchemaSnapshot): Candidate {
  const { before, after, confidence, evidence } = pair;
  const rivals = pairs.filter((other) => other.isSame && (other.before === before || other.after === after));
  return {
    after: after.renamable,
    confidence,
    evidence,
    isFree: pair.isSame && rivals.length === 1 && isOneChange(pair) && costsNothing(before.renamable, from),
  };
}

/** Another name, or another schema; both at once are too much to be done unasked. */
const isOneChange = ({ before: { renamable: before }, after: { renamable: after } }: Pair): boolean =>
  before.place === after.place || before.own === after.own;

/** A part that comes from a parent's is renamed with that; a schema is more than its definition. */
const costsNothing = (before: Renamable, from: SchemaSnapshot): boolean =>
  !holdsData(before) && before.kind !== 'schema' && from.notes.get(before.object.id)?.inheritedFrom === undefined;

/** Those that stay are known by their ids, the others by their kinds. */
function dependentsOf({ object, isMember }: Renamable, snapshot: SchemaSnapshot, other: SchemaSnapshot): readonly string[] {
  if (isMember) return [];
  return dependentsIn(snapshot)(object.id)
    .filter((id) => !(snapshot.objects.get(id)?.owner === object.id))
    .map((id) => (other.objects.has(id) ? id : id.slice(0, id.indexOf(':'))));
}
