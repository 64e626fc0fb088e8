import { type FastpyError, fail } from '../errors.ts';
import type { ObjectId } from '../kinds/kind.ts';
import { kindOf } from '../kinds/registry.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { diffSnapshots } from './diffSnapshots.ts';
import { findRenamables, isIn, type Renamable, renamablesOf } from './renamables.ts';
import { pathText, unquoted } from './renames.ts';
import { nearestHelp } from './unknownNames.ts';

/** Rows with the value `public.status.gone` shall get `draft`. */
export interface MapRequest {
  /** How it was written, for messages. */
  readonly text: string;
  /** The value that goes, dotted and unquoted; undefined where only the other one is known whole. */
  readonly path?: string | undefined;
  /** The value that its rows get, alone or dotted like the one that goes. */
  readonly value: string;
  /** With `value` whole and dotted: the one that goes, alone. Stated in a model, where it stays after it was done, so that it fits nothing then. */
  readonly declaredFrom?: string | undefined;
}

/** A value that goes, and the one that its rows get. */
export interface ValueMap {
  readonly request: MapRequest;
  /** The type that has both, in its state before and after. */
  readonly type: ObjectId;
  readonly from: string;
  readonly to: string;
  /** Others have that value too, so that afterwards nobody can tell which rows were mapped. */
  readonly isMerged: boolean;
}

/** Reads the value of `--map`: `public.status.gone=draft`; names before the sign may be quoted as in SQL. @throws USAGE */
export function parseMap(flag: string): MapRequest {
  const [, path, value] = /^((?:"(?:[^"]|"")*"|[^"=])+)=(.+)$/s.exec(flag) ?? [];
  if (path === undefined || value === undefined) {
    throw fail('USAGE', { problem: `--map ${flag} does not say what becomes what`, help: 'Write it as --map public.status.gone=draft.' });
  }
  return { text: `--map ${flag}`, path: unquoted(path), value };
}

/** The flag that gives the rows of a value another one: `--map public.status.gone=draft`. */
export const mapFlag = (gone: Renamable, value: string): string => `--map ${/[":=]/.test(gone.name) ? pathText(gone) : gone.name}=${value}`;

/** The values of a type that stays which are gone. */
export const goneValues = (from: SchemaSnapshot, to: SchemaSnapshot): readonly Renamable[] =>
  diffSnapshots(from, to).flatMap(({ before, after }) =>
    before === null || after === null ? [] : renamablesOf(before).filter((found) => isValue(found) && !isIn(to, found)),
  );

const isValue = ({ object, isMember }: Renamable): boolean => isMember && kindOf(object).members?.isValue === true;

/** The names of the values that a type has in a snapshot, in their order. */
export function valuesIn(snapshot: SchemaSnapshot, type: ObjectId): readonly string[] {
  const object = snapshot.objects.get(type);
  return object === undefined
    ? []
    : renamablesOf(object)
        .filter(isValue)
        .map(({ own }) => own);
}

/**
 * The requests that fit: the value goes, and the other one is there afterwards. The first one for a value counts: a flag before a model.
 * @throws USAGE  for a flag that fits nothing, and for two that contradict each other
 */
export function valueMaps(requests: readonly MapRequest[], from: SchemaSnapshot, to: SchemaSnapshot): readonly ValueMap[] {
  const maps = new Map<string, ValueMap>();
  for (const request of requests) {
    const { gone, value } = (request.declaredFrom === undefined ? stated : declared)(request, from, to);
    const fits = gone !== undefined && valuesIn(to, gone.object.id).includes(value);
    if (!fits && request.declaredFrom === undefined) throw misfit(request, { gone, from, to });
    if (!fits) continue;
    const earlier = maps.get(gone.id);
    if (earlier !== undefined && request.declaredFrom === undefined && earlier.to !== value) throw contradiction(earlier.request, request);
    if (earlier !== undefined) continue;
    maps.set(gone.id, { request, type: gone.object.id, from: gone.own, to: value, isMerged: false });
  }
  return [...maps.values()].map((map, _, all) => ({ ...map, isMerged: isMerged(map, all, from) }));
}

const contradiction = (one: MapRequest, other: MapRequest): FastpyError =>
  fail('USAGE', {
    problem: `${one.text} and ${other.text} contradict each other`,
    help: 'Rows with a value get one other: leave one out.',
  });

interface Found {
  readonly gone: Renamable | undefined;
  readonly value: string;
}

const stated = ({ path = '', value }: MapRequest, from: SchemaSnapshot, to: SchemaSnapshot): Found => ({
  gone: goneAt(path, from, to),
  value,
});

function declared({ declaredFrom, value }: MapRequest, from: SchemaSnapshot, to: SchemaSnapshot): Found {
  const kept = findRenamables(to, value).find(isValue);
  return { gone: kept && goneAt(`${kept.place}${declaredFrom}`, from, to), value: kept?.own ?? value };
}

const goneAt = (path: string, from: SchemaSnapshot, to: SchemaSnapshot): Renamable | undefined =>
  findRenamables(from, path).find((found) => isValue(found) && to.objects.has(found.object.id) && !isIn(to, found));

const isMerged = ({ type, from, to }: ValueMap, all: readonly ValueMap[], before: SchemaSnapshot): boolean =>
  valuesIn(before, type).includes(to) || all.some((other) => other.type === type && other.to === to && other.from !== from);

/** The way back: rows with a value that was new get the first of those that became it. What is left stays what it is. */
export function invertedMaps(maps: readonly ValueMap[], from: SchemaSnapshot): readonly ValueMap[] {
  const news = maps.filter(({ type, to }) => !valuesIn(from, type).includes(to));
  const firsts = news.filter((map) => news.find(({ type, to }) => type === map.type && to === map.to) === map);
  return firsts.map((map) => ({ ...map, from: map.to, to: map.from, isMerged: false }));
}

/** What a map does and who said so, for the migration. */
export const mapSentence = ({ type, from, to, request }: ValueMap, head: SchemaSnapshot): string =>
  `rows with ${from} of ${head.objects.get(type)?.name ?? type} get ${to} (${request.text})`;

interface Sides {
  readonly gone: Renamable | undefined;
  readonly from: SchemaSnapshot;
  readonly to: SchemaSnapshot;
}

function misfit({ text, path = '', value }: MapRequest, { gone, from, to }: Sides): FastpyError {
  const names = goneValues(from, to).map(({ name }) => name);
  const help =
    gone === undefined ? nearestHelp(path, names, 'is gone') : nearestHelp(value, valuesIn(to, gone.object.id), 'is left of the type');
  return fail('USAGE', {
    problem: `${text} does not fit: ${path} must be a value that is gone from the models and ${value} one of those left`,
    help,
  });
}
