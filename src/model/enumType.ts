import { quoteLiteral } from '../database/quote.ts';
import type { EnumReference } from './columnTypes.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';

/** A declared enum; `column.enum(Status)` is a column of it. */
export class EnumType<Value extends string> extends Named implements EnumReference<Value> {
  readonly values: readonly Value[];
  #renamedValues: Readonly<Record<string, string>> = {};
  #mappedValues: Readonly<Record<string, string>> = {};

  constructor(name: Name, values: readonly Value[]) {
    const full = qualified(name);
    const reference = (): string => writeName(full);
    const create = (): string[] => [`CREATE TYPE ${reference()} AS ENUM (${values.map(quoteLiteral).join(', ')})`];
    super({
      kind: 'TYPE',
      path: dotted(full),
      reference,
      stage: STAGES.type,
      create,
      renamesInside: () => this.#renamedValues,
      mapsInside: () => this.#mappedValues,
    });
    this.values = values;
  }

  /** States what values were called before, so that rows keep them: `.renamedValues({ published: 'live' })`, the present name first. */
  renamedValues(oldNames: Readonly<Partial<Record<Value, string>>>): this {
    this.#renamedValues = { ...this.#renamedValues, ...oldNames };
    return this;
  }

  /** States which values rows get whose own one is no longer there: `.mappedValues({ archived: 'draft' })`, the one that is gone first. */
  mappedValues(values: Readonly<Record<string, Value>>): this {
    this.#mappedValues = { ...this.#mappedValues, ...values };
    return this;
  }
}

/** Declares an enum; the order of its values is how they sort. */
export const enumType = <const Value extends string>(name: Name, values: readonly Value[]): EnumType<Value> => new EnumType(name, values);
