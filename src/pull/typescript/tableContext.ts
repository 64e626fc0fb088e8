import type { Column } from '../../kinds/columns.ts';
import type { ObjectId, SchemaObject } from '../../kinds/kind.ts';
import { ownedIn } from '../../kinds/lookup.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import type { Table } from '../../kinds/tables.ts';
import type { Naming } from '../../model/naming.ts';
import type { ExportedModel, ModelFile } from './modelFile.ts';

/** What TypeScript says of the whole database, for whoever says a part of it. */
export interface Models {
  readonly live: SchemaSnapshot;
  readonly naming: Naming;
  /** Declared enums, by `typeKey`. */
  readonly enums: ReadonlyMap<string, ExportedModel>;
  /** Declared tables, by id. */
  readonly tables: ReadonlyMap<ObjectId, DeclaredTable>;
}

/** A table that TypeScript declares. */
export interface DeclaredTable extends ExportedModel {
  readonly table: Table;
  readonly columns: readonly Column[];
  /** By column name. */
  readonly properties: ReadonlyMap<string, string>;
}

/** A table being written into a file. */
export interface TableContext extends Models {
  readonly file: ModelFile;
  readonly declared: DeclaredTable;
}

/** A part of a table in TypeScript. */
export interface SaidPart {
  readonly code: string;
  readonly objects: readonly SchemaObject[];
}

/** The parts of one kind that belong directly to an object, by id. */
export function partsOf<Part extends SchemaObject>(live: SchemaSnapshot, owner: SchemaObject, kind: string): readonly Part[] {
  const parts = ownedIn(live)(owner.id).flatMap((id) => live.objects.get(id) ?? []);
  return parts.filter((part) => part.kind === kind).toSorted((one, other) => (one.id < other.id ? -1 : 1)) as Part[];
}

/** The comment on an object as a whole. */
export function commentOn(live: SchemaSnapshot, object: SchemaObject): (SchemaObject & { readonly text: string }) | undefined {
  return live.objects.get(`comment:${object.id}`) as (SchemaObject & { readonly text: string }) | undefined;
}
