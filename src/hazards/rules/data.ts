import { anyOf, inAction, inStatement, type Place, pattern, type Rule, said } from '../rule.ts';

const CREATED = pattern('^create (?:unlogged )?table (?:if not exists )?<name>');
const DROPPED = pattern('^drop table (?:if exists )?<name>');

function madeAnew({ statement, index, migration }: Place): readonly string[] {
  const name = DROPPED.exec(statement.text)?.[1];
  const isMade = migration.statements.slice(index + 1).some(({ text }) => CREATED.exec(text)?.[1] === name);
  return name !== undefined && isMade ? [said(name)] : [];
}

const UPDATED = pattern('^update (?:only )?<name> .*?\\bset (.*?)(?: (?:from|where|returning)\\b.*)?$');

function assignedTwice({ statement }: Place): readonly string[] {
  const [, table, list] = UPDATED.exec(statement.text) ?? [];
  if (table === undefined || list === undefined) return [];
  const columns = [...list.matchAll(/(?:^|, )(\S+) = /g)].flatMap(([, column]) => column ?? []);
  return columns.filter((column, at) => columns.indexOf(column) < at).map((column) => `${said(table)}.${said(column)}`);
}

const NUMBERED = pattern('^insert into <name> \\( (?:"id"|id)\\b');

function numberedByHand({ statement, index, migration }: Place): readonly string[] {
  const name = NUMBERED.exec(statement.text)?.[1];
  const isSet = migration.statements.slice(index + 1).some(({ text }) => /\bsetval \(|\brestart\b/.test(text));
  return name === undefined || isSet ? [] : [said(name)];
}

const ADDED = pattern('^add constraint <name> ');
const dropped = inAction('^drop constraint (?:if exists )?<name>');

/** Did the migration add it before, for its own purposes? */
function isOwn({ statement: { table }, index, migration }: Place, name: string): boolean {
  const actions = migration.statements.slice(0, index).flatMap((one) => (one.table === table ? one.actions : []));
  return actions.some((action) => `${table}.${said(ADDED.exec(action)?.[1] ?? '')}` === name);
}

/** What takes rows, or what keeps them right, away. */
export const DATA_RULES: readonly Rule[] = [
  {
    name: 'COLUMN_DROPPED',
    danger: 'data',
    reason: 'The values are lost, and an application that still names the column fails.',
    instead: 'Stop using it, deploy, and drop it later.',
    find: inAction('^drop (?:column )?(?!constraint\\b)(?:if exists )?<name>(?: cascade| restrict)?$'),
  },
  {
    name: 'TABLE_DROPPED',
    danger: 'data',
    reason: 'The rows are lost, and an application that still names the table fails.',
    instead: 'Move it to a schema of its own, and drop it after a while.',
    find: inStatement('^drop (?:foreign )?table (?:if exists )?<name>'),
  },
  {
    name: 'TABLE_MADE_ANEW',
    danger: 'data',
    reason: 'The rows are lost although the table is there afterwards.',
    instead: 'ALTER TABLE.',
    find: madeAnew,
  },
  {
    name: 'SCHEMA_DROPPED',
    danger: 'data',
    reason: 'Everything in the schema is lost.',
    instead: 'Drop what is in it by name, and then the empty schema.',
    find: inStatement('^drop schema (?:if exists )?<name>'),
  },
  {
    name: 'DATABASE_DROPPED',
    danger: 'data',
    remedy: 'planned',
    reason: 'Everything is lost, and no transaction brings it back.',
    instead: 'Not in a migration.',
    find: inStatement('^drop database (?:if exists )?<name>'),
  },
  {
    name: 'CASCADES',
    danger: 'data',
    remedy: 'planned',
    reason: 'CASCADE drops whatever depends on it, also what nobody thought of.',
    instead: 'Drop the dependents by name, and make again what is still wanted.',
    find: anyOf(inStatement('^drop .*? (?:if exists )?<name>(?: \\(.*\\))? cascade$'), inAction('^drop .* cascade$')),
  },
  {
    name: 'TRUNCATED',
    danger: 'data',
    remedy: 'planned',
    reason: 'Every row is lost, under an exclusive lock.',
    instead: 'DELETE in batches; with CASCADE, name the other tables.',
    find: inStatement('^truncate (?:table )?(?:only )?<name>'),
  },
  {
    name: 'EVERY_ROW_CHANGED',
    danger: 'data',
    remedy: 'made',
    reason: 'Without WHERE every row is changed in one transaction, and stays locked until it ends.',
    instead: 'Batches by key, each a transaction of its own.',
    find: anyOf(inStatement('^update (?:only )?<name>', /\bwhere\b/), inStatement('^delete from (?:only )?<name>', /\bwhere\b/)),
  },
  {
    name: 'NULLS_ALLOWED',
    danger: 'application',
    reason: 'Those who read the column may meet nulls that were not there before.',
    instead: 'See that readers take null first.',
    find: inAction('^alter (?:column )?<name> drop not null$'),
  },
  {
    name: 'CONSTRAINT_DROPPED',
    danger: 'data',
    reason: 'Rows that break the constraint may come in from now on; without a primary key, replication of changes fails.',
    instead: 'See that nothing relies on it; set REPLICA IDENTITY before a primary key goes.',
    find: (place) => dropped(place).filter((name) => !isOwn(place, name)),
  },
  {
    name: 'ASSIGNED_TWICE',
    danger: 'data',
    remedy: 'planned',
    reason: 'PostgreSQL refuses an UPDATE that sets a column twice.',
    instead: 'Set it once.',
    find: assignedTwice,
  },
  {
    name: 'NUMBERED_BY_HAND',
    danger: 'data',
    remedy: 'planned',
    reason: 'Rows with ids of their own leave the sequence behind, and the next row that asks it for one fails.',
    instead: 'setval behind the insert.',
    find: numberedByHand,
  },
];
