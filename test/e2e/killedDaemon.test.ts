/** `kill -9` of the daemon while it migrates its embedded database. KILL_POINTS says how often; 20 when absent. */
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { connect, type FastpyClient } from '../../client/index.ts';
import { openScratch } from '../../src/database/scratch.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { type CliProject, cliProject, isAlive, killHard } from './cliProject.ts';
import { descendants } from './descendants.ts';

const POINTS = Number(process.env.KILL_POINTS ?? 20);
const ROWS = 100;

let project: CliProject;
let client: FastpyClient;
test.before(async () => {
  project = await cliProject({ database: 'embedded' });
  client = await connect({ project: project.root });
});
test.after(async () => {
  await client.close();
  await project.end();
});

const database = 'embedded';
const migrate = () => client.request('db.migrate', { database });

/** On the embedded database, whose port a new daemon may change. */
async function query<Row>(text: string): Promise<readonly Row[]> {
  const scratch = openScratch((await client.request('db.url', { database })).url);
  return scratch.session((session) => session.query<Row>(text)).finally(() => scratch.close());
}

const idOf = (number: number): string => `${20260101000000 + number}_point`;

// In the shadow, which has no ledger, nobody waits.
const PAUSE = `SELECT pg_sleep(0.05) WHERE to_regclass('fastpyd.migrations') IS NOT NULL`;

/** A migration whose work takes a while, before and after its rows. */
function write(number: number): void {
  const parent = number === 0 ? 'null' : `'${idOf(number - 1)}'`;
  project.write(
    `migrations/${idOf(number)}.ts`,
    `import { migration, sql } from 'fastpyd/migration';
    export default migration({ parent: ${parent}, down: [sql\`DROP TABLE point${number}\`], up: [
      sql\`CREATE TABLE point${number} (id int PRIMARY KEY)\`, sql\`${PAUSE}\`,
      sql\`INSERT INTO point${number} SELECT generate_series(1, ${ROWS})\`, sql\`${PAUSE}\`,
    ] });\n`,
  );
}

async function killAfter(delayMs: number): Promise<void> {
  const { pid } = client.hello;
  const started = descendants(pid);
  await sleep(delayMs);
  await killHard(pid);
  await waitUntil('no server outlives its daemon', () => !started.some(isAlive), 20_000);
}

/** The migration and its rows are there together or not at all; the next command finds out which, and finishes. */
async function assertOnceOrNot(number: number): Promise<void> {
  const id = idOf(number);
  const [{ ledger, relation } = { ledger: -1, relation: null }] = await query<{ ledger: number; relation: string | null }>(
    `SELECT count(*)::int AS ledger, to_regclass('point${number}')::text AS relation FROM fastpyd.migrations WHERE id = '${id}'`,
  );
  assert.is(relation === null ? 0 : 1, ledger, `the table of ${id} and its ledger row`);
  assert.is((await migrate()).applied.length, 1 - ledger);
  assert.equal(await query(`SELECT count(*)::int AS rows FROM point${number}`), [{ rows: ROWS }]);
}

let durationMs = 0;

test('a migration of the embedded database takes this long when nobody is killed', async () => {
  write(0);
  await migrate();
  await query('CREATE SCHEMA theirs; CREATE TABLE theirs.journal (number int PRIMARY KEY)');
  write(1);
  const begun = performance.now();
  await migrate();
  durationMs = performance.now() - begun;
});

for (let point = 0; point < POINTS; point++)
  test(`a daemon killed at point ${point + 1} of ${POINTS} has applied its migration once or not at all`, async () => {
    const number = point + 2;
    write(number);
    await query(`INSERT INTO theirs.journal VALUES (${number})`);
    const running = migrate().catch(() => undefined);
    await killAfter((durationMs * 1.1 * point) / POINTS);
    await running;
    client = await connect({ project: project.root });
    await assertOnceOrNot(number);
    assert.equal(await query('SELECT count(*)::int AS rows FROM theirs.journal'), [{ rows: point + 1 }]);
  });

test('after all that the database is what its history says', async () => {
  const { pending, drift, applied } = await client.request('db.status', { database });
  assert.equal([pending, drift], [[], []]);
  assert.is(applied.length, POINTS + 2);
});

test.run();
