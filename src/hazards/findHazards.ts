import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { splitSql } from '../load/splitSql.ts';
import { type ReadStatement, readStatement } from './readStatement.ts';
import { type Danger, type Place, pattern, said } from './rule.ts';
import { RULES } from './rules/index.ts';

/** One thing that is known to go wrong with one statement of a migration. */
export interface FoundHazard {
  /** In capitals: consent and silence name it. */
  readonly name: string;
  readonly danger: Danger;
  /** As the statement writes it. */
  readonly object: string;
  readonly reason: string;
  readonly instead: string;
  /** The statement that it is about. */
  readonly sql: string;
  /** Why somebody let it pass, in a comment of the statement; undefined where nobody did. */
  readonly allowed: string | undefined;
}

/** What a migration does, as far as hazards go. */
export interface Examined {
  /** The SQL of its steps; comments count. */
  readonly steps: readonly string[];
  readonly transaction: boolean;
}

/** What was found, and what was allowed though nothing is there. */
export interface Findings {
  readonly hazards: readonly FoundHazard[];
  /** Comments that silence nothing: a misspelt name, or a statement that was mended. */
  readonly unused: readonly { readonly name: string; readonly sql: string }[];
}

/**
 * Holds the statements of a migration against every rule. `-- @allow NAME: reason` before a statement, or in it, lets one rule pass there.
 * @param schema  what the migration starts from, where it is known
 */
export function findHazards({ steps, transaction }: Examined, schema?: SchemaSnapshot): Findings {
  const commented = steps.flatMap((step) => splitSql(step).map(({ sql, leading }) => ({ sql, allowed: allowedIn(`${leading}\n${sql}`) })));
  const migration = { statements: commented.map(({ sql }) => readStatement(sql)), transaction };
  const findings = commented.map(({ sql, allowed }, index) => {
    const statement = migration.statements[index] ?? readStatement(sql);
    const created = migration.statements.slice(0, index).flatMap(createdBy);
    const hazards = examine({ statement, index, migration, isNew: (table) => created.includes(unqualified(table)), schema }, allowed);
    const unused = [...allowed.keys()].filter((name) => !hazards.some((hazard) => hazard.name === name));
    return { hazards, unused: unused.map((name) => ({ name, sql })) };
  });
  return { hazards: findings.flatMap(({ hazards }) => hazards), unused: findings.flatMap(({ unused }) => unused) };
}

const examine = (place: Place, allowed: ReadonlyMap<string, string>): readonly FoundHazard[] =>
  RULES.flatMap(({ name, danger, reason, instead, find }) =>
    find(place).map((object) => ({ name, danger, object, reason, instead, sql: place.statement.sql, allowed: allowed.get(name) })),
  );

const createdBy = ({ text }: ReadStatement): readonly string[] =>
  (CREATED.exec(text)?.slice(1, 2) ?? []).map((name) => unqualified(said(name)));

const CREATED = pattern('^create (?:unlogged |temp |temporary )*(?:table|materialized view) (?:if not exists )?<name>');

const unqualified = (name: string): string => name.replace(/^public\./, '');

const ALLOW = /--[ \t]*@allow[ \t]+([A-Z_]+)[ \t]*(?::[ \t]*(.*))?$/gm;

/** The rules that comments let pass, each with its reason. */
const allowedIn = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(ALLOW)].map(([, name = '', reason = '']) => [name, reason.trim()] as const));
