import { quoteLiteral } from '../database/quote.ts';
import {
  DECLARATION,
  type Declaration,
  type DeclarationContent,
  type DeclaredStatement,
  STAGES,
  type StatedRename,
} from './declaration.ts';
import { callerPlace, type Place } from './place.ts';
import { writeRole } from './role.ts';
import { type SqlReference, TO_SQL } from './sql.ts';

/** What a named declaration is made of. */
export interface NamedParts {
  /** PostgreSQL's word, as COMMENT ON takes it: `TYPE`, `VIEW`, `FUNCTION`. */
  readonly kind: string;
  /** The name as SQL writes it where the object is used. */
  readonly reference: () => string;
  /** The name as COMMENT ON and DROP take it, where it differs: `f(integer)`, `own ON orders`. */
  readonly target?: (() => string) | undefined;
  /** Dotted and unquoted, for messages and renames. */
  readonly path: string;
  /** False where several objects may share the path, as functions do. */
  readonly isUnique?: boolean | undefined;
  readonly stage: number;
  readonly create: () => readonly string[];
  /** The old names of values or attributes, by the present ones. */
  readonly renamesInside?: (() => Readonly<Record<string, string>>) | undefined;
  /** The values that rows get whose own one is gone, by that. */
  readonly mapsInside?: (() => Readonly<Record<string, string>>) | undefined;
}

/** A declared object other than a table: it can be commented on, renamed, and named inside `sql`. */
export class Named implements Declaration, SqlReference {
  readonly #parts: NamedParts;
  readonly #place: Place = callerPlace();
  #comment: string | undefined;
  #owner: string | undefined;
  #renamedFrom: string | undefined;

  constructor(parts: NamedParts) {
    this.#parts = parts;
  }

  /** States what the object is for, as COMMENT ON does. */
  comment(text: string): this {
    this.#comment = text;
    return this;
  }

  /** States which role the object belongs to, as ALTER … OWNER TO does; without it, whoever owns it stays the owner. */
  owner(role: string): this {
    this.#owner = role;
    return this;
  }

  /** States that the object had another name before, so that it is renamed and not replaced. */
  renamedFrom(oldName: string): this {
    this.#renamedFrom = oldName;
    return this;
  }

  [TO_SQL](): string {
    return this.#parts.reference();
  }

  get [DECLARATION](): DeclarationContent {
    const { kind, path, isUnique = true } = this.#parts;
    return {
      object: isUnique ? `${kind.toLowerCase()} ${path}` : undefined,
      place: this.#place,
      statements: () => this.#statements(),
      renames: () => [
        ...(this.#renamedFrom === undefined ? [] : [{ to: path, from: this.#renamedFrom, place: this.#place }]),
        ...this.#renamesInside(),
      ],
    };
  }

  #renamesInside(): readonly StatedRename[] {
    const { path, renamesInside, mapsInside } = this.#parts;
    const place = this.#place;
    return [
      ...Object.entries(renamesInside?.() ?? {}).map(([name, from]) => ({ to: `${path}.${name}`, from, place })),
      ...Object.entries(mapsInside?.() ?? {}).map(([from, name]) => ({ to: `${path}.${name}`, from, place, isMap: true })),
    ];
  }

  #statements(): readonly DeclaredStatement[] {
    const { kind, create, stage, target, reference } = this.#parts;
    const place = this.#place;
    const object = (): string => `${kind} ${(target ?? reference)()}`;
    const [owner, comment] = [this.#owner, this.#comment];
    return [
      ...create().map((sql) => ({ sql, stage, place })),
      ...(owner === undefined ? [] : [{ sql: `ALTER ${object()} OWNER TO ${writeRole(owner)}`, stage: STAGES.owner, place }]),
      ...(comment === undefined ? [] : [{ sql: `COMMENT ON ${object()} IS ${quoteLiteral(comment)}`, stage: STAGES.comment, place }]),
    ];
  }
}
