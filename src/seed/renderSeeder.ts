import { quoteIdentifier } from '../database/quote.ts';
import { fakeValue, stringLiteral } from './fakeValue.ts';
import type { ColumnTarget, ModelColumn, ModelTable } from './modelTable.ts';
import { camelCase, plural } from './words.ts';

/** What surrounds the seeder that is written. */
export interface Scene {
  readonly tables: readonly ModelTable[];
  /** How the seeder imports a file. */
  readonly importPath: (file: string) => string;
  /** The file of the seeder that fills a table, if there is one. */
  readonly seederOf: (table: ModelTable) => string | undefined;
}

/** Rows of a table that others refer to, held in a variable of the seeder. */
interface Parent {
  readonly table: ModelTable;
  readonly variable: string;
  /** The columns of it that are referred to. */
  readonly columns: readonly ModelColumn[];
}

/** The text of a seeder for a table. What it refers to is looked up, and made where there is none. */
export function renderSeeder(table: ModelTable, scene: Scene): string {
  const parents = parentsOf(table, scene);
  const body = [...parents.flatMap((parent) => renderParent(parent, parents, scene)), ...renderRows(table, parents)];
  const uses = ['count = 10', 'faker', 'db', 'call'].filter((name) => name === 'count = 10' || body.some((line) => mentions(line, name)));
  const text = `export default seeder(async ({ ${uses.join(', ')} }) => {\n${body.map((line) => `  ${line}\n`).join('')}});\n`;
  return `${renderImports(text, [table, ...parents.map((parent) => parent.table)], scene).join('\n')}\n\n${text}`;
}

const mentions = (text: string, name: string): boolean => new RegExp(`(?<![\\w.'$])${name}(?=[.(\`])`).test(text);

function renderImports(text: string, tables: readonly ModelTable[], { importPath, seederOf }: Scene): readonly string[] {
  const models = tables.flatMap(({ exported }) => (exported !== null && new RegExp(`\\b${exported.name}\\b`).test(text) ? [exported] : []));
  const byFile = Map.groupBy(models, ({ file }) => file);
  const named = [...byFile].map(([file, exports]) => {
    const names = [...new Set(exports.map(({ name }) => name))].sort();
    return `import { ${names.join(', ')} } from ${stringLiteral(importPath(file))};`;
  });
  const seeders = tables.flatMap((table) => {
    const file = seederOf(table);
    return file !== undefined && text.includes(`call(${seederVariable(table)})`)
      ? [`import ${seederVariable(table)} from ${stringLiteral(importPath(file))};`]
      : [];
  });
  const types = text.includes('Row<') ? ["import type { Row } from 'fastpyd/model';"] : [];
  return [...types, `import { seeder${mentions(text, 'sql') ? ', sql' : ''} } from 'fastpyd/seeder';`, ...named.sort(), ...seeders.sort()];
}

const seederVariable = ({ name }: ModelTable): string => `${variableFor(name)}Seeder`;

const variableFor = (name: string): string => camelCase(plural(name)).replace(/^(?![\p{L}_$])/u, '_');

const isTarget = (table: ModelTable, { schema, table: name }: ColumnTarget): boolean => table.schema === schema && table.name === name;

/** Tables whose rows must be there first, each behind those that it needs itself. A circle is cut where it closes. */
function parentsOf(table: ModelTable, { tables, seederOf }: Scene): readonly Parent[] {
  const found = new Map<ModelTable, Set<ModelColumn>>();
  const visit = (child: ModelTable, above: readonly ModelTable[]): void => {
    for (const { references } of child.columns.filter(({ isRequired }) => isRequired)) {
      const parent = references === null ? undefined : tables.find((candidate) => isTarget(candidate, references));
      const column = parent?.columns.find(({ name }) => name === references?.column);
      if (parent === undefined || column === undefined || above.includes(parent)) continue;
      if (seederOf(parent) === undefined) visit(parent, [...above, parent]);
      const columns = found.get(parent) ?? new Set();
      found.set(parent, columns.add(column));
    }
  };
  visit(table, [table]);
  return [...found].map(([parent, columns]) => ({ table: parent, variable: variableFor(parent.name), columns: [...columns] }));
}

