import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';

/** All that a snapshot says, a line an object. */
const linesOf = (snapshot: SchemaSnapshot): readonly string[] =>
  [...snapshot.objects].map(([id, object]) => {
    const needs = [...(snapshot.needs.get(id) ?? [])].filter((need) => snapshot.objects.has(need)).sort();
    return JSON.stringify({ object, needs, note: snapshot.notes.get(id) });
  });

/** What one snapshot says and another does not; a change of an object is on both sides. */
export function onlyIn(one: SchemaSnapshot, other: SchemaSnapshot): readonly string[] {
  const lines = new Set(linesOf(other));
  return linesOf(one).filter((line) => !lines.has(line));
}
