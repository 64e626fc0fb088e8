import { anyOf, inAction, inStatement, type Place, pattern, type Rule, said } from '../rule.ts';

const ADDED_VALUE = pattern("^alter type <name> add value (?:if not exists )?''");

/** A new value is added, and rows of the same transaction are to have it. */
function valueUsedAtOnce({ statement, index, migration }: Place): readonly string[] {
  const name = ADDED_VALUE.exec(statement.text)?.[1];
  const value = /add\s+value\s+(?:if\s+not\s+exists\s+)?('(?:[^']|'')*')/i.exec(statement.sql)?.[1];
  const isUsed = migration.statements.slice(index + 1).some(({ sql }) => value !== undefined && sql.includes(value));
  return name !== undefined && migration.transaction && isUsed ? [said(name)] : [];
}

/** What makes an application fail that was written for what was there before. */
export const APPLICATION_RULES: readonly Rule[] = [
  {
    name: 'COLUMN_RENAMED',
    danger: 'application',
    reason: 'An application that still uses the old name fails from that moment on.',
    instead: 'A new column kept in step by a trigger until nobody uses the old one; or a view with the old name.',
    find: inAction('^rename (?:column )?(?!to\\b|constraint\\b)<name> to\\b'),
  },
  {
    name: 'TABLE_RENAMED',
    danger: 'application',
    reason: 'An application that still uses the old name fails from that moment on.',
    instead: 'Rename it and make a view under the old name, in one migration; drop the view when nobody uses it.',
    find: anyOf(inAction('^rename to\\b'), inStatement('^alter (?:materialized )?view (?:if exists )?<name> rename to\\b')),
  },
  {
    name: 'SCHEMA_CHANGED',
    danger: 'application',
    reason: 'An application that still uses the old schema fails from that moment on.',
    instead: 'Views in the old schema, until nobody uses it.',
    find: anyOf(
      inStatement('^alter schema <name> rename to\\b'),
      inAction('^set schema\\b'),
      inStatement('^alter (?!table\\b)\\w+ <name>(?: \\(.*\\))? set schema\\b'),
    ),
  },
  {
    name: 'ENUM_VALUE_RENAMED',
    danger: 'application',
    reason: 'An application that still writes or compares the old value fails from that moment on.',
    instead: 'Add the new value, change the rows, and retire the old one later.',
    find: inStatement('^alter type <name> rename value\\b'),
  },
  {
    name: 'TYPE_DROPPED',
    danger: 'application',
    reason: 'An application that still casts to the type, or writes a value that it had, fails from that moment on.',
    instead: 'See that nobody uses it; rows that have a removed value are mapped to another one first.',
    find: inStatement('^drop (?:type|domain) (?:if exists )?<name>'),
  },
  {
    name: 'ENUM_VALUE_UNUSABLE_UNTIL_COMMIT',
    danger: 'application',
    remedy: 'planned',
    reason: 'A value that is added to an enum cannot be used before the transaction that adds it has ended.',
    instead: 'Use it in a later migration.',
    find: valueUsedAtOnce,
  },
  {
    name: 'ENUM_VALUE_WITHOUT_PLACE',
    danger: 'advice',
    reason: 'A value that is added without BEFORE or AFTER comes last, in every order by it.',
    instead: 'Say BEFORE or AFTER.',
    find: inStatement("^alter type <name> add value (?:if not exists )?''$"),
  },
  {
    name: 'ENUM_MADE',
    danger: 'advice',
    reason: 'Values of an enum can be added and renamed in place, but not removed or reordered.',
    instead: 'A table of values with a foreign key, or a CHECK, where they will change often.',
    find: inStatement('^create type <name> as enum\\b'),
  },
  {
    name: 'UNTRACKED_BODY',
    danger: 'application',
    reason: 'PostgreSQL does not record what the text of such a body uses: it fails when it is called, not when something is dropped.',
    instead: 'BEGIN ATOMIC where it is SQL; else call it once in the migration.',
    find: inStatement('^create (?:or replace )?(?:function|procedure) <name>.* language (?:plpgsql|plperl|plpython3u|pltcl)\\b'),
  },
  {
    name: 'EXTENSION_CHANGED',
    danger: 'application',
    reason: 'The version of an extension decides what its functions do, and may take a long script to reach.',
    instead: 'Say VERSION, and change it in a migration of its own.',
    find: anyOf(
      inStatement('^alter extension <name> update\\b'),
      inStatement('^create extension (?:if not exists )?<name>', /\bversion\b/),
    ),
  },
  {
    name: 'DEFAULT_CHANGED',
    danger: 'application',
    reason: 'An application that leaves the column out writes the new default at once, whatever it expects.',
    instead: 'Deploy what knows the new default first.',
    find: inAction('^alter (?:column )?<name> (?:set|drop) default\\b'),
  },
  {
    name: 'JSON_HAS_NO_EQUALITY',
    danger: 'application',
    reason: 'json cannot be compared: SELECT DISTINCT and GROUP BY on the table fail.',
    instead: 'jsonb.',
    find: inAction('^add (?:column )?(?:if not exists )?<name> json\\b'),
  },
];
