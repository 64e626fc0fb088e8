import { columnInSql, indent, rowType, sqlName, stringLiteral, tableInSql } from './code.ts';
import type { ModelColumn, ModelTable } from './modelTable.ts';
import { ancestorsOf, directParents, type Parent, variableFor } from './parents.ts';
import { renderCreates, renderInserts, renderRows } from './renderRows.ts';

/** What surrounds the seeder that is written. */
export interface Scene {
  readonly tables: readonly ModelTable[];
  /** How the seeder imports a file. */
  readonly importPath: (file: string) => string;
  /** The file of the seeder that fills a table, if there is one. */
  readonly seederOf: (table: ModelTable) => string | undefined;
}

/** The text of a seeder for a table. What its rows refer to is looked up, and made where there is none. */
export function renderSeeder(table: ModelTable, scene: Scene): string {
  const ancestors = ancestorsOf(table, scene.tables);
  const parents = directParents(table, ancestors);
  const body = [...renderParents(parents, { ancestors, present: [] }, scene), ...renderRows({ table, parents, count: 'count' })];
  const code = body.join('\n');
  const uses = ['count = 10', ...['faker', 'db', 'call'].filter((name) => mentions(code, name))];
  const text = `export default seeder(async ({ ${uses.join(', ')} }) => {\n${indent(body).join('\n')}\n});\n`;
  return `${renderImports(code, [table, ...ancestors.map((parent) => parent.table)], scene).join('\n')}\n\n${text}`;
}

/** True where code uses a variable, calls it or tags a template with it. */
const mentions = (code: string, name: string): boolean => new RegExp(`(?<![\\w.'$])${name}(?=[.(\`])`).test(code);

function renderImports(code: string, tables: readonly ModelTable[], { importPath, seederOf }: Scene): readonly string[] {
  const models = tables.flatMap(({ exported }) => (exported !== null && new RegExp(`\\b${exported.name}\\b`).test(code) ? [exported] : []));
  const named = [...Map.groupBy(models, ({ file }) => file)].map(([file, exports]) => {
    const names = exports.map(({ name }) => name).sort();
    return `import { ${names.join(', ')} } from ${stringLiteral(importPath(file))};`;
  });
  const seeders = tables.flatMap((table) => {
    const file = seederOf(table);
    const variable = seederVariable(table);
    return file !== undefined && code.includes(`call(${variable})`) ? [`import ${variable} from ${stringLiteral(importPath(file))};`] : [];
  });
  const types = code.includes('Row<') ? ["import type { Row } from 'fastpyd/model';"] : [];
  return [...types, `import { seeder${mentions(code, 'sql') ? ', sql' : ''} } from 'fastpyd/seeder';`, ...named.sort(), ...seeders.sort()];
}

const seederVariable = ({ name }: ModelTable): string => `${variableFor(name)}Seeder`;

interface Family {
  readonly ancestors: readonly Parent[];
  /** Those whose variables are there already. */
  readonly present: readonly Parent[];
}

function renderParents(parents: readonly Parent[], { ancestors, present }: Family, scene: Scene): readonly string[] {
  const missing = parents.filter((parent) => !present.includes(parent));
  return missing.flatMap((parent, index) => renderParent(parent, { ancestors, present: [...present, ...missing.slice(0, index)] }, scene));
}

function renderParent(parent: Parent, family: Family, scene: Scene): readonly string[] {
  const { variable } = parent;
  const find = `await db.query<${rowType(parent.table, parent.columns)}>(sql\`${selectFrom(parent)}\`);`;
  return [`let ${variable} = ${find}`, `if (${variable}.length === 0) {`, ...indent(renderMaking(parent, { ...family, find }, scene)), '}'];
}

const PARENT_ROWS = '5';

/** How rows of a parent come to be where there are none: by its seeder, or else here. */
function renderMaking(parent: Parent, { find, ...family }: Family & { readonly find: string }, scene: Scene): readonly string[] {
  const { table, variable } = parent;
  if (scene.seederOf(table) !== undefined) return [`await call(${seederVariable(table)});`, `${variable} = ${find}`];
  const parents = directParents(table, family.ancestors).filter((other) => other !== parent);
  const before = renderParents(parents, family, scene);
  if (table.exported === null) return [...before, ...renderInserts({ table, parents, count: PARENT_ROWS }), `${variable} = ${find}`];
  const [first, ...rest] = renderCreates({ table, parents, count: PARENT_ROWS }, table.exported.name);
  return [...before, `${variable} = ${first}`, ...rest];
}

const selectFrom = ({ table, columns }: Parent): string =>
  `SELECT ${columns.map((column) => aliased(columnInSql(table, column), column)).join(', ')} FROM ${tableInSql(table)} ORDER BY 1 LIMIT 1000`;

const aliased = (text: string, { name, property }: ModelColumn): string => (name === property ? text : `${text} AS ${sqlName(property)}`);
