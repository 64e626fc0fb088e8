import type { ColumnReference } from './column.ts';
import { STAGES } from './declaration.ts';
import { dotted, type Name, qualified, writeName } from './name.ts';
import { Named } from './named.ts';
import { type SequenceOptions, writeSequenceOptions } from './sequenceOptions.ts';
import { TO_SQL } from './sql.ts';

export interface OwnSequenceOptions extends SequenceOptions {
  readonly type?: 'smallint' | 'integer' | 'bigint' | undefined;
  /** The column with which the sequence vanishes. */
  readonly ownedBy?: (() => ColumnReference<any>) | undefined;
}

/** Declares a sequence; `sql`nextval(${OrderNumber.literal})`` takes its next value. */
export class Sequence extends Named {
  /** The name as a string constant, as nextval takes it. */
  readonly literal: string;

  constructor(name: Name, options: OwnSequenceOptions) {
    const full = qualified(name);
    const reference = (): string => writeName(full);
    const create = (): string[] => {
      const type = options.type ? ` AS ${options.type}` : '';
      const made = `CREATE SEQUENCE ${reference()}${type} ${writeSequenceOptions(options)}`.trimEnd();
      const owner = options.ownedBy?.();
      return owner ? [made, `ALTER SEQUENCE ${reference()} OWNED BY ${writeName(owner.table)}.${owner[TO_SQL]()}`] : [made];
    };
    super({ kind: 'SEQUENCE', path: dotted(full), reference, stage: STAGES.sequence, create });
    this.literal = reference();
  }
}

/** Declares a sequence of its own; a column that numbers its rows needs only `.identity()`. */
export const sequence = (name: Name, options: OwnSequenceOptions = {}): Sequence => new Sequence(name, options);
