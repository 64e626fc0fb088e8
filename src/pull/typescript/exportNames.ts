import type { Enum } from '../../kinds/enums.ts';
import type { ObjectId, SchemaObject } from '../../kinds/kind.ts';
import { ownRoot } from '../../kinds/root.ts';
import { columnNameUnder, type Naming } from '../../model/naming.ts';
import { camelCase, pascalCase, singular, snakeCase } from '../../seed/words.ts';

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/** Properties that a table has besides its columns, or that an object literal does not take as they are. */
const RESERVED = [
  ...['create', 'createMany', 'firstOrCreate', 'upsert', 'count', 'truncate', 'renamedFrom'],
  ...['__proto__', 'constructor', 'toString'],
];

/** The first of the names that nobody has, with a number where all are taken. */
function firstFree(names: readonly string[], taken: ReadonlySet<string>): string {
  const last = names.at(-1) ?? '';
  for (let count = 1; ; count++) {
    const found = count === 1 ? names.find((name) => !taken.has(name)) : taken.has(`${last}${count}`) ? undefined : `${last}${count}`;
    if (found !== undefined) return found;
  }
}

const asIdentifier = (name: string, prefix: string): string => (IDENTIFIER.test(name) ? name : `${prefix}${name}`);

/** A table is named after one of its rows, everything else as it is; all models of a project have different names. */
export function exportNames(objects: readonly SchemaObject[]): ReadonlyMap<ObjectId, string> {
  const names = new Map<ObjectId, string>();
  for (const [id, schema, name] of objects.map(namedParts).toSorted(comparePlainness)) {
    const wanted = [pascalCase(name), ...(schema === 'public' ? [] : [pascalCase(`${schema}_${name}`)])];
    names.set(
      id,
      firstFree(
        wanted.map((each) => asIdentifier(each, 'Model')),
        new Set(names.values()),
      ),
    );
  }
  return names;
}

type NamedParts = readonly [id: ObjectId, schema: string, name: string];

function namedParts(object: SchemaObject): NamedParts {
  const { schema = '', name = '' } = ownRoot(object) ?? {};
  return [object.id, schema, object.kind === 'table' ? singular(snakeCase(name)) : name];
}

/** The plainest names come first, so that others give way to them. */
function comparePlainness([id, schema, name]: NamedParts, [otherId, otherSchema, otherName]: NamedParts): number {
  const weight = (one: string, of: string): number => Number(one !== 'public') + 2 * Number(of !== of.toLowerCase());
  return weight(schema, name) - weight(otherSchema, otherName) || (id > otherId ? -1 : 1);
}

/** The properties of a table's columns, by column name. */
export function propertyNames(columns: readonly string[], naming: Naming): ReadonlyMap<string, string> {
  const usual = (column: string): string => (naming === 'verbatim' ? column : camelCase(column));
  const fits = (column: string): boolean => columnNameUnder(naming, usual(column)) === column;
  const names = new Map<string, string>();
  for (const column of columns.toSorted((one, other) => Number(fits(other)) - Number(fits(one)))) {
    const wanted = [usual(column), column].filter((name) => IDENTIFIER.test(name) && !RESERVED.includes(name));
    const other = `${asIdentifier(camelCase(column), 'column')}_`;
    names.set(column, firstFree([...wanted, other], new Set(names.values())));
  }
  return names;
}

/** What PostgreSQL prints for the type, without quotes, as a key. */
export const typeKey = ({ schema, type }: Pick<Enum, 'schema' | 'type'>): string => JSON.stringify([schema, type]);
