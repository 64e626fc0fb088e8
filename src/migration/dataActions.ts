import { splitSql } from '../load/splitSql.ts';
import { lineOf } from './lineIn.ts';
import type { Migration } from './migrationFile.ts';
import { templateText } from './renderMigration.ts';
import type { Action } from './steps.ts';

/** What a statement is to a squash: planned anew, kept as it is, kept and run first, or without an effect that lasts. */
export type ActionSort = 'schema' | 'data' | 'role' | 'upkeep';

const FIRST_WORD = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()*([a-z]+)/i;
const SCHEMA = ['create', 'alter', 'drop', 'comment', 'grant', 'revoke', 'security', 'import', 'refresh'];
const UPKEEP = ['vacuum', 'analyze', 'reindex', 'cluster', 'lock', 'discard', 'checkpoint', 'show', 'explain'];
const OF_ROLES =
  /^(?:(?:create|alter|drop)\s+(?:role|user(?!\s+mapping)|group)\s|comment\s+on\s+role\s|(?:grant|revoke)\s+(?:"(?:[^"]|"")+"|\w+)(?:\s*,\s*(?:"(?:[^"]|"")+"|\w+))*\s+(?:to|from)\s)/i;
/** Statements about the schema that bring rows. */
const BRINGS_ROWS =
  /^create\s+(?:(?:local|global)\s+)?(?:temp(?:orary)?\s+|unlogged\s+)?table\b[\s\S]*\bas\b[\s(]*(?:select|with|values|table|execute)\b/i;

/** A function's sort is `data`: nobody knows what it does. */
export function sortOf({ run }: Action): ActionSort {
  if (run.kind === 'function') return 'data';
  if (OF_ROLES.test(run.sql)) return 'role';
  const word = FIRST_WORD.exec(run.sql)?.[1]?.toLowerCase() ?? '';
  return SCHEMA.includes(word) ? 'schema' : UPKEEP.includes(word) ? 'upkeep' : 'data';
}

/** True for what may put rows into tables. */
export const mayBringRows = (action: Action): boolean =>
  sortOf(action) === 'data' ? !isSetting(action) : action.run.kind === 'sql' && BRINGS_ROWS.test(action.run.sql);

const isSetting = ({ run }: Action): boolean => run.kind === 'sql' && /^(?:set|reset)\b/i.test(run.sql);

/** Where an action stands and how it begins, e.g. `migrations/2026_a.ts:7 INSERT INTO kinds VALUES (1)`. */
export function placeOf({ migration, run, step }: Action, relative: (file: string) => string): string {
  const file = relative(migration.file);
  if (run.kind === 'function') return `${file}${lineSuffix(migration, run.source.split('\n')[0] ?? '')} a function (step ${step})`;
  const [first = ''] = run.sql.split('\n');
  return `${file}${lineSuffix(migration, templateText(first))} ${shortened(run.sql)}`;
}

const lineSuffix = ({ source }: Migration, piece: string): string => {
  const line = lineOf(source, piece.trim());
  return line === undefined ? '' : `:${line}`;
};

const LONGEST = 80;

function shortened(sql: string): string {
  const [statement] = splitSql(sql);
  const line = (statement?.sql ?? sql).replace(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}
