import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';

/** All that a snapshot says, in one order, so that two of one database can be compared however they were read. */
export const plain = (snapshot: SchemaSnapshot) => ({
  version: snapshot.serverVersion,
  unmodelled: snapshot.unmodelled,
  objects: [...snapshot.objects.keys()].sort().map((id) => ({
    object: snapshot.objects.get(id),
    needs: [...(snapshot.needs.get(id) ?? [])].filter((need) => snapshot.objects.has(need)).sort(),
    note: snapshot.notes.get(id),
  })),
});
