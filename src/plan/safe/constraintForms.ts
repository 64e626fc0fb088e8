import type { Constraint } from '../../kinds/constraints.ts';
import { qualify, quote } from '../../kinds/identifier.ts';
import type { PlannedStatement } from '../plan.ts';
import { freeName, isInUse, type SafeForm, type SafePlace } from './safeForm.ts';

const KEY = /^(?:PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? (\((?:"(?:[^"]|"")*"|[^()"])*\))( INCLUDE \(.*?\))?((?: NOT)? DEFERRABLE.*)?$/s;

/** The parts of a primary key or a unique constraint over plain columns; undefined for others. */
export function keyParts(definition: string) {
  const [found, nulls = '', columns = '', include = '', deferral = ''] = KEY.exec(definition) ?? [];
  return found === undefined ? undefined : { nulls, columns, include, deferral };
}

const isAboutOverlaps = ({ definition }: Constraint): boolean => / WITHOUT OVERLAPS\)| PERIOD /.test(definition);

/** Does the plan take the constraint away first, to make it anew under its name? Then both are one statement, so that no row comes in between. */
function isMadeAnew({ object }: PlannedStatement, { plan }: SafePlace): boolean {
  const action = plan.actions.get(object.id);
  return (
    action?.type === 'replace' && formOf(action.after as Constraint) !== undefined && formOf(action.before as Constraint) !== undefined
  );
}

const alterTable = ({ schema, table }: Constraint): string => `ALTER TABLE ${qualify(schema, table)}`;

/** What stands before ADD where the constraint is made anew. */
const dropping = (constraint: Constraint, isAnew: boolean): string => (isAnew ? `DROP CONSTRAINT ${quote(constraint.constraint)}, ` : '');

interface Made {
  readonly constraint: Constraint;
  readonly isAnew: boolean;
  readonly place: SafePlace;
}

/** New rows are checked at once, those that are there afterwards, under a lock that lets them be written. */
function validateLater({ constraint, isAnew }: Made): readonly string[] {
  const name = quote(constraint.constraint);
  const alter = alterTable(constraint);
  return [
    `${alter} ${dropping(constraint, isAnew)}ADD CONSTRAINT ${name} ${constraint.definition} NOT VALID`,
    `${alter} VALIDATE CONSTRAINT ${name}`,
  ];
}

/** The index is built while rows are written, and then becomes the constraint's. */
function buildIndexFirst({ constraint, isAnew, place }: Made): readonly string[] {
  const { schema, table, type, definition } = constraint;
  const { nulls = '', columns = '', include = '', deferral = '' } = keyParts(definition) ?? {};
  const path = [schema];
  const index = quote(isAnew ? freeName(place, { path, name: constraint.constraint, ending: 'new' }) : constraint.constraint);
  const kind = type === 'primary key' ? 'PRIMARY KEY' : 'UNIQUE';
  return [
    `CREATE UNIQUE INDEX CONCURRENTLY ${index} ON ${qualify(schema, table)} ${columns}${include}${nulls}`,
    `${alterTable(constraint)} ${dropping(constraint, isAnew)}ADD CONSTRAINT ${quote(constraint.constraint)} ${kind} USING INDEX ${index}${deferral}`,
  ];
}

function formOf(constraint: Constraint): ((made: Made) => readonly string[]) | undefined {
  const { type, definition, validated, partitioned } = constraint;
  if (!validated || isAboutOverlaps(constraint)) return undefined;
  if (type === 'check' || type === 'foreign key') return validateLater;
  // That of a partitioned table is ONLY its own, without an index that holds anything.
  return (type === 'unique' || type === 'primary key') && !partitioned && keyParts(definition) !== undefined ? buildIndexFirst : undefined;
}

/** Checks, foreign keys, primary keys and unique constraints of tables that somebody uses. */
export const constraintForm: SafeForm = (statement, place) => {
  const constraint = statement.object as Constraint;
  if (!isInUse(place, constraint.owner)) return undefined;
  const isAnew = isMadeAnew(statement, place);
  if (/ DROP CONSTRAINT /.test(statement.sql)) return isAnew ? [] : undefined;
  const isAdded = statement.sql.startsWith(`${alterTable(constraint)} ADD CONSTRAINT `);
  return isAdded ? formOf(constraint)?.({ constraint, isAnew, place }) : undefined;
};