const PARENT_ROWS = 5;

function renderParent(parent: Parent, parents: readonly Parent[], { seederOf }: Scene): readonly string[] {
  const { table, variable } = parent;
  const query = `db.query<${rowType(parent)}>(sql\`${selectFrom(parent)}\`)`;
  if (seederOf(table) === undefined) {
    const rows =
      table.exported === null
        ? insertRows(table, { parents, count: `${PARENT_ROWS}` })
        : createRows(table, { parents, count: `${PARENT_ROWS}` });
    if (table.exported !== null) {
      const [first = '', ...rest] = rows;
      return [`let ${variable} = await ${query};`, `if (${variable}.length === 0) {`, ...indent([`${variable} = ${first}`, ...rest]), '}'];
    }
    return [
      `let ${variable} = await ${query};`,
      `if (${variable}.length === 0) {`,
      ...indent([...rows, `${variable} = await ${query};`]),
      '}',
    ];
  }
  return [
    `let ${variable} = await ${query};`,
    `if (${variable}.length === 0) {`,
    ...indent([`await call(${seederVariable(table)});`, `${variable} = await ${query};`]),
    '}',
  ];
}

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

function rowType({ table, columns }: Parent): string {
  if (table.exported === null) return `{ ${columns.map(({ property }) => `${propertyKey(property)}: unknown`).join('; ')} }`;
  return `Pick<Row<typeof ${table.exported.name}>, ${columns.map(({ property }) => stringLiteral(property)).join(' | ')}>`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');

const sqlName = (name: string): string => escaped(quoteIdentifier(name));

const tableInSql = ({ exported, schema, name }: ModelTable): string =>
  exported === null ? `${sqlName(schema)}.${sqlName(name)}` : `\${${exported.name}}`;

function columnInSql({ exported }: ModelTable, { name, property }: ModelColumn): string {
  return exported === null ? sqlName(name) : `\${${exported.name}${access(property)}}`;
}

const selectFrom = ({ table, columns }: Parent): string =>
  `SELECT ${columns.map((column) => aliased(columnInSql(table, column), column)).join(', ')} FROM ${tableInSql(table)} ORDER BY 1 LIMIT 1000`;

const aliased = (text: string, { name, property }: ModelColumn): string => (name === property ? text : `${text} AS ${sqlName(property)}`);

const isIdentifier = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);
const propertyKey = (name: string): string => (isIdentifier(name) ? name : stringLiteral(name));
const access = (name: string): string => (isIdentifier(name) ? `.${name}` : `[${stringLiteral(name)}]`);

interface Rows {
  readonly parents: readonly Parent[];
  readonly count: string;
}

function renderRows(table: ModelTable, parents: readonly Parent[]): readonly string[] {
  const key = keyOfParents(table, parents);
  if (key !== undefined) return renderPairs(table, { key, parents });
  return table.exported === null ? insertRows(table, { parents, count: 'count' }) : createRows(table, { parents, count: 'count' });
}

/** `await Post.createMany(…);`, which is few statements for many rows. */
function createRows(table: ModelTable, { parents, count }: Rows): readonly string[] {
  const values = requiredValues(table, parents).map(([{ property }, value]) => `${propertyKey(property)}: ${value},`);
  const name = table.exported?.name ?? '';
  if (values.length === 0) return [`await ${name}.createMany(Array.from({ length: ${count} }, () => ({})));`];
  return [
    `await ${name}.createMany(`,
    `  Array.from({ length: ${count} }, () => ({`,
    ...values.map((line) => `    ${line}`),
    '  })),',
    ');',
  ];
}

function insertRows(table: ModelTable, { parents, count }: Rows): readonly string[] {
  return [`for (let i = 0; i < ${count}; i++) {`, ...indent([insertRow(table, requiredValues(table, parents))]), '}'];
}

type Values = readonly (readonly [ModelColumn, string])[];

