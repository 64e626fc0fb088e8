/** `db:verify` on the real command line: what holds, what does not, and that the live database is left alone. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { assertExit, type CliProject, cliProject } from './cliProject.ts';

const IDS = ['20260101000000_users', '20260101000001_notes', '20260101000002_index'];

interface Sides {
  readonly up: readonly string[];
  readonly down?: readonly string[];
  readonly outside?: boolean;
}

const file = (number: number, { up, down, outside = false }: Sides): string => `import { migration, sql } from 'fastpyd/migration';
export default migration({ parent: ${number === 0 ? null : `'${IDS[number - 1]}'`}, ${outside ? 'transaction: false,' : ''}
  up: [${up.map((each) => `sql\`${each}\``).join(', ')}],
  ${down === undefined ? '' : `down: [${down.map((each) => `sql\`${each}\``).join(', ')}],`}
});
`;

const USERS = file(0, { up: ['CREATE TABLE users (id int PRIMARY KEY, name text)'], down: ['DROP TABLE users'] });
const NOTES = file(1, {
  up: ['CREATE TABLE notes (id int, "by" int REFERENCES users)', "COMMENT ON TABLE users IS 'who'"],
  down: ['DROP TABLE notes', 'COMMENT ON TABLE users IS NULL'],
});
const INDEX = file(2, {
  up: ['CREATE INDEX CONCURRENTLY users_by_name ON users (name)'],
  down: ['DROP INDEX CONCURRENTLY users_by_name'],
  outside: true,
});

let project: CliProject;
test.before(async () => {
  project = await cliProject({ files: {} });
});
test.after(() => project.end());

function write(...texts: readonly string[]): void {
  for (const [number, text] of texts.entries()) project.write(`migrations/${IDS[number]}.ts`, text);
}

interface Verdict {
  readonly id: string;
  readonly up: string;
  readonly down: string;
  readonly differences: readonly string[];
  readonly error?: { readonly code: string };
}

/** What the command says, and its exit code. */
async function verify(exit: number): Promise<readonly Verdict[]> {
  const { stdout } = assertExit(await project.fastpy('db:verify', '--json'), exit, ['db:verify']);
  return JSON.parse(stdout).migrations;
}

const downs = (verdicts: readonly Verdict[]): readonly string[] => verdicts.map(({ down }) => down);

test('without migrations there is nothing to prove', async () => {
  assert.match((await project.succeed('db:verify')).stdout, 'no migrations');
});

test('a history that holds is proved from nothing, inside and outside a transaction, and nothing is applied', async () => {
  write(USERS, NOTES, INDEX);
  assert.equal(downs(await verify(0)), ['exact', 'exact', 'exact']);
  const { stdout } = await project.succeed('db:verify', '--no-daemon');
  assert.match(stdout, `✓ ${IDS[2]}`);
  assert.match(stdout, /3 proved on PostgreSQL \d/);
  assert.match((await project.succeed('db:history')).stdout, 'Nothing has been applied');
});

test('a way down that forgets something, or takes too much, is named with what differs; those behind it are proved all the same', async () => {
  write(USERS, NOTES.replace(', sql`COMMENT ON TABLE users IS NULL`', ''), INDEX);
  const forgotten = await verify(1);
  assert.equal(downs(forgotten), ['exact', 'differs', 'exact']);
  assert.equal(forgotten[1]?.differences, ['still there: comment public.users']);
  write(USERS, NOTES.replace('DROP TABLE notes', 'DROP TABLE notes`, sql`ALTER TABLE users DROP COLUMN name'), INDEX);
  assert.ok((await verify(1))[1]?.differences.includes('missing: column public.users.name'));
});

test('a way down that cannot be run is named with its place, and those behind it are proved', async () => {
  write(USERS, NOTES.replace('DROP TABLE notes', 'DROP TABLE nots'), INDEX);
  const verdicts = await verify(1);
  assert.equal(downs(verdicts), ['exact', 'refused', 'exact']);
  assert.is(verdicts[1]?.error?.code, 'STATEMENT_FAILED');
  const ran = await project.fastpy('db:verify');
  assert.match(ran.stderr, /step 1 of 20260101000001_notes \(down\)/);
  assert.match(ran.stderr, 'DROP TABLE nots');
});

test('a migration that cannot be run ends the proof', async () => {
  write(USERS, NOTES.replace('REFERENCES users', 'REFERENCES people'), INDEX);
  const verdicts = await verify(1);
  assert.equal(
    verdicts.map(({ up }) => up),
    ['proven', 'refused', 'not reached'],
  );
});

test('a migration without a way down is no failure', async () => {
  write(USERS, NOTES.replace(/down: .*\n/, '\n'), INDEX);
  assert.equal(downs(await verify(0)), ['exact', 'none', 'exact']);
});

test.run();
