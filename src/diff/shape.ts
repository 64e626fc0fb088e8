import type { SchemaObject } from '../kinds/kind.ts';
import { ownedIn } from '../kinds/lookup.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { ownKey, type Renamable, renamablesOf } from './renamables.ts';

/** What is compared of a renamable, without its name and the place where it lies. */
export interface Shape {
  /** Its fields as text, the own name masked in them; equal text is the same definition. */
  readonly definition: string;
  /** The type of a column or an attribute. */
  readonly type: string | undefined;
  /** What it holds, one line each: the columns of a table with their types, the objects of a schema. Undefined for what holds nothing. */
  readonly contents: readonly string[] | undefined;
  /** Names of its siblings in order, its own among them; undefined where order says nothing. */
  readonly siblings: readonly string[] | undefined;
  /** What depends on it. */
  readonly dependents: readonly string[];
}

const PLACE = ['kind', 'id', 'name', 'owner', 'schema', 'table'];

/** The shape of something in its snapshot. */
export function shapeOf(renamable: Renamable, snapshot: SchemaSnapshot, dependents: readonly string[]): Shape {
  const { object, isMember } = renamable;
  const siblings = siblingsOf(renamable, snapshot);
  const type = siblings === undefined || isMember ? renamable.type : Reflect.get(object, 'type');
  return {
    definition: isMember ? `${renamable.kind} ${renamable.type ?? ''}` : definitionOf(renamable),
    type: typeof type === 'string' ? type : undefined,
    contents: isMember ? undefined : contentsOf(object, snapshot),
    siblings,
    dependents,
  };
}

function definitionOf({ object, own }: Renamable): string {
  const apart = [...PLACE, ownKey(object)];
  const fields = Object.entries(object).filter(([key]) => !apart.includes(key));
  const schema: unknown = object.owner === undefined ? Reflect.get(object, 'schema') : undefined;
  const forms = [...(typeof schema === 'string' ? dottedForms(schema, own) : []), ...formsOf(own)];
  return JSON.stringify(fields.map(([key, value]) => [key, key === 'definition' ? masked(String(value), forms) : value]));
}

/** What the catalog prints as a whole statement has the name in it: the first thing there that is written like it, with its schema where it has one. */
function masked(definition: string, forms: readonly string[]): string {
  if (!/^(CREATE|FUNCTION|PROCEDURE) /.test(definition)) return definition;
  const form = forms.find((text) => definition.includes(text));
  if (form === undefined) return definition;
  const [start = '', ...rest] = definition.split(form);
  return `${start}?${rest.join(form)}`;
}

const formsOf = (name: string): readonly string[] => [`"${name.replaceAll('"', '""')}"`, name];
const dottedForms = (schema: string, name: string): readonly string[] =>
  formsOf(schema).flatMap((place) => formsOf(name).map((own) => `${place}.${own}`));

function contentsOf(object: SchemaObject, snapshot: SchemaSnapshot): readonly string[] | undefined {
  if (object.kind === 'schema') return inSchema(object.name, snapshot);
  const columns = columnsOf(object, snapshot);
  return columns.length === 0 ? undefined : columns.map((column) => `${Reflect.get(column, 'column')} ${Reflect.get(column, 'type')}`);
}

const inSchema = (schema: string, snapshot: SchemaSnapshot): readonly string[] =>
  [...snapshot.objects.values()]
    .filter((object) => object.owner === undefined && object.kind !== 'schema' && Reflect.get(object, 'schema') === schema)
    .map((object) => `${object.kind} ${object.name.slice(schema.length)}`);

/** The columns of a table, in order. */
function columnsOf({ id }: { readonly id: SchemaObject['id'] }, snapshot: SchemaSnapshot): readonly SchemaObject[] {
  const columns = ownedIn(snapshot)(id).flatMap((part) => (part.startsWith('column:') ? (snapshot.objects.get(part) ?? []) : []));
  const place = (column: SchemaObject): number => snapshot.notes.get(column.id)?.position ?? 0;
  return columns.toSorted((one, other) => place(one) - place(other));
}

function siblingsOf({ kind, object, isMember }: Renamable, snapshot: SchemaSnapshot): readonly string[] | undefined {
  if (isMember) return renamablesOf(object).flatMap((member) => (member.kind === kind ? [member.own] : []));
  if (kind !== 'column' || object.owner === undefined) return undefined;
  return columnsOf({ id: object.owner }, snapshot).map((column) => String(Reflect.get(column, 'column')));
}
