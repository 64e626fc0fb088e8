import type { Column } from '../../kinds/columns.ts';
import type { Default } from '../../kinds/defaults.ts';
import type { Sequence } from '../../kinds/sequences.ts';
import { needsOf, type SchemaSnapshot } from '../../kinds/snapshot.ts';
import { columnNameUnder } from '../../model/naming.ts';
import { stringLiteral } from '../../seed/code.ts';
import { isCircular } from './circular.ts';
import { objectLiteral } from './code.ts';
import { columnType, defaultValue } from './columnType.ts';
import { pathNames } from './printed.ts';
import { commentOn, partsOf, type SaidPart, type TableContext } from './tableContext.ts';

const SERIALS: Readonly<Record<string, string>> = { smallint: 'smallserial', integer: 'serial', bigint: 'bigserial' };
const LARGEST: Readonly<Record<string, string>> = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' };

/** Can a builder say the column, but for what is set on it afterwards? */
export const isSayable = (column: Column, live: SchemaSnapshot): boolean =>
  column.foreign === null &&
  (column.generated === null || (column.generated.stored && !isCircular(column, live))) &&
  (column.identity === null || (column.identity.sequence === null && column.identity.unlogged === null)) &&
  (column.collation === null || /^[\w.]+$/.test(column.collation));

/** How the column's sequence counts, where it is not as everybody's does. */
function identityOptions({ type, identity }: Column): string {
  if (identity === null) return '';
  const { start, increment, min, max, cache, cycle } = identity;
  const large = (value: string): string => (value.length > 15 ? `${value}n` : value);
  const isUsual = increment === '1' && min === '1' && max === LARGEST[type];
  return objectLiteral({
    always: identity.always ? 'true' : undefined,
    start: isUsual && start === '1' ? undefined : large(start),
    increment: increment === '1' ? undefined : large(increment),
    min: isUsual ? undefined : large(min),
    max: isUsual ? undefined : large(max),
    cache: cache === '1' ? undefined : cache,
    cycle: cycle ? 'true' : undefined,
  });
}

/** The sequence that `serial` would make for the column, if that is what its default uses. */
function serialSequence(column: Column, given: Default | undefined, live: SchemaSnapshot): Sequence | undefined {
  const [sequence] = partsOf<Sequence>(live, column, 'sequence');
  if (given === undefined || sequence === undefined || !column.notNull || SERIALS[column.type] === undefined) return undefined;
  const isUsed = given.expression.startsWith('nextval(') && needsOf(live, given.id).has(sequence.id);
  const { type, start, increment, min, max, cache, cycle, unlogged } = sequence;
  const isUsual = type === column.type && start === '1' && increment === '1' && min === '1' && max === LARGEST[type] && cache === '1';
  const isNamed = sequence.schema === column.schema && sequence.sequence === `${column.table}_${column.column}_seq`;
  return isUsed && isUsual && isNamed && !cycle && !unlogged ? sequence : undefined;
}

/** A default that can be made together with the table. */
function inlineDefault(given: Default | undefined, live: SchemaSnapshot): Default | undefined {
  if (given === undefined || isCircular(given, live)) return undefined;
  const usesOwn = [...needsOf(live, given.id)].some(
    (id) => live.objects.get(id)?.kind === 'sequence' && live.objects.get(id)?.owner !== undefined,
  );
  return usesOwn ? undefined : given;
}

/** A column without keys and references; what is set on a column afterwards is left to SQL. */
export function columnCode(column: Column, { live, naming, enums, file, declared }: TableContext): SaidPart {
  const enumOf = (type: string) => enums.get(JSON.stringify(pathNames(type) ?? []));
  const declaredEnum = enumOf(column.type);
  const [given] = partsOf<Default>(live, column, 'default');
  const serial = serialSequence(column, given, live);
  const usual = serial === undefined ? inlineDefault(given, live) : undefined;
  const comment = commentOn(live, column);
  const type = columnType(column.type, (name) => {
    const found = enumOf(name);
    return found && file.refer(found);
  });
  const code = [
    serial === undefined ? type : `column.${SERIALS[column.type]}()`,
    column.notNull ? '' : '.nullable()',
    usual === undefined
      ? ''
      : `.default(${defaultValue(column.type, usual.expression, declaredEnum !== undefined) ?? file.sql(usual.expression)})`,
    column.identity === null ? '' : `.identity(${identityOptions(column)})`,
    column.generated === null ? '' : `.generated(${file.sql(column.generated.expression)})`,
    column.collation === null ? '' : `.collate(${stringLiteral(column.collation)})`,
    comment === undefined ? '' : `.comment(${stringLiteral(comment.text)})`,
    columnNameUnder(naming, declared.properties.get(column.column) ?? '') === column.column ? '' : `.as(${stringLiteral(column.column)})`,
  ].join('');
  const bare: Column = { ...column, notNullAs: null, storage: null, compression: null, statistics: null, options: [] };
  return { code, objects: [bare, ...[usual, serial && given, serial, comment].filter((object) => object !== undefined)] };
}
