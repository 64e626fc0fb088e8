import type { SchemaObject } from '../../src/kinds/kind.ts';
import { registry } from '../../src/kinds/registry.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { type Action, afterOf, beforeOf } from '../../src/plan/plan.ts';
import type { Way } from './prove.ts';

/** What a golden case shows of a kind. */
export type Deed = 'create' | 'alter' | 'replace' | 'drop' | 'unchanged' | 'rename';

/** `create view`: what some case must show, for each deed and each kind that can. */
export type Coverage = ReadonlySet<`${Deed} ${string}`>;

const DEEDS: readonly Deed[] = ['create', 'alter', 'replace', 'drop', 'unchanged'];

/** What no case can show, with the reason. */
export const IMPOSSIBLE: Readonly<Record<string, string>> = {
  'alter schema': 'it has nothing but its name, owner and privileges',
  'replace schema': 'the same',
  'alter partition': 'PostgreSQL cannot alter a bound: the partition is detached and attached',
  'alter index attachment': 'an attached index cannot be attached to another one',
  'alter access method': 'PostgreSQL has no ALTER ACCESS METHOD',
  'alter cast': 'PostgreSQL has no ALTER CAST',
  'alter collation': 'PostgreSQL alters only its version, which is the server’s: it is swapped',
  'alter conversion': 'PostgreSQL alters only its name, schema and owner',
  'alter operator class': 'the same',
  'alter text search parser': 'the same',
  'alter text search template': 'the same',
  'alter publication schema': 'it is there or not',
  'replace publication schema': 'it goes with its publication or its schema, and neither is replaced while it is there',
  'alter publication table': 'PostgreSQL cannot alter the columns or rows of one table of a publication',
};

/** What the cases must show: each deed for each kind, and another name for all that can have one. */
export function demanded(): readonly string[] {
  const kinds = [...registry.values()];
  const members = kinds.flatMap(({ members }) => members?.kind ?? []);
  const renamed = [...kinds.filter(({ rename }) => rename !== undefined).map(({ name }) => name), ...members];
  const all = [...kinds.flatMap(({ name }) => DEEDS.map((deed) => `${deed} ${name}`)), ...renamed.map((name) => `rename ${name}`)];
  return all.filter((one) => IMPOSSIBLE[one] === undefined);
}

/** What a way shows: an object that comes or goes with its owner shows nothing of its own. */
export function coverageOf(way: Way, to: SchemaSnapshot, isRewritten: boolean): Coverage {
  const done = [way.up, way.down].flatMap(({ actions }) =>
    [...actions].flatMap(([id, action]) => (isOwn(action, actions) ? [`${deedOf(action)} ${id.slice(0, id.indexOf(':'))}` as const] : [])),
  );
  const renamed = way.renamed.map(({ kind }) => `rename ${kind}` as const);
  const isSame = isRewritten && way.texts.up.length === 0 && way.texts.down.length === 0;
  const unchanged = isSame ? [...to.objects.values()].map(({ kind }) => `unchanged ${kind}` as const) : [];
  return new Set([...done, ...renamed, ...unchanged]);
}

const deedOf = ({ type }: Action): Deed => (type === 'swap' ? 'replace' : type);

function isOwn(action: Action, actions: ReadonlyMap<string, Action>): boolean {
  const object: SchemaObject | undefined = afterOf(action) ?? beforeOf(action);
  const owner = object?.owner === undefined ? undefined : actions.get(object.owner);
  return owner === undefined || owner.type === 'alter' || owner.type !== action.type || action.type === 'replace';
}
