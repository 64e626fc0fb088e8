import { access, columnInSql, indent, propertyKey, rowType, sqlName, tableInSql } from './code.ts';
import { fakeValue } from './fakeValue.ts';
import type { ModelColumn, ModelTable } from './modelTable.ts';
import { type Parent, parentOf } from './parents.ts';

/** Rows to be made up, with what they may refer to. */
export interface Rows {
  readonly table: ModelTable;
  readonly parents: readonly Parent[];
  /** An expression for how many. */
  readonly count: string;
}

/** The lines that insert the rows of a seeder. */
export function renderRows(rows: Rows): readonly string[] {
  const key = keyOfParents(rows);
  if (key !== undefined) return renderCombinations(rows, key);
  return rows.table.exported === null ? renderInserts(rows) : renderCreates(rows, rows.table.exported.name);
}

/** `await Post.createMany(…);`, which is few statements for many rows. */
export function renderCreates(rows: Rows, model: string): readonly string[] {
  const values = requiredValues(rows).map(([{ property }, value]) => `    ${propertyKey(property)}: ${value},`);
  if (values.length === 0) return [`await ${model}.createMany(Array.from({ length: ${rows.count} }, () => ({})));`];
  return [`await ${model}.createMany(`, `  Array.from({ length: ${rows.count} }, () => ({`, ...values, '  })),', ');'];
}

/** One INSERT for each row, for a table that no TypeScript model describes. */
export const renderInserts = (rows: Rows): readonly string[] => [
  `for (let i = 0; i < ${rows.count}; i++) {`,
  `  ${insertRow(rows.table, requiredValues(rows))}`,
  '}',
];

type Values = readonly (readonly [ModelColumn, string])[];

const requiredValues = ({ table, parents }: Rows): Values =>
  table.columns.filter(({ isRequired }) => isRequired).map((column) => [column, valueFor(column, { table, parents })] as const);

function valueFor(column: ModelColumn, { table, parents }: Omit<Rows, 'count'>): string {
  const place = parentOf(column.references, parents);
  return place === undefined
    ? fakeValue(column, table)
    : `faker.helpers.arrayElement(${place.parent.variable})${access(place.column.property)}`;
}

function insertRow(table: ModelTable, values: Values): string {
  if (values.length === 0) return `await db.query(sql\`INSERT INTO ${tableInSql(table)} DEFAULT VALUES\`);`;
  const names = values.map(([{ name }]) => sqlName(name)).join(', ');
  const literals = values.map(([{ type }, value]) => `\${${type.endsWith(']') ? arrayText(value) : value}}`);
  return `await db.query(sql\`INSERT INTO ${tableInSql(table)} (${names}) VALUES (${literals.join(', ')})\`);`;
}

/** An array in PostgreSQL's own text form, since `sql` makes a list of one. */
const arrayText = (value: string): string => `JSON.stringify(${value}).replaceAll('[', '{').replaceAll(']', '}')`;

/** A key made of nothing but references: chosen at random, some would be chosen twice. */
function keyOfParents({ table, parents }: Rows): readonly ModelColumn[] | undefined {
  const single = table.columns.filter(({ isUnique }) => isUnique).map(({ name }) => [name]);
  const keys = [...single, ...table.keys].map((names) =>
    names.flatMap((name) => table.columns.find((column) => column.name === name) ?? []),
  );
  return keys.find((key) => key.length > 0 && key.every(({ references }) => parentOf(references, parents) !== undefined));
}

/** Asks for the combinations that are still free, and takes some of them. */
function renderCombinations(rows: Rows, key: readonly ModelColumn[]): readonly string[] {
  const { table, parents, count } = rows;
  const sources = key.flatMap(({ property, references }, index) => {
    const place = parentOf(references, parents);
    return place === undefined ? [] : [{ property, alias: `p${index + 1}`, table: place.parent.table, column: place.column.name }];
  });
  const chosen = sources.map(({ alias, column, property }) => `${alias}.${sqlName(column)} AS ${sqlName(property)}`);
  const from = sources.map((source) => `${tableInSql(source.table)} ${source.alias}`);
  return [
    `const free = await db.query<${rowType(table, key)}>(sql\``,
    `  SELECT ${chosen.join(', ')} FROM ${from.join(' CROSS JOIN ')}`,
    `  EXCEPT SELECT ${key.map((column) => columnInSql(table, column)).join(', ')} FROM ${tableInSql(table)}`,
    `  ORDER BY ${key.map((_, index) => index + 1).join(', ')} LIMIT 10000\`);`,
    `for (const key of faker.helpers.shuffle(free).slice(0, ${count})) {`,
    ...indent([insertCombination(rows, key)]),
    '}',
  ];
}

function insertCombination(rows: Rows, key: readonly ModelColumn[]): string {
  const { exported } = rows.table;
  const others = requiredValues(rows).filter(([column]) => !key.includes(column));
  if (exported === null)
    return insertRow(rows.table, [...key.map((column) => [column, `key${access(column.property)}`] as const), ...others]);
  if (others.length === 0) return `await ${exported.name}.create(key);`;
  return `await ${exported.name}.create({ ...key, ${others.map(([{ property }, value]) => `${propertyKey(property)}: ${value}`).join(', ')} });`;
}
