import { quoteIdentifier, quoteLiteral } from '../database/quote.ts';
import {
  DECLARATION,
  type Declaration,
  type DeclarationContent,
  type DeclaredStatement,
  STAGES,
  type StatedRename,
} from './declaration.ts';
import type { Extra } from './extra.ts';
import { dotted, type QualifiedName, writeName } from './name.ts';
import { callerPlace } from './place.ts';
import { isSqlReference, type SqlReference, writeSql } from './sql.ts';

/** The table that something is attached to: a declared table or view, or its name as SQL. */
export type Target = SqlReference | string;

/** The target as SQL. */
export const writeTarget = (target: Target): string => (isSqlReference(target) ? writeSql(target) : target);

interface AttachedParts {
  /** PostgreSQL's word: `TRIGGER`, `POLICY`, `RULE`. */
  readonly kind: string;
  readonly name: string;
  /** Not given where it stands among the extras of a table. */
  readonly on: Target | undefined;
  readonly create: (table: string) => string;
}

/** A trigger, a policy or a rule: an extra of a table, or exported by itself with `on`. */
export class Attached implements Extra, Declaration {
  readonly #parts: AttachedParts;
  readonly #place = callerPlace();
  #comment: string | undefined;
  #renamedFrom: string | undefined;

  constructor(parts: AttachedParts) {
    this.#parts = parts;
  }

  /** States what it is for, as COMMENT ON does. */
  comment(text: string): this {
    this.#comment = text;
    return this;
  }

  /** States that it had another name before. */
  renamedFrom(oldName: string): this {
    this.#renamedFrom = oldName;
    return this;
  }

  statementsFor(table: QualifiedName): readonly DeclaredStatement[] {
    return this.#statements(writeName(table));
  }

  get [DECLARATION](): DeclarationContent {
    return {
      object: undefined,
      place: this.#place,
      statements: () => (this.#parts.on === undefined ? [] : this.#statements(writeTarget(this.#parts.on))),
      renames: () => this.#renames(),
    };
  }

  renamesFor(table: QualifiedName): readonly StatedRename[] {
    if (this.#renamedFrom === undefined) return [];
    return [{ to: `${dotted(table)}.${this.#parts.name}`, from: this.#renamedFrom, place: this.#place }];
  }

  #renames() {
    const { on, name } = this.#parts;
    if (this.#renamedFrom === undefined || on === undefined) return [];
    const path = writeTarget(on).replaceAll('"', '');
    return [{ to: `${path.includes('.') ? path : `public.${path}`}.${name}`, from: this.#renamedFrom, place: this.#place }];
  }

  #statements(table: string): readonly DeclaredStatement[] {
    const { kind, name, create } = this.#parts;
    const made = { sql: create(table), stage: STAGES.attached, place: this.#place };
    if (this.#comment === undefined) return [made];
    const sql = `COMMENT ON ${kind} ${quoteIdentifier(name)} ON ${table} IS ${quoteLiteral(this.#comment)}`;
    return [made, { sql, stage: STAGES.comment, place: this.#place }];
  }
}
