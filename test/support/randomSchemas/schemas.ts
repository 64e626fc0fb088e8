import fc from 'fast-check';
import { OTHER_SLOTS } from './others.ts';
import type { Choice, Look, SchemaFiles, Slot } from './slots.ts';
import { TABLE_SLOTS } from './tables.ts';

const SLOTS: Readonly<Record<string, Slot>> = { ...OTHER_SLOTS, ...TABLE_SLOTS };

/** Most often nothing, so that schemas stay small; a failure shrinks to nothing wherever it does without. */
const choiceOf = (slot: Slot): fc.Arbitrary<number> =>
  fc.oneof({ withCrossShrink: true }, { weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(slot.versions.length - 1) });

const anyChoice: fc.Arbitrary<Choice> = fc.record(Object.fromEntries(Object.entries(SLOTS).map(([name, slot]) => [name, choiceOf(slot)])));

/** Other versions of some slots. */
const anyEdits: fc.Arbitrary<Choice> = fc
  .array(fc.oneof(...Object.entries(SLOTS).map(([name, slot]) => fc.tuple(fc.constant(name), fc.nat(slot.versions.length - 1)))), {
    minLength: 1,
    maxLength: 12,
  })
  .map((edits) => Object.fromEntries(edits));

/** Two schemas: half of the time some edits apart, otherwise independent of each other. Nothing of a pair depends on the rest, so it shrinks part by part. */
export const anyPair: fc.Arbitrary<readonly [Choice, Choice]> = fc
  .tuple(anyChoice, fc.oneof(anyEdits, anyChoice))
  .map(([from, to]) => [from, { ...from, ...to }]);

/** The SQL of a schema, by file. */
export function schemaFiles(choice: Choice): SchemaFiles {
  const look: Look = { at: (name) => textOf(name) };
  const textOf = (name: string): string => {
    const version = SLOTS[name]?.versions[choice[name] ?? 0] ?? '';
    return typeof version === 'string' ? version : version(look);
  };
  const files: Record<string, string> = {};
  for (const [name, { file }] of Object.entries(SLOTS)) {
    const text = textOf(name);
    if (file !== '') files[file] = `${files[file] ?? ''}${text === '' ? '' : `${text};\n`}`;
  }
  return files;
}
