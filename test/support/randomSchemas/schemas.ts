import fc from 'fast-check';
import { OTHER_SLOTS } from './others.ts';
import type { Choice, Look, SchemaFiles, Slot } from './slots.ts';
import { TABLE_SLOTS } from './tables.ts';

const SLOTS: Readonly<Record<string, Slot>> = { ...OTHER_SLOTS, ...TABLE_SLOTS };
const NAMES = Object.keys(SLOTS);

/** Usually nothing, so that schemas stay small and shrink to nothing. */
const choiceOf = (slot: Slot): fc.Arbitrary<number> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(slot.versions.length - 1) });

const anyChoice: fc.Arbitrary<Choice> = fc.record(Object.fromEntries(NAMES.map((name) => [name, choiceOf(SLOTS[name] as Slot)])));

/** What some edits of a schema lead to. */
const edited = (from: Choice): fc.Arbitrary<Choice> =>
  fc
    .array(
      fc.constantFrom(...NAMES).chain((name) => fc.tuple(fc.constant(name), fc.nat((SLOTS[name]?.versions.length ?? 1) - 1))),
      { minLength: 1, maxLength: 12 },
    )
    .map((edits) => ({ ...from, ...Object.fromEntries(edits) }));

/** Two schemas: half of the time some edits apart, otherwise independent of each other. */
export const anyPair: fc.Arbitrary<readonly [Choice, Choice]> = fc.oneof(
  anyChoice.chain((from) => fc.tuple(fc.constant(from), edited(from))),
  fc.tuple(anyChoice, anyChoice),
);

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
