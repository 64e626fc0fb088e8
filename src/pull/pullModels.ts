import type { Project } from '../config/project.ts';
import { diffSnapshots, type Operation } from '../diff/diffSnapshots.ts';
import type { View } from '../diff/managed.ts';
import { FastpyError } from '../errors.ts';
import type { ObjectId } from '../kinds/kind.ts';
import { outermost } from '../kinds/root.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { makePlan } from '../plan/makePlan.ts';
import type { Shadow } from '../shadow/shadow.ts';
import { brokenRoutines } from './brokenRoutines.ts';
import { type Draft, draftModels, type Lessons, type Source } from './draft.ts';
import { makeReal } from './makeReal.ts';

/** Models that were made real, and what they do not say of the database. */
export interface Pulled {
  readonly draft: Draft;
  /** Empty where the models say everything. */
  readonly left: readonly Operation[];
}

/** Where models are made real. */
interface Bench {
  readonly project: Project;
  readonly shadow: Shadow;
  readonly view: View;
}

/** Each try settles what the one before it showed; a schema that needs more keeps what is left. */
const TRIES = 12;
/** When TypeScript was still refused after so many, it is given up as a whole, so that tries are left for SQL. */
const TRIES_OF_TYPESCRIPT = 6;

/**
 * Writes models of a database and makes them real until they say what it has. What TypeScript turns out not to say is written as SQL; what
 * statements in another order lead to, such as other privileges, is said once more.
 * @throws MODEL_REJECTED  for a statement that the shadow refuses: an extension that it does not have
 */
export async function pullModels(bench: Bench, source: Source): Promise<Pulled> {
  let lessons: Lessons = { unsayable: new Set(), unchecked: new Map(), corrections: [] };
  for (let tries = 1; ; tries++) {
    const draft = draftModels(source, lessons);
    const found = await tryDraft(bench, draft);
    const isLast = tries === TRIES;
    if (found instanceof FastpyError) {
      const learned = isLast ? undefined : await learnFromRefusal(found, { bench, draft, source, lessons, tries });
      if (learned === undefined) throw found;
      lessons = learned;
      continue;
    }
    const left = diffSnapshots(found, source.live);
    const learned = left.length === 0 || isLast ? lessons : learnFromDifference(found, { draft, source, lessons });
    if (learned === lessons) return { draft, left };
    lessons = learned;
  }
}

async function tryDraft({ shadow, project, view }: Bench, draft: Draft): Promise<SchemaSnapshot | FastpyError> {
  try {
    return view(await makeReal(shadow, draft, project));
  } catch (error) {
    if (error instanceof FastpyError && error.code.startsWith('MODEL_')) return error;
    throw error;
  }
}

interface Attempt {
  readonly draft: Draft;
  readonly source: Source;
  readonly lessons: Lessons;
}

/** What can be done about a refusal; undefined when nothing can. */
async function learnFromRefusal(
  error: FastpyError,
  attempt: Attempt & { readonly bench: Bench; readonly tries: number },
): Promise<Lessons | undefined> {
  const { draft, source, lessons, bench, tries } = attempt;
  if (tries >= TRIES_OF_TYPESCRIPT && hasTypeScript(draft)) return allInSql(draft, lessons);
  const { file = '', line = 0 } = error.location ?? {};
  const refused = draft.get(file);
  if (file.endsWith('.ts') && refused !== undefined) return { ...lessons, unsayable: new Set([...lessons.unsayable, ...refused.objects]) };
  const object = source.live.objects.get(statementAt(refused?.lines, line) ?? ':');
  if (object?.kind === 'routine' && lessons.unchecked.size === 0) {
    const unchecked = await brokenRoutines(bench.shadow, makePlan(source.empty, source.live).statements);
    if (unchecked.size > 0) return { ...lessons, unchecked };
  }
  return allInSql(draft, lessons);
}

/** The statement that a line belongs to: an error inside a body is told with the line of that. */
function statementAt(lines: ReadonlyMap<number, ObjectId> | undefined, line: number): ObjectId | undefined {
  const first = [...(lines?.keys() ?? [])].filter((start) => start <= line).at(-1);
  return first === undefined ? undefined : lines?.get(first);
}

const saidInTypeScript = (draft: Draft): readonly ObjectId[] =>
  [...draft].filter(([path]) => path.endsWith('.ts')).flatMap(([, { objects }]) => [...objects]);

const hasTypeScript = (draft: Draft): boolean => saidInTypeScript(draft).length > 0;

/** What SQL says stands on what TypeScript says; when that is not understood, TypeScript says nothing. */
function allInSql(draft: Draft, lessons: Lessons): Lessons | undefined {
  const inTypeScript = saidInTypeScript(draft);
  return inTypeScript.length === 0 ? undefined : { ...lessons, unsayable: new Set([...lessons.unsayable, ...inTypeScript]) };
}

/** TypeScript that says something else is given up; to what SQL says, what is missing is added. */
function learnFromDifference(found: SchemaSnapshot, { draft, source, lessons }: Attempt): Lessons {
  const plan = makePlan(found, source.live);
  const inTypeScript = new Set(saidInTypeScript(draft));
  const rootOf = (operation: Operation): ObjectId | undefined => {
    const [object, snapshot] = operation.after === null ? [operation.before, found] : [operation.after, source.live];
    return object === null ? undefined : outermost(object, snapshot).id;
  };
  const isSaidOtherwise = ({ before }: Operation): boolean => before !== null && before.kind !== 'privileges';
  const given = plan.operations.filter(isSaidOtherwise).flatMap((operation) => rootOf(operation) ?? []);
  const unsayable = given.filter((root) => inTypeScript.has(root));
  if (unsayable.length > 0) return { ...lessons, unsayable: new Set([...lessons.unsayable, ...unsayable]) };
  const corrections = plan.statements.filter((statement) => lessons.corrections.every(({ sql }) => sql !== statement.sql));
  return corrections.length === 0 ? lessons : { ...lessons, corrections: [...lessons.corrections, ...corrections] };
}
