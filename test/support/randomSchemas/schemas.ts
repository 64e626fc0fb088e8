import fc from 'fast-check';
import { DATABASE_SLOTS } from './database.ts';
import { PARTITION_SLOTS } from './partitions.ts';
import { ROUTINE_SLOTS } from './routines.ts';
import { type Choice, type Look, type SchemaFiles, type Slot, type Slots, textOf } from './slots.ts';
import { TABLE_SLOTS } from './tables.ts';
import { BASE_TYPE_SLOTS, TYPE_SLOTS } from './types.ts';

/** Every place in a schema. */
export const SLOTS: Slots = { ...DATABASE_SLOTS, ...TYPE_SLOTS, ...ROUTINE_SLOTS, ...PARTITION_SLOTS, ...TABLE_SLOTS, ...BASE_TYPE_SLOTS };

/** Two schemas, each by which version every slot has. */
export type Pair = readonly [from: Choice, to: Choice];

/** How often a slot has nothing on both sides, the same, something that differs, or something on one side alone. */
interface Weights {
  readonly nothing: number;
  readonly same: number;
  readonly other: number;
  readonly one: number;
}

/** How much less often there is nothing of what others need. */
const BASE = 3;

const NEAR: Weights = { nothing: 60, same: 30, other: 7, one: 3 };
const FAR: Weights = { nothing: 62, same: 6, other: 16, one: 16 };
const ALIKE: Weights = { nothing: 80, same: 20, other: 0, one: 0 };
const NOWHERE: Weights = { nothing: 1, same: 0, other: 0, one: 0 };

/** What is the database's own and no relation's, routine's or type's: where it changes, everything is made anew, and no edit is looked at. */
const APART: readonly string[] = [...Object.keys(DATABASE_SLOTS), 'operator', 'family', 'cast', 'collation'];
/** The same where it is there at all. */
const EVERYTHING: readonly string[] = ['default privileges', 'event trigger'];

/** Which versions of a slot both schemas have; it shrinks to nothing wherever the failure does without. */
function versionsOf({ versions, isBase = false }: Slot, { nothing, same, other, one }: Weights): fc.Arbitrary<readonly [number, number]> {
  const some = fc.integer({ min: Math.min(1, versions.length - 1), max: versions.length - 1 });
  return fc.oneof(
    { withCrossShrink: true },
    { weight: isBase ? Math.ceil(nothing / BASE) : nothing, arbitrary: fc.constant([0, 0] as const) },
    { weight: same, arbitrary: some.map((version) => [version, version] as const) },
    {
      weight: one,
      arbitrary: fc.oneof(
        some.map((version) => [version, 0] as const),
        some.map((version) => [0, version] as const),
      ),
    },
    { weight: other, arbitrary: fc.tuple(some, some) },
  );
}

const pairWith = (weightsOf: (name: string) => Weights): fc.Arbitrary<Readonly<Record<string, readonly [number, number]>>> =>
  fc.record(Object.fromEntries(Object.entries(SLOTS).map(([name, slot]) => [name, versionsOf(slot, weightsOf(name))])));

const inEdit = (name: string): Weights => (EVERYTHING.includes(name) ? NOWHERE : APART.includes(name) ? ALIKE : NEAR);

/** Two schemas, most often some alterations apart. Nothing of a pair depends on the rest, so it shrinks part by part. */
export const anyPair: fc.Arbitrary<Pair> = fc
  .oneof(
    { weight: 2, arbitrary: pairWith(() => NEAR) },
    { weight: 2, arbitrary: pairWith(inEdit) },
    { weight: 1, arbitrary: pairWith(() => FAR) },
  )
  .map((versions) => [side(versions, 0), side(versions, 1)]);

const side = (versions: Readonly<Record<string, readonly [number, number]>>, index: 0 | 1): Choice =>
  Object.fromEntries(Object.entries(versions).map(([name, both]) => [name, both[index]]));

/** The text that a schema has in each slot. */
export function slotTexts(choice: Choice, major: number): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const at = (name: string): string => {
    const known = texts.get(name);
    if (known !== undefined) return known;
    const text = textOf(SLOTS[name]?.versions[choice[name] ?? 0] ?? '', look);
    texts.set(name, text);
    return text;
  };
  const look: Look = { at, major };
  return new Map(Object.keys(SLOTS).map((name) => [name, at(name)]));
}

/** The SQL of a schema, by file. */
export function schemaFiles(choice: Choice, major: number): SchemaFiles {
  const files: Record<string, string> = {};
  for (const [name, text] of slotTexts(choice, major)) {
    const file = SLOTS[name]?.file ?? '';
    if (file !== '') files[file] = `${files[file] ?? ''}${text === '' ? '' : `${text};\n`}`;
  }
  return Object.fromEntries(Object.entries(files).sort());
}
