import { relative } from 'node:path';
import { fail } from '../errors.ts';
import { mayBringRows, placeOf } from '../migration/dataActions.ts';
import { type Fork, findFork } from '../migration/forks.ts';
import { earlyAmong, type History, withoutReplaced } from '../migration/history.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { relink, removeReplaced } from '../migration/moveFiles.ts';
import { actionsOf } from '../migration/steps.ts';
import { writeMigration } from '../migration/writeMigration.ts';
import { stateOf } from '../pipeline.ts';
import type { MakeParams } from '../protocol/methods.ts';
import { type Clash, findClash, type Lines } from './commuting.ts';
import { consider } from './suggestion.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/**
 * Brings merged branches into one line. Where both orders lead to the same, the branch that this database has not run follows the other one; where
 * they do not, that is a conflict, unless `rebase` says that it shall follow, planned anew if need be.
 * @returns what was done, one sentence each
 * @throws BRANCHES_CLASH
 * @throws ANSWERS_NEEDED  where what is planned anew loses rows
 */
export async function settleBranches(workspace: Workspace, target: Target, params: MakeParams): Promise<readonly string[]> {
  const done: string[] = [];
  const moved = new Set<string>();
  for (;;) {
    const fork = findFork(withoutReplaced(await workspace.migrationFiles()));
    if (fork === undefined) return done;
    const lines = await inOrder(target, fork);
    const next = lines.second[0];
    // The file was written anew and says the same parent as before, as where that is computed.
    if (next !== undefined && moved.has(next.id))
      throw fail('FILE_NOT_WRITTEN', { file: next.file, reason: 'its parent cannot be told from its text' });
    moved.add(next?.id ?? '');
    const clash = await findClash(target, lines);
    if (clash === undefined) done.push(await follow(lines, 'since both orders lead to the same'));
    else if (params.rebase) done.push(await rebase(workspace, target, { lines, clash, params }));
    else throw clashed(target, lines, clash);
  }
}

/** First what this database has run, then the older name; a baseline is nobody's follower. */
async function inOrder(target: Target, { base, branches }: Fork): Promise<Lines> {
  const ledger = new Set((await target.observed.revisions()).map(({ id }) => id));
  const rank = (line: readonly Migration[]): string =>
    `${line[0]?.baseline ? 0 : 1}${line.some(({ id }) => ledger.has(id)) ? 0 : 1}${line[0]?.id}`;
  const [first, second] = branches[0] && rank(branches[0]) <= rank(branches[1]) ? branches : branches.toReversed();
  return { base, first: first ?? [], second: second ?? [] };
}

async function follow({ first, second }: Lines, why: string): Promise<string> {
  const [last, next] = [first.at(-1), second[0]];
  if (last === undefined || next === undefined) throw new Error('a branch without migrations');
  await relink(next, last.id);
  return `${next.id} now follows ${last.id}, ${why}`;
}

interface Rebase {
  readonly lines: Lines;
  readonly clash: Clash;
  readonly params: MakeParams;
}

async function rebase(workspace: Workspace, target: Target, { lines, clash, params }: Rebase): Promise<string> {
  if (clash.runs) return follow(lines, `and what it says holds where they differ: ${clash.reason}`);
  const { base, first, second } = lines;
  const ledger = new Set((await target.observed.revisions()).map(({ id }) => id));
  if (second.some(({ id }) => ledger.has(id))) throw clashed(target, lines, { ...clash, reason: 'this database has run both' });
  const data = second.flatMap((migration) => actionsOf(migration, 'up')).filter(mayBringRows);
  if (data.length > 0) throw clashed(target, lines, { ...clash, reason: 'these steps cannot be planned anew', statements: data });
  const history = [...base, ...first];
  const head = await stateOf(target, history);
  const considered = await consider(workspace, target, { head, history, answers: params });
  if (considered !== null && considered.questions.length > 0) throw fail('ANSWERS_NEEDED', { questions: considered.questions });
  const names = second.map(({ id }) => id).join(', ');
  const migration =
    considered &&
    (await writeMigration(workspace.project, {
      message: params.message ?? second[0]?.message ?? considered.suggestion.message,
      parent: first.at(-1)?.id ?? null,
      up: considered.suggestion.up,
      down: considered.suggestion.down,
      remarks: considered.decided,
      transaction: considered.suggestion.proven.up.transactional,
    }));
  await removeReplaced(second);
  return migration === null
    ? `${names} was removed: behind ${first.at(-1)?.id} nothing is left for it to do`
    : `${names} was planned anew behind ${first.at(-1)?.id}, as ${migration.id}`;
}

/**
 * What stands before an applied migration may be applied behind it only where the order does not count.
 * @returns a sentence about each, where the settings ask for it
 * @throws BRANCHES_CLASH
 */
export async function provenLate(
  { config }: Workspace,
  target: Target,
  history: History & { readonly migrations: readonly Migration[] },
): Promise<readonly string[]> {
  const early = earlyAmong(history.migrations, history);
  const [first] = early;
  if (first === undefined) return [];
  const applied = history.applied.map(({ migration }) => migration);
  const base = history.migrations.slice(0, history.migrations.indexOf(first));
  const lines = { base, first: early, second: applied.filter((migration) => !base.includes(migration)) };
  const clash = await findClash(target, lines);
  if (clash !== undefined) throw clashed(target, lines, clash);
  if (config.outOfOrder === 'allow') return [];
  return early.map(({ id }) => `${id} stands before what is applied already, and was proved to do the same behind it`);
}

const clashed = ({ root }: Target, { base, first, second }: Lines, { reason, statements }: Clash): Error =>
  fail('BRANCHES_CLASH', {
    first: first[0]?.id ?? '',
    second: second[0]?.id ?? '',
    parent: base.at(-1)?.id ?? null,
    reason,
    places: statements.map((action) => placeOf(action, (file) => relative(root, file))),
  });
