import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import type { Column } from './column.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { columnName } from './naming.ts';
import { writeDefinition } from './options.ts';
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

export interface BaseTypeOptions {
  /** Functions, by name as SQL writes them: `public.number_in`. */
  readonly input: string;
  readonly output: string;
  readonly receive?: string | undefined;
  readonly send?: string | undefined;
  readonly typmodIn?: string | undefined;
  readonly typmodOut?: string | undefined;
  readonly analyze?: string | undefined;
  readonly subscript?: string | undefined;
  /** In bytes; of any length unless said. */
  readonly internalLength?: number | undefined;
  readonly passedByValue?: boolean | undefined;
  readonly alignment?: 'char' | 'int2' | 'int4' | 'double' | undefined;
  readonly storage?: 'plain' | 'external' | 'extended' | 'main' | undefined;
  /** One letter. */
  readonly category?: string | undefined;
  readonly preferred?: boolean | undefined;
  /** As text that the input function reads. */
  readonly default?: string | undefined;
  readonly element?: TypeName | undefined;
  readonly delimiter?: string | undefined;
  readonly collatable?: boolean | undefined;
}

const writeBaseType = (options: BaseTypeOptions): string =>
  writeDefinition({
    INPUT: options.input,
    OUTPUT: options.output,
    RECEIVE: options.receive,
    SEND: options.send,
    TYPMOD_IN: options.typmodIn,
    TYPMOD_OUT: options.typmodOut,
    ANALYZE: options.analyze,
    SUBSCRIPT: options.subscript,
    INTERNALLENGTH: options.internalLength?.toString(),
    PASSEDBYVALUE: options.passedByValue,
    ALIGNMENT: options.alignment,
    STORAGE: options.storage,
    CATEGORY: options.category && quoteLiteral(options.category),
    PREFERRED: options.preferred,
    DEFAULT: options.default === undefined ? undefined : quoteLiteral(options.default),
    ELEMENT: options.element && writeType(options.element),
    DELIMITER: options.delimiter && quoteLiteral(options.delimiter),
    COLLATABLE: options.collatable,
  });

/**
 * Declares a base type, whose functions are declared with `func` and name it: `baseType('number', { input: 'number_in', output: 'number_out' })`.
 * Without options it is the shell of one.
 */
export function baseType(name: Name, options?: BaseTypeOptions): Named {
  const full = qualified(name);
  const shell = (): string => `CREATE TYPE ${writeName(full)}`;
  const create = (): string[] => [shell(), ...(options === undefined ? [] : [`${shell()} (${writeBaseType(options)})`])];
  return new Named({ kind: 'TYPE', path: dotted(full), reference: () => writeName(full), stage: STAGES.type, create });
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
