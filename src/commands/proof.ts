import { diffSnapshots } from '../diff/diffSnapshots.ts';
import type { View } from '../diff/managed.ts';
import { FastpyError } from '../errors.ts';
import { catchUp, type Reading } from '../introspect/catchUp.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { replay, replayDown } from '../migration/replay.ts';
import type { VerdictInfo } from '../protocol/methods.ts';
import type { Scratch, Shadow } from '../shadow/shadow.ts';

/** How migrations are proved. */
export interface ProofOptions {
  readonly root: string;
  readonly view: View;
  readonly signal?: AbortSignal | undefined;
}

/** Where the proof of the next migration begins. */
interface Standing {
  readonly scratch: Scratch;
  readonly reading: Reading;
}

/**
 * Proves migrations from nothing, in their order: each goes up, down and up again in a scratch database, and every time the catalog must be
 * what it was there before. What cannot be run ends the proof, since nothing behind it can be.
 */
export async function* proveMigrations(
  shadow: Shadow,
  migrations: readonly Migration[],
  options: ProofOptions,
): AsyncGenerator<VerdictInfo> {
  let standing: Standing | undefined;
  try {
    for (const [index, migration] of migrations.entries()) {
      options.signal?.throwIfAborted();
      standing ??= await rebuilt(shadow, migrations.slice(0, index), options);
      const { verdict, reading } = await proveOne(standing, migration, options);
      yield verdict;
      if (verdict.up === 'refused') return;
      const { scratch } = standing;
      standing = reading && { scratch, reading };
      if (standing === undefined) await scratch.drop();
    }
  } finally {
    await standing?.scratch.drop();
  }
}

async function rebuilt(shadow: Shadow, migrations: readonly Migration[], options: ProofOptions): Promise<Standing> {
  const scratch = await shadow.create();
  try {
    await replay(scratch.database, migrations, options);
    return { scratch, reading: await scratch.database.session((session) => catchUp(session)) };
  } catch (error) {
    await scratch.drop();
    throw error;
  }
}

interface Proved {
  readonly verdict: VerdictInfo;
  /** Of the database behind the migration; undefined where it stands nobody knows where. */
  readonly reading?: Reading | undefined;
}

async function proveOne(
  { scratch: { database }, reading: before }: Standing,
  migration: Migration,
  options: ProofOptions,
): Promise<Proved> {
  const { id } = migration;
  const read = (earlier: Reading): Promise<Reading> => database.session((session) => catchUp(session, earlier));
  const refusedUp = await attempt(() => replay(database, [migration], options));
  if (refusedUp) return { verdict: { id, up: 'refused', down: 'not reached', differences: [], failure: refusedUp.toData() } };
  const after = await read(before);
  const verdict = { id, up: 'proven', down: 'exact', differences: [], failure: null } as const;
  if (migration.down === null) return { verdict: { ...verdict, down: 'none' }, reading: after };
  const refusedDown = await attempt(() => replayDown(database, migration, options));
  if (refusedDown)
    return { verdict: { ...verdict, down: 'refused', failure: refusedDown.toData() }, reading: migration.transaction ? after : undefined };
  const back = await read(after);
  const left = differencesOf(before, back, options);
  const refusedAgain = await attempt(() => replay(database, [migration], options));
  if (refusedAgain) return { verdict: { ...verdict, down: 'differs', differences: left, failure: refusedAgain.toData() } };
  const again = await read(back);
  const differences = [...left, ...differencesOf(after, again, options)];
  return {
    verdict: { ...verdict, down: differences.length === 0 ? 'exact' : 'differs', differences },
    reading: left.length === 0 ? again : undefined,
  };
}

async function attempt(work: () => Promise<unknown>): Promise<FastpyError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof FastpyError && error.code !== 'CANCELLED') return error;
    throw error;
  }
}

/** In words, e.g. `still there: column public.posts.body`. */
const differencesOf = (wanted: Reading, found: Reading, { view }: ProofOptions): readonly string[] =>
  diffSnapshots(view(wanted.snapshot), view(found.snapshot)).map(({ before, after }) => {
    const word = before === null ? 'still there' : after === null ? 'missing' : 'different';
    const object = before ?? after;
    return `${word}: ${object?.kind} ${object?.name}`;
  });
