import type { Column } from '../kinds/columns.ts';
import type { Domain } from '../kinds/domains.ts';
import type { ObjectId } from '../kinds/kind.ts';
import { dependentsIn } from '../kinds/lookup.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';

/** A column that holds values of a type. */
export interface Holder {
  readonly column: Column;
  /** It holds lists of them. */
  readonly isList: boolean;
}

/** The columns that store values of a type: of the type itself, lists of it, and both by way of domains. */
export function holdersOf(snapshot: SchemaSnapshot, type: ObjectId): readonly Holder[] {
  const name = snapshot.objects.get(type)?.name;
  return dependentsIn(snapshot)(type).flatMap((id) => {
    const object = snapshot.objects.get(id);
    if (object === undefined || !['column', 'domain'].includes(object.kind)) return [];
    const { type: written } = object as Column | Domain;
    // A domain may mention the type in a check alone.
    if (elementOf(written) !== name) return [];
    const isList = written.endsWith('[]');
    if (object.kind === 'domain') return holdersOf(snapshot, id).map((holder) => ({ ...holder, isList: holder.isList || isList }));
    const column = object as Column;
    return column.generated === null && column.foreign === null ? [{ column, isList }] : [];
  });
}

/** `public."my type"[]` is a list of `public.my type`. */
const elementOf = (type: string): string =>
  type.replace(/\[\]$/, '').replaceAll(/"((?:[^"]|"")*)"/g, (_, name: string) => name.replaceAll('""', '"'));
