import type { Column } from '../../kinds/columns.ts';
import type { Constraint } from '../../kinds/constraints.ts';
import { qualify, quote } from '../../kinds/identifier.ts';
import type { Index } from '../../kinds/indexes.ts';
import type { ObjectId, SchemaObject } from '../../kinds/kind.ts';
import { dependentsIn, ownedIn } from '../../kinds/lookup.ts';
import type { Sequence } from '../../kinds/sequences.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import { keyParts } from './constraintForms.ts';
import { freeName, type SafePlace } from './safeForm.ts';

/** What is done so that a column that takes another's place has what stands on that one. */
export interface Companion {
  /** While the old column still serves, and the new one is filled. */
  readonly before: readonly string[];
  /** In the moment in which they change places: ahead of the old column's going, which takes along what stands on it, and behind it. */
  readonly leaving: readonly string[];
  readonly joining: readonly string[];
}

interface Places {
  readonly column: Column;
  /** What the column that takes its place is called meanwhile. */
  readonly next: string;
  readonly place: SafePlace;
}

/** What stands directly on a column, or is a part of it, but for its default. */
export function standingOn(column: ObjectId, fallback: ObjectId, side: SchemaSnapshot): readonly SchemaObject[] {
  const ids = new Set([...dependentsIn(side)(column), ...ownedIn(side)(column)]);
  ids.delete(fallback);
  return [...ids].flatMap((id) => side.objects.get(id) ?? []);
}

/** Can the object be made for another column, and does it stay as it is? What stands on the object itself cannot go over. */
export function canGoOver(object: SchemaObject, side: SchemaSnapshot, { plan }: SafePlace): boolean {
  if (object.kind === 'sequence') return true;
  const stands = [...dependentsIn(side)(object.id), ...ownedIn(side)(object.id)];
  return stands.length === 0 && !plan.actions.has(object.id) && columnsOf(object) !== undefined;
}

const INDEX = /^(CREATE (?:UNIQUE )?INDEX )(?:"(?:[^"]|"")*"|\S+)( ON .+ USING \w+ )\(([^()]*)\)( NULLS NOT DISTINCT)?$/s;
const FOREIGN_KEY = /^FOREIGN KEY \(([^()]*)\)( REFERENCES .*)$/s;

/** The list of columns that the object has of its table; undefined where it has more than that. */
function columnsOf(object: SchemaObject): string | undefined {
  if (object.kind === 'index') {
    const { definition, options, clustered, statistics } = object as Index;
    return options.length > 0 || clustered || statistics.length > 0 ? undefined : INDEX.exec(definition)?.[3];
  }
  if (object.kind !== 'constraint') return undefined;
  const { type, definition, options, clustered, validated, partitioned } = object as Constraint;
  if (options.length > 0 || clustered || partitioned || !validated) return undefined;
  if (type === 'foreign key') return FOREIGN_KEY.exec(definition)?.[1];
  const key = type === 'primary key' || type === 'unique' ? keyParts(definition) : undefined;
  return key?.include === '' ? key.columns : undefined;
}

/** The list with the other column in it; each item begins with a name, quoted where PostgreSQL has to. */
const withColumn = (list: string, { column }: Column, next: string): string =>
  list.replace(/(^|, )("(?:[^"]|"")*"|[^\s,]+)/g, (item, comma: string, name: string) =>
    name === column || name === quote(column) ? `${comma}${quote(next)}` : item,
  );

/** How an object goes over that can. */
export function goingOver(object: SchemaObject, places: Places): Companion {
  if (object.kind === 'sequence') return sequenceGoingOver(object as Sequence, places.column);
  if (object.kind === 'index') return indexGoingOver(object as Index, places);
  return (object as Constraint).type === 'foreign key'
    ? referenceGoingOver(object as Constraint, places)
    : keyGoingOver(object as Constraint, places);
}

function sequenceGoingOver(object: Sequence, { schema, table, column }: Column): Companion {
  const alter = `ALTER SEQUENCE ${qualify(object.schema, object.sequence)} OWNED BY`;
  return { before: [], leaving: [`${alter} NONE`], joining: [`${alter} ${qualify(schema, table)}.${quote(column)}`] };
}

function indexGoingOver({ schema, index, definition }: Index, { column, next, place }: Places): Companion {
  const [, create = '', on = '', columns = '', nulls = ''] = INDEX.exec(definition) ?? [];
  const name = freeName(place, { path: [schema], name: index, ending: 'new' });
  return {
    before: [`${create}CONCURRENTLY ${quote(name)}${on}(${withColumn(columns, column, next)})${nulls}`],
    leaving: [],
    joining: [`ALTER INDEX ${qualify(schema, name)} RENAME TO ${quote(index)}`],
  };
}

function keyGoingOver({ schema, table, constraint, type, definition }: Constraint, { column, next, place }: Places): Companion {
  const { nulls = '', columns = '', deferral = '' } = keyParts(definition) ?? {};
  const name = quote(freeName(place, { path: [schema], name: constraint, ending: 'new' }));
  const on = qualify(schema, table);
  const list = withColumn(columns.slice(1, -1), column, next);
  return {
    before: [`CREATE UNIQUE INDEX CONCURRENTLY ${name} ON ${on} (${list})${nulls}`],
    leaving: [],
    joining: [`ALTER TABLE ${on} ADD CONSTRAINT ${quote(constraint)} ${type.toUpperCase()} USING INDEX ${name}${deferral}`],
  };
}

function referenceGoingOver({ schema, table, constraint, definition }: Constraint, { column, next, place }: Places): Companion {
  const [, columns = '', rest = ''] = FOREIGN_KEY.exec(definition) ?? [];
  const name = quote(freeName(place, { path: [schema, table], name: constraint, ending: 'new' }));
  const alter = `ALTER TABLE ${qualify(schema, table)}`;
  return {
    before: [
      `${alter} ADD CONSTRAINT ${name} FOREIGN KEY (${withColumn(columns, column, next)})${rest} NOT VALID`,
      `${alter} VALIDATE CONSTRAINT ${name}`,
    ],
    leaving: [],
    joining: [`${alter} RENAME CONSTRAINT ${name} TO ${quote(constraint)}`],
  };
}