function insertRow(table: ModelTable, values: Values): string {
  if (values.length === 0) return `await db.query(sql\`INSERT INTO ${tableInSql(table)} DEFAULT VALUES\`);`;
  const names = values.map(([{ name }]) => sqlName(name)).join(', ');
  const literals = values.map(([{ type }, value]) => `\${${type.endsWith(']') ? arrayText(value) : value}}`);
  return `await db.query(sql\`INSERT INTO ${tableInSql(table)} (${names}) VALUES (${literals.join(', ')})\`);`;
}

/** An array as PostgreSQL writes it, since \`sql\` makes a list of one. */
const arrayText = (value: string): string => `JSON.stringify(${value}).replaceAll('[', '{').replaceAll(']', '}')`;

function requiredValues(table: ModelTable, parents: readonly Parent[]): Values {
  return table.columns.filter(({ isRequired }) => isRequired).map((column) => [column, valueFor(column, { table, parents })] as const);
}

function valueFor(column: ModelColumn, { table, parents }: { readonly table: ModelTable; readonly parents: readonly Parent[] }): string {
  const place = column.references === null ? undefined : parentOf(column.references, parents);
  return place === undefined
    ? fakeValue(column, table)
    : `faker.helpers.arrayElement(${place.parent.variable})${access(place.column.property)}`;
}

function parentOf(target: ColumnTarget, parents: readonly Parent[]): { readonly parent: Parent; readonly column: ModelColumn } | undefined {
  const parent = parents.find(({ table }) => isTarget(table, target));
  const column = parent?.columns.find(({ name }) => name === target.column);
  return parent === undefined || column === undefined ? undefined : { parent, column };
}

/** A key made of nothing but references: no random choice may be made twice, so that the free combinations are asked for. */
function keyOfParents(table: ModelTable, parents: readonly Parent[]): readonly ModelColumn[] | undefined {
  const single = table.columns.filter(({ isUnique }) => isUnique).map(({ name }) => [name]);
  const keys = [...single, ...table.keys].map((names) =>
    names.flatMap((name) => table.columns.find((column) => column.name === name) ?? []),
  );
  return keys.find(
    (key) => key.length > 0 && key.every(({ references }) => references !== null && parentOf(references, parents) !== undefined),
  );
}

function renderPairs(
  table: ModelTable,
  { key, parents }: { readonly key: readonly ModelColumn[]; readonly parents: readonly Parent[] },
): readonly string[] {
  const sources = key.map((column, index) => ({ column, alias: `p${index + 1}`, target: column.references }));
  const chosen = sources.map(({ column, alias, target }) => `${alias}.${sqlName(target?.column ?? '')} AS ${sqlName(column.property)}`);
  const from = sources.map(({ alias, target }) => {
    const parent = target === null ? undefined : parentOf(target, parents)?.parent.table;
    return parent === undefined ? '' : `${tableInSql(parent)} ${alias}`;
  });
  const others = requiredValues(table, parents).filter(([column]) => !key.includes(column));
  const type = `{ ${key.map(({ property }) => `${propertyKey(property)}: ${table.exported === null ? 'unknown' : `Row<typeof ${table.exported.name}>[${stringLiteral(property)}]`}`).join('; ')} }`;
  const insert =
    table.exported === null
      ? insertRow(table, [...key.map((column) => [column, `row${access(column.property)}`] as const), ...others])
      : `await ${table.exported.name}.create({ ${['...row', ...others.map(([{ property }, value]) => `${propertyKey(property)}: ${value}`)].join(', ')} });`;
  return [
    `const free = await db.query<${type}>(sql\``,
    `  SELECT ${chosen.join(', ')} FROM ${from.join(' CROSS JOIN ')}`,
    `  EXCEPT SELECT ${key.map((column) => columnInSql(table, column)).join(', ')} FROM ${tableInSql(table)}`,
    `  ORDER BY ${key.map((_, index) => index + 1).join(', ')} LIMIT 10000\`);`,
    `for (const row of faker.helpers.shuffle(free).slice(0, count)) {`,
    `  ${insert}`,
    '}',
  ];
}
