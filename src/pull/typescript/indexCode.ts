import type { Index } from '../../kinds/indexes.ts';
import { access, stringLiteral } from '../../seed/code.ts';
import { bare, columnNames, listItems, parenthesised } from './printed.ts';
import type { SaidPart, TableContext } from './tableContext.ts';

const DIRECTIONS: Readonly<Record<string, string>> = {
  '': '',
  ' DESC': '.desc()',
  ' DESC NULLS LAST': ".desc('last')",
  ' NULLS FIRST': ".asc('first')",
};

function itemCode(item: string, { declared, file }: TableContext): string {
  const [, column = '', direction = ''] = /^("(?:[^"]|"")*"|\w+)((?: DESC)?(?: NULLS (?:FIRST|LAST))?)$/.exec(item) ?? [];
  const property = declared.properties.get(columnNames(column)?.[0] ?? '');
  const call = DIRECTIONS[direction];
  return property === undefined || call === undefined ? file.sql(item) : `t${access(property)}${call}`;
}

/** An index of a table in TypeScript; undefined where no builder says it. */
export function indexCode(index: Index, context: TableContext): SaidPart | undefined {
  const { file, declared } = context;
  const [head = '', unique, method = ''] = /^CREATE (UNIQUE )?INDEX .*? USING (\w+) (?=\()/.exec(index.definition) ?? [];
  const items = parenthesised(index.definition.slice(head.length));
  const [, included, nulls, condition, rest] =
    /^(?: INCLUDE \(([^()]*)\))?( NULLS NOT DISTINCT)?(?: WHERE (\(.*\)))?(.*)$/s.exec(items?.behind ?? '-') ?? [];
  const others = included === undefined ? [] : columnNames(included);
  if (head === '' || items === undefined || rest !== '' || others === undefined) return undefined;
  const code = [
    `${file.use(unique === undefined ? 'index' : 'uniqueIndex')}(${[stringLiteral(index.index), ...listItems(items.inside).map((item) => itemCode(item, context))].join(', ')})`,
    method === 'btree' ? '' : `.using(${stringLiteral(method)})`,
    others.length === 0 ? '' : `.include(${others.map((name) => `t${access(declared.properties.get(name) ?? name)}`).join(', ')})`,
    nulls === undefined ? '' : '.nullsNotDistinct()',
    condition === undefined ? '' : `.where(${file.sql(bare(condition))})`,
  ].join('');
  return { code, objects: [{ ...index, options: [], clustered: false, statistics: [] } as Index] };
}
