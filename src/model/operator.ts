import { quoteIdentifier } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { writeDefinition } from './options.ts';
import type { Sql } from './sql.ts';
import { writeSql } from './sql.ts';
import { type TypeName, writeType } from './types.ts';

export interface OperatorOptions {
  /** Not given for an operator that stands in front of its operand. */
  readonly left?: TypeName | undefined;
  readonly right: TypeName;
  /** The function behind it, by name. */
  readonly function: string;
  readonly commutator?: string | undefined;
  readonly negator?: string | undefined;
  readonly restrict?: string | undefined;
  readonly join?: string | undefined;
  readonly hashes?: boolean | undefined;
  readonly merges?: boolean | undefined;
}

/** Declares an operator: `operator('===', { left: 'text', right: 'text', function: 'public.same' })`. */
export function operator(name: Name, options: OperatorOptions): Named {
  const { schema, name: symbol } = qualified(name);
  const reference = (): string => `${quoteIdentifier(schema)}.${symbol}`;
  const definition = (): string =>
    writeDefinition({
      FUNCTION: options.function,
      LEFTARG: options.left && writeType(options.left),
      RIGHTARG: writeType(options.right),
      COMMUTATOR: options.commutator,
      NEGATOR: options.negator,
      RESTRICT: options.restrict,
      JOIN: options.join,
      HASHES: options.hashes,
      MERGES: options.merges,
    });
  return new Named({
    kind: 'OPERATOR',
    path: `${schema}.${symbol}`,
    isUnique: false,
    reference,
    target: () => `${reference()} (${options.left ? writeType(options.left) : 'NONE'}, ${writeType(options.right)})`,
    stage: STAGES.routine,
    create: () => [`CREATE OPERATOR ${reference()} (${definition()})`],
  });
}

/** Declares an operator family of an access method. */
export function operatorFamily(name: Name, { using }: { readonly using: string }): Named {
  const full = qualified(name);
  const reference = (): string => `${writeName(full)} USING ${quoteIdentifier(using)}`;
  const create = (): string[] => [`CREATE OPERATOR FAMILY ${reference()}`];
  return new Named({ kind: 'OPERATOR FAMILY', path: dotted(full), isUnique: false, reference, stage: STAGES.routine, create });
}

export interface OperatorClassOptions {
  readonly for: TypeName;
  /** The access method. */
  readonly using: string;
  /** A declared family, or its name as SQL; PostgreSQL makes one of the same name otherwise. */
  readonly family?: string | undefined;
  readonly isDefault?: boolean | undefined;
  /** Its members as SQL writes them: sql`OPERATOR 1 <`, sql`FUNCTION 1 btint4cmp(integer, integer)`. */
  readonly items: readonly Sql[];
}

/** Declares an operator class, by which an access method orders or compares a type. */
export function operatorClass(name: Name, options: OperatorClassOptions): Named {
  const full = qualified(name);
  const using = ` USING ${quoteIdentifier(options.using)}`;
  const create = (): string[] => {
    const family = options.family ? ` FAMILY ${options.family}` : '';
    const type = `${options.isDefault ? ' DEFAULT' : ''} FOR TYPE ${writeType(options.for)}`;
    return [`CREATE OPERATOR CLASS ${writeName(full)}${type}${using}${family} AS ${options.items.map(writeSql).join(', ')}`];
  };
  return new Named({
    kind: 'OPERATOR CLASS',
    path: dotted(full),
    isUnique: false,
    reference: () => writeName(full),
    target: () => `${writeName(full)}${using}`,
    stage: STAGES.attached,
    create,
  });
}
