import { anyOf, inAction, inStatement, type Place, pattern, type Rule, said } from '../rule.ts';
import { isPartitioned } from '../schemaOf.ts';

const CONCURRENTLY =
  /^(?:create(?: unique)? index|drop index|reindex .*?|refresh materialized view|alter table .* detach partition .*) concurrently\b/;
const DROPPED = pattern('^drop index (?:concurrently )?(?:if exists )?<name>');
const BUILT_ON = pattern('^create (?:unique )?index (?:concurrently )?(?:if not exists )?(?:<any> )?on (?:only )?<name>');

const RENAMED = pattern('^alter index (?:if exists )?<any> rename to <name>$');

/** Did the migration give it that name, to build its successor before it goes? */
const isAside = (name: string, { statements }: Place['migration']): boolean =>
  statements.some(({ text }) => RENAMED.exec(text)?.[1] === name.split(' . ').at(-1));

/** An index goes, and a later statement of the same migration builds one: until then queries do without. */
function gapBeforeBuild({ statement, index, migration }: Place): readonly string[] {
  const [, name] = DROPPED.exec(statement.text) ?? [];
  const isFollowed = migration.statements.slice(index + 1).some(({ text }) => BUILT_ON.test(text));
  return name !== undefined && isFollowed && !isAside(name, migration) ? [said(name)] : [];
}

const builtAtOnce = inStatement('^create (?:unique )?index (?!concurrently )(?:if not exists )?(?:<any> )??on (?:only )?<name>');

/** ON ONLY a partitioned table an index holds nothing, and is there at once. */
const isOfWholeAlone = (place: Place, name: string): boolean => / on only /.test(place.statement.text) && isPartitioned(place, name);

/** Indexes, and the constraints that build one. */
export const INDEX_RULES: readonly Rule[] = [
  {
    name: 'INDEX_BLOCKS_WRITES',
    danger: 'locks',
    remedy: 'made',
    reason: 'Nothing can be written to the table while the index is built.',
    instead: 'Build it CONCURRENTLY, in a migration with transaction: false.',
    find: (place) => builtAtOnce(place).filter((name) => !isOfWholeAlone(place, name)),
  },
  {
    name: 'INDEX_DROP_BLOCKS_QUERIES',
    danger: 'locks',
    remedy: 'made',
    reason: 'Dropping an index waits for every query on its table, and all queries behind wait for it.',
    instead: 'DROP INDEX CONCURRENTLY, in a migration with transaction: false.',
    find: inStatement('^drop index (?!concurrently )(?:if exists )?<name>'),
  },
  {
    name: 'REINDEX_BLOCKS_WRITES',
    danger: 'locks',
    remedy: 'planned',
    reason: 'Nothing can be written to the table while its index is built again, and nothing can be read through that index.',
    instead: 'REINDEX … CONCURRENTLY, in a migration with transaction: false.',
    find: inStatement('^reindex (?!.*\\bconcurrently\\b)(?:\\( .*? \\) )?(?:index|table|schema|database|system) <name>'),
  },
  {
    name: 'CONCURRENTLY_IN_TRANSACTION',
    danger: 'locks',
    remedy: 'apart',
    reason: 'PostgreSQL refuses CONCURRENTLY inside a transaction block.',
    instead: 'Put the statement into a migration of its own with transaction: false.',
    find: ({ statement: { text }, migration }) => (migration.transaction && CONCURRENTLY.test(text) ? [firstWords(text)] : []),
  },
  {
    name: 'INVALID_INDEX_KEPT',
    danger: 'locks',
    remedy: 'planned',
    reason: 'A concurrent build that broke off leaves an index that is never used, and IF NOT EXISTS then takes it for done.',
    instead: 'Leave IF NOT EXISTS out: fastpyd finds what a broken build left, drops it and builds again.',
    find: inStatement('^create (?:unique )?index concurrently if not exists <name>'),
  },
  {
    name: 'QUERIES_WITHOUT_INDEX',
    danger: 'locks',
    remedy: 'made',
    reason: 'Between the drop of the old index and the end of the build of the new one, queries have neither.',
    instead: 'Build the new index under another name first, then drop the old one and rename.',
    find: gapBeforeBuild,
  },
  {
    name: 'UNIQUE_BLOCKS_QUERIES',
    danger: 'locks',
    remedy: 'made',
    reason: 'The index behind the constraint is built while nobody can read or write the table.',
    instead: 'Build a unique index CONCURRENTLY, then ADD CONSTRAINT … UNIQUE USING INDEX.',
    find: anyOf(
      inAction('^add (?:constraint <any> )?unique (?!using index )'),
      inAction(
        '^add (?:column )?(?:if not exists )?<name> (?!foreign\\b|constraint\\b).*\\bunique\\b',
        /^add (?:constraint|unique|primary|foreign|check|exclude)\b/,
      ),
    ),
  },
  {
    name: 'PRIMARY_KEY_BLOCKS_QUERIES',
    danger: 'locks',
    remedy: 'made',
    reason: 'The index behind the key is built, and every row looked at, while nobody can read or write the table.',
    instead: 'SET NOT NULL by a validated CHECK, build a unique index CONCURRENTLY, then ADD CONSTRAINT … PRIMARY KEY USING INDEX.',
    find: anyOf(
      inAction('^add (?:constraint <any> )?primary key (?!using index )'),
      inAction(
        '^add (?:column )?(?:if not exists )?<name> .*\\bprimary key\\b',
        /^add (?:constraint|unique|primary|foreign|check|exclude)\b/,
      ),
    ),
  },
  {
    name: 'EXCLUSION_BLOCKS_QUERIES',
    danger: 'locks',
    reason: 'The index behind the constraint is built while nobody can read or write the table, and cannot be built concurrently.',
    instead: 'A new table with the constraint, filled in batches and swapped in; or a quiet moment, with a short lock timeout.',
    find: inAction('^add (?:constraint <any> )?exclude\\b'),
  },
];

const firstWords = (text: string): string => text.split(' ').slice(0, 3).join(' ').toUpperCase();
