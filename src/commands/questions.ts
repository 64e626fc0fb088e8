import type { Renamable } from '../diff/renamables.ts';
import { unquoted } from '../diff/renames.ts';
import type { Question } from '../errors.ts';
import { fail } from '../errors.ts';
import type { Column } from '../kinds/columns.ts';
import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import { kindOf } from '../kinds/registry.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import type { Suggestion } from '../pipeline.ts';
import { type Action, beforeOf } from '../plan/plan.ts';
import type { Answers } from '../protocol/methods.ts';
import type { LiveName } from './liveNames.ts';
import { mapQuestions } from './mapQuestions.ts';
import { hints, memberQuestions, notRenamed, type Renames, renamesOf, rowsInSchemas, wasRenamed } from './renameQuestions.ts';
import { countRows, countTableRows, held } from './rows.ts';
import type { Target } from './target.ts';

/** Where the rows are that a suggestion would touch. */
export interface Place extends Pick<Target, 'live' | 'info'> {
  /** How the live database calls what the suggestion names. */
  readonly liveName: () => Promise<LiveName>;
}

/** What a suggestion leaves for a person to decide. */
export interface OpenQuestions {
  readonly questions: readonly Question[];
  /** What `--force` answered by itself, one sentence each. */
  readonly forced: readonly string[];
  /** What may be a rename and is made as a drop, since no row would feel it, one sentence each. */
  readonly hints: readonly string[];
  /** What was decided not to be a rename, one sentence each, for the migration. */
  readonly notRenamed: readonly string[];
}

/** What is asked about: a plan, proven, with the states that it leads from and to. */
export type Asked = Pick<Suggestion, 'head' | 'desired' | 'proven' | 'mapped'>;

/**
 * The questions of a suggestion that the answers leave open: losses that some row would feel, and values for new required columns.
 * In development an empty table or column is nobody's loss; elsewhere every drop is asked.
 */
export async function openQuestions(place: Place, suggestion: Asked, answers: Answers): Promise<OpenQuestions> {
  const renames = renamesOf(suggestion, answers);
  const losses = await lossQuestions(place, suggestion, renames);
  const isSettled = (gone: Renamable): boolean => answers.force === true || !renames.isOpen(gone);
  const values = [
    ...(await valueQuestions(place, suggestion, parseFills(answers.default))),
    ...(await mapQuestions(place, suggestion, isSettled)),
  ];
  const told = { hints: hints(renames, losses), notRenamed: notRenamed(renames, losses) };
  if (!answers.force) return { questions: [...losses, ...values], forced: [], ...told };
  return { questions: values, forced: losses.map(forcedAnswer), ...told };
}

function forcedAnswer({ message, flags }: Question): string {
  const renames = flags.filter((flag) => flag.startsWith('--rename'));
  return `${message} Accepted by --force${renames.length === 0 ? '' : ` as not a rename; ${renames.join(' or ')} would keep the data`}.`;
}

async function lossQuestions(place: Place, suggestion: Asked, renames: Renames): Promise<readonly Question[]> {
  const { actions } = suggestion.proven.up;
  const lost = [...actions.values()].filter((action) => losesRows(action, actions)).flatMap((action) => beforeOf(action) ?? []);
  const open = lost.filter((object) => !renames.isDropped(object));
  const apart = open.filter((object) => !renames.isInRenamedSchema(object));
  const asked = await Promise.all(apart.map((object) => lossQuestion(place, object, renames)));
  return [
    ...(await rowsInSchemas(place, open, renames)),
    ...asked.flatMap((question) => question ?? []),
    ...(await memberQuestions(place, suggestion, renames)),
  ];
}

/** A dropped or rebuilt holder of rows; a table's columns go with it and are not asked one by one. */
function losesRows(action: Action, actions: ReadonlyMap<ObjectId, Action>): boolean {
  if (action.type !== 'drop' && action.type !== 'replace') return false;
  const { before } = action;
  const owner = before.owner === undefined ? undefined : actions.get(before.owner);
  return (kindOf(before).holdsData?.(before) ?? false) && owner?.type !== 'drop' && owner?.type !== 'replace';
}

async function lossQuestion(place: Place, object: SchemaObject, renames: Renames): Promise<Question | undefined> {
  if (object.kind === 'role') return roleQuestion(object);
  const rows = await countRows(place.live, (await place.liveName())(object));
  if (rows === 0 && place.info.development) return undefined;
  const proposal = renames.of(object.id);
  if (proposal !== undefined) return wasRenamed(proposal, held(object.kind, rows));
  return { kind: 'drop', message: `Drop ${object.kind} ${object.name} with ${held(object.kind, rows)}?`, flags: [`--drop ${object.name}`] };
}

/** Other databases of the server may need it, which only the server finds out. */
const roleQuestion = ({ name }: SchemaObject): Question => ({
  kind: 'drop',
  message: `Drop role ${name}, which belongs to the whole server, with its password?`,
  flags: [`--drop ${name}`],
});

async function valueQuestions(
  place: Place,
  { proven, head, desired }: Asked,
  fills: ReadonlyMap<string, string>,
): Promise<readonly Question[]> {
  const added = [...proven.up.actions.values()].flatMap((action) =>
    action.type === 'create' && isRequired(action.after, head, desired) ? [action.after as Column] : [],
  );
  const open = added.filter(({ name }) => !fills.has(name));
  const asked = await Promise.all(open.map((column) => valueQuestion(place, column)));
  return asked.flatMap((question) => question ?? []);
}

/** A column that rows which are there already would need a value for. */
function isRequired(object: SchemaObject, head: SchemaSnapshot, desired: SchemaSnapshot): boolean {
  if (object.kind !== 'column' || object.owner === undefined || !head.objects.has(object.owner)) return false;
  const { notNull, notNullAs, identity, generated } = object as Column;
  const isNeeded = notNull && notNullAs?.validated !== false;
  return isNeeded && identity === null && generated === null && !desired.objects.has(`default:${object.id.slice('column:'.length)}`);
}

async function valueQuestion(place: Place, column: Column): Promise<Question | undefined> {
  const rows = await countTableRows(place.live, (await place.liveName())(column) as Column);
  if (rows === 0) return undefined;
  return {
    kind: 'default',
    message: `${column.schema}.${column.table} has ${held('table', rows)}: which value goes into its new required column ${column.column} (${column.type})?`,
    flags: [`--default ${column.name}=EXPR`],
  };
}

/** Reads the values of `--default public.posts.slug=EXPR`. @throws USAGE */
export function parseFills(flags: readonly string[] = []): ReadonlyMap<string, string> {
  const fills = new Map<string, string>();
  for (const flag of flags) {
    const { column, value } = parseFill(flag);
    const earlier = fills.get(column);
    if (earlier !== undefined && earlier !== value)
      throw fail('USAGE', { problem: `--default gives ${column} two values: ${earlier} and ${value}`, help: 'Leave one out.' });
    fills.set(column, value);
  }
  return fills;
}

function parseFill(flag: string): { readonly column: string; readonly value: string } {
  const sign = flag.indexOf('=');
  if (sign < 1)
    throw fail('USAGE', { problem: `--default ${flag} has no value`, help: "Write it as --default public.posts.slug='untitled'." });
  const value = flag.slice(sign + 1);
  if (/^\s*null\s*$/i.test(value))
    throw fail('USAGE', {
      problem: `--default ${flag} gives a required column nothing`,
      help: 'Give another value, or let the column be nullable.',
    });
  return { column: unquoted(flag.slice(0, sign)), value };
}
