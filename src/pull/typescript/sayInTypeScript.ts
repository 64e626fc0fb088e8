import type { Column } from '../../kinds/columns.ts';
import type { Enum } from '../../kinds/enums.ts';
import type { ObjectId, SchemaObject } from '../../kinds/kind.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import type { Table } from '../../kinds/tables.ts';
import type { Source } from '../draft.ts';
import type { PathOf } from '../paths.ts';
import { exportNames, propertyNames, typeKey } from './exportNames.ts';
import { ModelFile } from './modelFile.ts';
import { enumCode, isViewSayable, viewCode } from './otherCode.ts';
import type { Said } from './said.ts';
import { isTableSayable, tableCode } from './tableCode.ts';
import { type DeclaredTable, type Models, partsOf, type SaidPart } from './tableContext.ts';

/** Where models are written, and which objects are not to be. */
export interface Places {
  readonly unsayable: ReadonlySet<ObjectId>;
  readonly pathOf: PathOf;
}

/** Says in TypeScript what builders can say: enums, tables with their keys, checks and indexes, and views. */
export function sayInTypeScript({ live, naming }: Source, { unsayable, pathOf }: Places): readonly Said[] {
  const objects = [...live.objects.values()].filter((object) => !unsayable.has(object.id) && canSay(object, live)).toSorted(compareIds);
  const names = exportNames(objects);
  const exported = (object: SchemaObject) => ({ name: names.get(object.id) ?? '', path: pathOf(object) });
  const declared = (object: SchemaObject): DeclaredTable => {
    const columns = columnsOf(object as Table, live);
    const properties = propertyNames(
      columns.map(({ column }) => column),
      naming,
    );
    return { ...exported(object), table: object as Table, columns, properties };
  };
  const models: Models = {
    live,
    naming,
    enums: new Map(objects.filter(isEnum).map((object) => [typeKey(object), exported(object)])),
    tables: new Map(objects.filter(({ kind }) => kind === 'table').map((object) => [object.id, declared(object)])),
  };
  return [...Map.groupBy(objects, pathOf)].map(([path, together]) => sayFile(path, together, { models, names }));
}

const compareIds = (one: SchemaObject, other: SchemaObject): number => (one.id < other.id ? -1 : 1);

const isEnum = (object: SchemaObject): object is Enum => object.kind === 'enum';

function canSay(object: SchemaObject, live: SchemaSnapshot): boolean {
  if (object.kind === 'table') return isTableSayable(object as Table, columnsOf(object as Table, live), live);
  return isEnum(object) || isViewSayable(object);
}

const columnsOf = (table: Table, live: SchemaSnapshot): readonly Column[] =>
  partsOf<Column>(live, table, 'column').toSorted((one, other) => position(one, live) - position(other, live));

const position = ({ id }: Column, live: SchemaSnapshot): number => live.notes.get(id)?.position ?? 0;

interface Naming {
  readonly models: Models;
  readonly names: ReadonlyMap<ObjectId, string>;
}

function sayFile(path: string, together: readonly SchemaObject[], { models, names }: Naming): Said {
  const file = new ModelFile(path);
  const objects = together.flatMap((object) => {
    const said = sayOne(object, file, models);
    file.declare(names.get(object.id) ?? '', said.code);
    return said.objects;
  });
  return { path, text: file.text, objects, roots: new Set(together.map(({ id }) => id)) };
}

function sayOne(object: SchemaObject, file: ModelFile, models: Models): SaidPart {
  const declared = models.tables.get(object.id);
  if (declared !== undefined) return tableCode({ ...models, file, declared });
  if (isViewSayable(object)) return viewCode(object, file, models.live);
  return enumCode(object as Enum, file, models.live);
}
