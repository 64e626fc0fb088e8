import { quoteIdentifier } from '../database/quote.ts';
import { STAGES } from './declaration.ts';
import { Named } from './named.ts';
import { type TypeName, writeType } from './types.ts';

export interface TransformOptions {
  readonly for: TypeName;
  readonly language: string;
  /** Functions with their arguments: `f(internal)`. */
  readonly fromSql?: string | undefined;
  readonly toSql?: string | undefined;
}

/** Declares how a procedural language sees the values of a type. */
export function transform({ for: type, language, fromSql, toSql }: TransformOptions): Named {
  const reference = (): string => `FOR ${writeType(type)} LANGUAGE ${quoteIdentifier(language)}`;
  const functions = [fromSql && `FROM SQL WITH FUNCTION ${fromSql}`, toSql && `TO SQL WITH FUNCTION ${toSql}`];
  const create = (): string[] => [`CREATE TRANSFORM ${reference()} (${functions.filter(Boolean).join(', ')})`];
  return new Named({ kind: 'TRANSFORM', path: 'transform', isUnique: false, reference, stage: STAGES.attached, create });
}
