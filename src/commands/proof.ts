import type { ScratchDatabase } from '../database/scratch.ts';
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
      const begun: Standing | FastpyError = standing ?? (await begin(shadow, migrations.slice(0, index), options));
      if (begun instanceof FastpyError) {
        yield refused(migration, begun);
        return;
      }
      standing = begun;
      const { verdict, reading } = await proveOne(begun, migration, options);
      yield verdict;
      if (verdict.up === 'refused') return;
      standing = reading && { ...begun, reading };
      if (standing === undefined) await begun.scratch.drop();
    }
  } finally {
    await standing?.scratch.drop();
  }
}

/** The database behind some migrations; what of them cannot be run twice on one server, such as CREATE DATABASE, refuses those behind it. */
async function begin(shadow: Shadow, migrations: readonly Migration[], options: ProofOptions): Promise<Standing | FastpyError> {
  const scratch = await shadow.create();
  try {
    const error = await attempt(() => replay(scratch.database, migrations, options));
    if (error === undefined) return { scratch, reading: await scratch.database.session((session) => catchUp(session)) };
    await scratch.drop();
    return error;
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

const refused = ({ id }: Migration, error: FastpyError): VerdictInfo => ({
  id,
  up: 'refused',
  down: 'not reached',
  differences: [],
  failure: error.toData(),
});

async function proveOne({ scratch, reading: before }: Standing, migration: Migration, options: ProofOptions): Promise<Proved> {
  const { database } = scratch;
  const refusedUp = await attempt(() => replay(database, [migration], options));
  if (refusedUp) return { verdict: refused(migration, refusedUp) };
  const after = await database.session((session) => catchUp(session, before));
  if (migration.down === null) return { verdict: verdictOf(migration, { down: 'none' }), reading: after };
  return proveDown(database, migration, { before, after, options });
}

interface Ends {
  readonly before: Reading;
  readonly after: Reading;
  readonly options: ProofOptions;
}

/** Down, and up again. */
async function proveDown(database: ScratchDatabase, migration: Migration, { before, after, options }: Ends): Promise<Proved> {
  const refusedDown = await attempt(() => replayDown(database, migration, options));
  if (refusedDown)
    return { verdict: verdictOf(migration, { down: 'refused', error: refusedDown }), reading: migration.transaction ? after : undefined };
  const back = await database.session((session) => catchUp(session, after));
  const left = differencesOf(before, back, options);
  const refusedAgain = await attempt(() => replay(database, [migration], options));
  if (refusedAgain) return { verdict: verdictOf(migration, { down: 'differs', differences: left, error: refusedAgain }) };
  const again = await database.session((session) => catchUp(session, back));
  const differences = [...left, ...differencesOf(after, again, options)];
  const verdict = verdictOf(migration, { down: differences.length === 0 ? 'exact' : 'differs', differences });
  return { verdict, reading: left.length === 0 ? again : undefined };
}

interface Outcome {
  readonly down: VerdictInfo['down'];
  readonly differences?: readonly string[];
  readonly error?: FastpyError;
}

const verdictOf = ({ id }: Migration, { down, differences = [], error }: Outcome): VerdictInfo => ({
  id,
  up: 'proven',
  down,
  differences,
  failure: error?.toData() ?? null,
});

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
