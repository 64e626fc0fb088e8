import { quoteIdentifier } from '../database/quote.ts';
import type { Column } from './column.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { columnName } from './naming.ts';
import { type SqlReference, TO_SQL } from './sql.ts';

/** A type by its name as SQL writes it, or a declared one. */
export type TypeName = string | SqlReference;

/** The type as SQL. */
export const writeType = (type: TypeName): string => (typeof type === 'string' ? type : type[TO_SQL]());

/** Declares a composite type; of each column only the type, the name, the collation and `renamedFrom` count. */
export function compositeType(name: Name, attributes: Readonly<Record<string, Column>>): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const attribute = ([property, { parts }]: readonly [string, Column]): string =>
    `${quoteIdentifier(parts.name ?? columnName(property))} ${parts.typeSql()}${parts.collation ? ` COLLATE ${quoteIdentifier(parts.collation)}` : ''}`;
  const create = (): string[] => [`CREATE TYPE ${reference()} AS (${Object.entries(attributes).map(attribute).join(', ')})`];
  const renamesInside = (): Record<string, string> =>
    Object.fromEntries(
      Object.entries(attributes).flatMap(([property, { parts }]) =>
        parts.renamedFrom ? [[parts.name ?? columnName(property), parts.renamedFrom.name]] : [],
      ),
    );
  return new Named({ kind: 'TYPE', path: dotted(full), reference, stage: STAGES.type, create, renamesInside });
}

export interface RangeOptions {
  readonly subtype: TypeName;
  readonly subtypeOpclass?: string | undefined;
  readonly subtypeDiff?: string | undefined;
  readonly collation?: string | undefined;
  readonly multirangeTypeName?: string | undefined;
}

/** Declares a range type over another type. */
export function rangeType(name: Name, options: RangeOptions): Named {
  const full = qualified(name);
  const reference = (): string => writeName(full);
  const given: readonly (readonly [string, string | undefined])[] = [
    ['subtype', writeType(options.subtype)],
    ['subtype_opclass', options.subtypeOpclass],
    ['collation', options.collation && quoteIdentifier(options.collation)],
    ['subtype_diff', options.subtypeDiff],
    ['multirange_type_name', options.multirangeTypeName],
  ];
  const written = (): string => given.flatMap(([key, value]) => (value === undefined ? [] : [`${key} = ${value}`])).join(', ');
  return new Named({
    kind: 'TYPE',
    path: dotted(full),
    reference,
    stage: STAGES.type,
    create: () => [`CREATE TYPE ${reference()} AS RANGE (${written()})`],
  });
}
