import { fail } from '../errors.ts';
import { modelSet } from '../model/modelSet.ts';
import type { ModelPart, ModelSet, ModelStatement } from '../model/statement.ts';
import { significantTokens, type Tokens, wordAt } from './sqlNames.ts';

/** What `manageRoles` says: no roles, all that models name, or those whose name fits one of the patterns. */
export type ManagedRoles = boolean | readonly string[];

/** A statement about roles, by what it does and whom it names. */
export interface RoleStatement {
  readonly does: 'create' | 'alter' | 'grant' | 'comment' | 'drop';
  readonly roles: readonly string[];
}

const VERBS: Readonly<Record<string, RoleStatement['does']>> = { create: 'create', alter: 'alter', drop: 'drop' };
const ROLES = ['role', 'user', 'group'];
const START = /^(?:do|create|alter|drop|grant|revoke|comment)\b/i;
/** How a plan makes a role that may be there already; see `kinds/roles.ts`. */
const CREATE_IF_MISSING = /^DO \$(?:fastpyd)?\$ BEGIN (CREATE ROLE "(?:[^"]|"")+");/;

/** Reads a statement that makes, changes or joins roles; undefined for all others, privileges on objects and settings of roles among them. */
export function roleStatement(sql: string): RoleStatement | undefined {
  if (!START.test(sql)) return undefined;
  const tokens = significantTokens(CREATE_IF_MISSING.exec(sql)?.[1] ?? sql.slice(0, LENGTH));
  const [verb, sort] = [wordAt(tokens, 0), wordAt(tokens, 1)];
  const does = VERBS[verb];
  if (does !== undefined) return ROLES.includes(sort) ? aboutRole(does, tokens) : undefined;
  if (verb === 'comment') return wordAt(tokens, 2) === 'role' ? { does: 'comment', roles: [wordAt(tokens, 3)] } : undefined;
  if (verb !== 'grant' && verb !== 'revoke') return undefined;
  const isOnObject = tokens.some((token) => token.kind === 'word' && token.text.toLowerCase() === 'on');
  return isOnObject ? undefined : { does: 'grant', roles: namesIn(tokens.slice(1)) };
}

/** Statements about roles are short. */
const LENGTH = 4000;

function aboutRole(does: RoleStatement['does'], tokens: Tokens): RoleStatement | undefined {
  const third = tokens[2];
  if (third?.kind === 'word' && ['mapping', 'all'].includes(third.text.toLowerCase())) return undefined;
  const isSetting = does === 'alter' && ['set', 'reset', 'in'].includes(wordAt(tokens, 3));
  const first = wordAt(tokens, 2) === 'if' ? 4 : 2;
  return isSetting ? undefined : { does, roles: does === 'drop' ? namesIn(tokens.slice(first)) : [wordAt(tokens, first)] };
}

const KEYWORDS = ['to', 'from', 'admin', 'inherit', 'set', 'option', 'for'];

/** The names in a list of roles, up to what is said of them. */
function namesIn(tokens: Tokens): readonly string[] {
  const end = tokens.findIndex(
    ({ kind, text }) => kind === 'word' && ['with', 'granted', 'cascade', 'restrict'].includes(text.toLowerCase()),
  );
  const listed = end < 0 ? tokens : tokens.slice(0, end);
  return listed.flatMap((token, at) =>
    token.kind === 'identifier' || (token.kind === 'word' && !KEYWORDS.includes(token.text.toLowerCase())) ? [wordAt(listed, at)] : [],
  );
}

/** Is one of these roles managed? */
export function isManaged(roles: readonly string[], managed: ManagedRoles): boolean {
  if (typeof managed === 'boolean') return managed;
  const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const patterns = managed.map((pattern) => new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`, 's'));
  return roles.some((role) => patterns.some((pattern) => pattern.test(role)));
}

/** What was set apart, by the patterns that said so, of parts and of whole sets. */
const splits = new Map<string, { readonly parts: WeakMap<ModelPart, ModelPart>; readonly sets: WeakMap<ModelSet, ModelSet> }>();

/**
 * The models with their statements about managed roles set apart: those are not run where the rest is made real, since roles belong to the whole
 * server. The same models give the same set, and the same parts.
 * @throws MODEL_LOAD_FAILED  for a password
 */
export function withRolesApart(models: ModelSet, managed: ManagedRoles): ModelSet {
  if (managed === false) return models;
  const key = JSON.stringify(managed);
  const known = splits.get(key) ?? { parts: new WeakMap(), sets: new WeakMap() };
  splits.set(key, known);
  const split = known.sets.get(models) ?? splitSet(models, (part) => known.parts.get(part) ?? splitPart(part, managed), known.parts);
  known.sets.set(models, split);
  return split;
}

function splitSet(models: ModelSet, split: (part: ModelPart) => ModelPart, known: WeakMap<ModelPart, ModelPart>): ModelSet {
  const parts = [...models.parts.values()];
  const apart = parts.map(split);
  for (const [index, part] of parts.entries()) known.set(part, apart[index] ?? part);
  return apart.every((part, index) => part === parts[index]) ? models : modelSet(apart);
}

function splitPart(part: ModelPart, managed: ManagedRoles): ModelPart {
  const roles = part.statements.filter(({ sql }) => {
    const found = roleStatement(sql);
    return found !== undefined && isManaged(found.roles, managed);
  });
  for (const statement of roles) refusePassword(statement);
  return roles.length === 0 ? part : { ...part, statements: part.statements.filter((statement) => !roles.includes(statement)), roles };
}

/** A password in a file is known to everybody who has the file. */
function refusePassword({ sql, file, line }: ModelStatement): void {
  const tokens = significantTokens(sql);
  const at = tokens.findIndex(({ kind, text }) => kind === 'word' && text.toLowerCase() === 'password');
  if (at < 0 || wordAt(tokens, at + 1) === 'null') return;
  const reason =
    'a password does not belong into a model; leave PASSWORD out, and set it on the server, by \\password in psql or by what deploys there';
  throw fail('MODEL_LOAD_FAILED', { file, line, reason }, { location: { file, line } });
}
