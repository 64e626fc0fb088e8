import type { Column } from '../../kinds/columns.ts';
import type { Default } from '../../kinds/defaults.ts';
import { idOf, qualify, quote } from '../../kinds/identifier.ts';
import { inheritorsIn } from '../../kinds/lookup.ts';
import type { SchemaSnapshot } from '../../kinds/snapshot.ts';
import type { Table } from '../../kinds/tables.ts';
import type { PlannedStatement } from '../plan.ts';
import { atOnce } from './atOnce.ts';
import { backfill } from './backfill.ts';
import { canGoOver, goingOver, standingOn } from './companions.ts';
import { isQuiet } from './quietTable.ts';
import { requireByCheck } from './requireColumn.ts';
import { freeName, type SafePlace } from './safeForm.ts';

const TYPE = /^ALTER TABLE .* ALTER COLUMN "(?:[^"]|"")*" TYPE (.*?)(?: USING (.*))?$/s;

/** The statement of the plan that gives the column its new type by writing every row anew, where a second column can take its place. */
export function retyping(column: Column, place: SafePlace): PlannedStatement | undefined {
  const found = place.plan.statements.find((statement) => statement.object.id === column.id && TYPE.test(statement.sql));
  const isWritten = found !== undefined && place.rewrites(found) && !/ USING \((?:CASE)|array_replace\(/.test(found.sql);
  return isWritten && isQuiet(column, place) && [place.from, place.to].every((side) => canBeReplaced(column, side, place))
    ? found
    : undefined;
}

/** Is there nothing that another column cannot get as well, and no other table that has it too? */
function canBeReplaced(column: Column, side: SchemaSnapshot, place: SafePlace): boolean {
  const one = side.objects.get(column.id) as Column | undefined;
  const table = side.objects.get(column.owner ?? column.id) as Table | undefined;
  if (one === undefined || table?.kind !== 'table') return false;
  const isSimple = one.identity === null && one.generated === null && one.notNullAs === null && one.foreign === null;
  const hasNoSettings = one.storage === null && one.compression === null && one.statistics === null && one.options.length === 0;
  const isWhole = table.partitionBy === null && table.inherits.length === 0 && table.ofType === null;
  const isInherited = inheritorsIn(side)(column.id).length > 0 || side.notes.get(column.id)?.inheritedFrom !== undefined;
  const others = standingOn(column.id, defaultOf(column), side);
  return isSimple && hasNoSettings && isWhole && !isInherited && others.every((object) => canGoOver(object, side, place));
}

const defaultOf = ({ schema, table, column }: Column) => idOf('default', schema, table, column);

/**
 * A column of the new type beside the old one: kept in step by a trigger, filled in batches, and put in its place in one moment. It stands last in
 * its table then.
 */
export function expandAndContract({ sql }: PlannedStatement, column: Column, place: SafePlace): readonly string[] {
  const [, type = '', using] = TYPE.exec(sql) ?? [];
  const { schema, table } = column;
  const [path, within, name] = [[schema], [schema, table], quote(column.column)];
  const fresh = { ...column, column: freeName(place, { path: within, name: column.column, ending: 'new' }) };
  const trigger = freeName(place, { path: within, name: `zzz_${table}_${column.column}`, ending: 'sync' });
  const routine = `${qualify(schema, freeName(place, { path, name: `${table}_${column.column}`, ending: 'sync' }))}()`;
  const [on, next] = [qualify(schema, table), quote(fresh.column)];
  const value = using ?? name;
  const companions = standingOn(column.id, defaultOf(column), place.to).map((object) =>
    goingOver(object, { column, next: fresh.column, place }),
  );
  return [
    `ALTER TABLE ${on} ADD COLUMN ${next} ${type}`,
    `CREATE FUNCTION ${routine} RETURNS trigger LANGUAGE plpgsql AS $sync$ BEGIN NEW.${next} := ${value.replaceAll(name, `NEW.${name}`)}; RETURN NEW; END $sync$`,
    `CREATE TRIGGER ${quote(trigger)} BEFORE INSERT OR UPDATE ON ${on} FOR EACH ROW EXECUTE FUNCTION ${routine}`,
    backfill({ table: on, set: `${next} = ${value}`, where: `${next} IS NULL AND ${name} IS NOT NULL` }),
    ...(column.notNull && wasRequired(column, place) ? requireByCheck(fresh, place) : []),
    ...companions.flatMap(({ before }) => before),
    atOnce([
      `DROP TRIGGER ${quote(trigger)} ON ${on}`,
      `DROP FUNCTION ${routine}`,
      ...companions.flatMap(({ leaving }) => leaving),
      `ALTER TABLE ${on} DROP COLUMN ${name}`,
      `ALTER TABLE ${on} RENAME COLUMN ${next} TO ${name}`,
      ...companions.flatMap(({ joining }) => joining),
      ...defaulting(column, place),
    ]),
  ];
}

const wasRequired = ({ id }: Column, { from }: SafePlace): boolean => (from.objects.get(id) as Column | undefined)?.notNull ?? false;

function defaulting(column: Column, { to }: SafePlace): readonly string[] {
  const value = to.objects.get(defaultOf(column)) as Default | undefined;
  if (value === undefined) return [];
  return [`ALTER TABLE ${qualify(column.schema, column.table)} ALTER COLUMN ${quote(column.column)} SET DEFAULT ${value.expression}`];
}
