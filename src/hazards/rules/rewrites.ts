import { anyOf, inAction, inStatement, type Place, pattern, type Rule, said } from '../rule.ts';

const CONSTRAINT = /^add (?:constraint|unique|primary|foreign|check|exclude)\b/;
const COLUMN = '^add (?:column )?(?:if not exists )?<name> ';

/** Functions that give one value for the whole statement, which PostgreSQL stores once; all others are taken for volatile. */
const STEADY = new Set(
  'now transaction_timestamp statement_timestamp to_date to_timestamp to_char lower upper length md5 coalesce concat round cast array row jsonb_build_object jsonb_build_array json_build_object'.split(
    ' ',
  ),
);

const DEFAULT = / default (.*?)(?: (?:not null|null|check|unique|primary key|references|constraint|collate)\b.*)?$/;
/** A name before a parenthesis calls a function, unless it is the type of a cast. */
const CALL = /(?<!: : (?:[\w" .]+ )?)\b([a-z_]\w*) \(/g;
const ADDED = pattern(COLUMN);

function volatileDefault({ statement: { table, actions }, isNew }: Place): readonly string[] {
  if (isNew(table)) return [];
  return actions.flatMap((action) => {
    const name = CONSTRAINT.test(action) ? undefined : ADDED.exec(action)?.[1];
    const value = /\bgenerated\b/.test(action) ? undefined : DEFAULT.exec(action)?.[1];
    const isVolatile = value !== undefined && [...value.matchAll(CALL)].some(([, called]) => called !== undefined && !STEADY.has(called));
    return name !== undefined && isVolatile ? [`${table}.${said(name)}`] : [];
  });
}

const RETYPED = pattern('^alter (?:column )?<name> (?:set data )?type\\b');

/** A column that changes its type and loses its nulls in one migration is written and then scanned again, under one lock. */
function retypedAndRequired({ statement, isNew, migration }: Place): readonly string[] {
  if (isNew(statement.table)) return [];
  const actions = migration.statements.filter(({ table }) => table === statement.table).flatMap((one) => one.actions);
  return statement.actions.flatMap((action) => {
    const name = RETYPED.exec(action)?.[1];
    const isRequired =
      name !== undefined && actions.some((other) => new RegExp(`^alter (?:column )?${escaped(name)} set not null$`).test(other));
    return isRequired ? [`${statement.table}.${said(name)}`] : [];
  });
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What writes every row of a table anew. */
export const REWRITE_RULES: readonly Rule[] = [
  {
    name: 'VOLATILE_DEFAULT_REWRITES_TABLE',
    danger: 'locks',
    remedy: 'made',
    reason: 'A default that differs from row to row is written into every row while nobody can read or write the table.',
    instead: 'Add the column without it, SET DEFAULT for new rows, and fill the others in batches.',
    find: volatileDefault,
  },
  {
    name: 'SERIAL_REWRITES_TABLE',
    danger: 'locks',
    reason: 'A column that counts by itself gets a number in every row while nobody can read or write the table.',
    instead:
      'Add a nullable bigint with a sequence as its default, number the rows in batches, then make it the key by an index built CONCURRENTLY.',
    find: anyOf(
      inAction(`${COLUMN}(?:big|small)?serial\\b`, CONSTRAINT),
      inAction(`${COLUMN}.*\\bgenerated (?:always|by default) as identity\\b`, CONSTRAINT),
    ),
  },
  {
    name: 'STORED_COLUMN_REWRITES_TABLE',
    danger: 'locks',
    reason: 'A stored generated column is computed for every row while nobody can read or write the table.',
    instead: 'A plain column with a trigger, filled in batches; a VIRTUAL one from PostgreSQL 18 on; or an index on the expression.',
    find: inAction(`${COLUMN}.*\\bgenerated always as \\( .* \\) stored\\b`, CONSTRAINT),
  },
  {
    name: 'REWRITES_TABLE',
    danger: 'locks',
    remedy: 'partly',
    reason: 'A change of type may write every row and every index anew while nobody can read or write the table.',
    instead:
      'A new column, kept in step by a trigger, filled in batches and swapped in. Longer varchar, varchar to text and the like only change the catalog.',
    find: inAction('^alter (?:column )?<name> (?:set data )?type\\b'),
  },
  {
    name: 'RETYPED_AND_REQUIRED',
    danger: 'locks',
    reason: 'Change of type and SET NOT NULL together hold the strong lock for two passes over the rows.',
    instead: 'Two migrations.',
    find: retypedAndRequired,
  },
  {
    name: 'COLLATION_REBUILDS_INDEXES',
    danger: 'locks',
    reason: 'Every index on the column is built anew while nobody can read or write the table, and the order of results changes.',
    instead: 'A new column with the collation, filled in batches, its indexes built CONCURRENTLY, then swapped in.',
    find: inAction('^alter (?:column )?<name> (?:set data )?type\\b.*\\bcollate\\b'),
  },
  {
    name: 'PERSISTENCE_REWRITES_TABLE',
    danger: 'locks',
    reason: 'The whole table is written anew, under an exclusive lock.',
    instead: 'A new table of that kind, filled in batches and swapped in.',
    find: inAction('^set (?:un)?logged$'),
  },
  {
    name: 'ACCESS_METHOD_REWRITES_TABLE',
    danger: 'locks',
    reason: 'The whole table is written anew, under an exclusive lock.',
    instead: 'A new table with that access method, filled in batches and swapped in.',
    find: inAction('^set access method\\b'),
  },
  {
    name: 'TABLESPACE_COPIES_TABLE',
    danger: 'locks',
    reason: 'The whole table is copied while nobody can read or write it.',
    instead: 'A quiet moment, or a tool that repacks online.',
    find: anyOf(inAction('^set tablespace\\b'), inStatement('^alter (?:index|materialized view|table) all in tablespace <name>')),
  },
  {
    name: 'CLUSTER_REWRITES_TABLE',
    danger: 'locks',
    remedy: 'planned',
    reason: 'The whole table is written anew while nobody can read or write it.',
    instead: 'A tool that repacks online.',
    find: anyOf(
      inStatement('^cluster\\b(?: verbose)?(?: <name>)?'),
      inStatement('^vacuum (?:\\( [^)]*\\bfull\\b[^)]*\\) |full (?:verbose |analyze )*)<name>'),
    ),
  },
  {
    name: 'REFRESH_BLOCKS_QUERIES',
    danger: 'locks',
    remedy: 'planned',
    reason: 'Nobody can read a materialized view while it is filled.',
    instead: 'A unique index and REFRESH … CONCURRENTLY; create it WITH NO DATA and fill it later.',
    find: inStatement('^refresh materialized view (?!concurrently )<name>', /\bwith no data$/),
  },
];
