import { distance } from '../protocol/nearest.ts';
import type { Renamable } from './renamables.ts';
import type { Shape } from './shape.ts';

/** Something with its shape. */
export interface Shaped {
  readonly renamable: Renamable;
  readonly shape: Shape;
}

/** How much speaks for one thing having become another, and what. */
export interface Resemblance {
  /** From 0 to 1. */
  readonly confidence: number;
  /** In words, the strongest first: `same type`, `same position`. */
  readonly evidence: readonly string[];
}

/** One thing that was compared: from 0 (unlike) to 1 (the same). */
interface Mark {
  readonly weight: number;
  readonly score: number;
  readonly words: string;
}

/** From here on a mark is named as evidence. */
const TELLING = 0.5;

/** Compares what is gone with what is new. What neither has is no evidence, neither for nor against. */
export function resemblance(before: Shaped, after: Shaped): Resemblance {
  const marks = [
    ...shapeMarks(before, after),
    ...positionMark(before, after),
    ...dependentsMark(before.shape, after.shape),
    nameMark(before, after),
    ...placeMark(before, after),
  ];
  const telling = marks
    .filter(({ score }) => score >= TELLING)
    .toSorted((one, other) => other.weight * other.score - one.weight * one.score);
  return { confidence: Math.round(average(marks) * 100) / 100, evidence: telling.map(({ words }) => words) };
}

/** The same without names and places: how like the things themselves are, from 0 to 1. */
export const shapeLikeness = (before: Shaped, after: Shaped): number => average(shapeMarks(before, after));

function average(marks: readonly Mark[]): number {
  const weight = marks.reduce((sum, mark) => sum + mark.weight, 0);
  return weight === 0 ? 0 : marks.reduce((sum, mark) => sum + mark.weight * mark.score, 0) / weight;
}

function shapeMarks({ shape: before }: Shaped, { shape: after }: Shaped): readonly Mark[] {
  if (before.contents !== undefined || after.contents !== undefined) return [contentsMark(before.contents ?? [], after.contents ?? [])];
  const isSame = before.definition === after.definition;
  if (before.type !== undefined && after.type !== undefined) {
    const kin = family(before.type) === family(after.type);
    const type = before.type === after.type ? 1 : kin ? 0.6 : 0;
    return [
      { weight: 5, score: type, words: type === 1 ? `same type ${after.type}` : `similar type ${after.type}` },
      { weight: 1, score: isSame ? 1 : 0, words: 'same definition' },
    ];
  }
  if (before.siblings !== undefined) return [];
  const score = isSame ? 1 : Math.min(0.95, sharedPart(wordsOf(before.definition), wordsOf(after.definition)));
  return [{ weight: 6, score, words: isSame ? 'same definition' : `definition ${percent(score)} the same` }];
}

function contentsMark(before: readonly string[], after: readonly string[]): Mark {
  const shared = before.filter((line) => after.includes(line)).length;
  const most = Math.max(before.length, after.length);
  return { weight: 6, score: sharedPart(before, after), words: `${shared} of ${most} parts the same` };
}

/** `character varying(200)` is kin to `character varying`. */
const family = (type: string): string => type.replace(/\(.*?\)/, '');

/** Where it stood among what stays: behind the same one, before the same one, and in the same place between these. */
function positionMark(before: Shaped, after: Shaped): readonly Mark[] {
  const [was, is] = [before.shape.siblings, after.shape.siblings];
  if (was === undefined || is === undefined) return [];
  const [first, second] = [between(was, is, before.renamable.own), between(is, was, after.renamable.own)];
  const sides = (first.behind === second.behind ? 0.5 : 0) + (first.before === second.before ? 0.5 : 0);
  const score = Math.max(0, sides - Math.min(0.4, Math.abs(first.offset - second.offset) * 0.2));
  return [{ weight: before.shape.type === undefined ? 5 : 2, score, words: score === 1 ? 'same position' : 'near position' }];
}

/** The nearest siblings that are there on both sides, and how far behind the first of them. */
function between(names: readonly string[], others: readonly string[], own: string) {
  const at = names.indexOf(own);
  const stays = (name: string): boolean => others.includes(name);
  const behind = names.slice(0, at).findLast(stays);
  const offset = at - (behind === undefined ? -1 : names.lastIndexOf(behind, at));
  return { behind, before: names.slice(at + 1).find(stays), offset };
}

function dependentsMark({ dependents: before }: Shape, { dependents: after }: Shape): readonly Mark[] {
  if (before.length + after.length === 0) return [];
  return [{ weight: 2, score: sharedPart(before, after), words: 'same dependents' }];
}

const nameMark = ({ renamable: before }: Shaped, { renamable: after }: Shaped): Mark => ({
  weight: 1.5,
  score: likeness(before.own.toLowerCase(), after.own.toLowerCase()),
  words: before.own === after.own ? 'same name' : 'similar name',
});

/** In another schema it is less likely the same; nothing where it stays in its own. */
const placeMark = ({ renamable: before }: Shaped, { renamable: after }: Shaped): readonly Mark[] =>
  before.place === after.place ? [] : [{ weight: 1, score: 0, words: '' }];

function likeness(before: string, after: string): number {
  const longest = Math.max(before.length, after.length);
  const isPart = Math.min(before.length, after.length) > 2 && (before.includes(after) || after.includes(before));
  const score = Math.max(isPart ? 0.7 : 0, 1 - distance(before, after) / longest);
  // Any two words have some letters in common.
  return score < TELLING ? 0 : score;
}

/** The words of a definition's values; names of fields and what is not set are the same in any two. */
const wordsOf = (definition: string): readonly string[] =>
  definition
    .replace(/\["\w+",/g, '')
    .match(/\w+/g)
    ?.filter((word) => !['null', 'true', 'false'].includes(word)) ?? [];
const percent = (score: number): string => `${Math.round(score * 100)} %`;

/** Dice's coefficient of two lists: twice what they share by what both have. */
function sharedPart(before: readonly string[], after: readonly string[]): number {
  const left = new Map<string, number>();
  for (const item of after) left.set(item, (left.get(item) ?? 0) + 1);
  const shared = before.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count > 0;
  });
  return before.length + after.length === 0 ? 1 : (2 * shared.length) / (before.length + after.length);
}
