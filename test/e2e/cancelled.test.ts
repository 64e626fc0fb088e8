/** Ctrl-C in the middle of a statement, with the daemon and without. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { waitUntil } from '../support/waitUntil.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const CLIENT = join(import.meta.dirname, '../../client/cli.ts');

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

/** Waits for ever where the table has a row: in the live database, and not in the scratch one. */
const slow = (transaction: boolean): string => `import { migration, sql } from 'fastpyd/migration';
export default migration({ parent: '20260101000000_first', transaction: ${transaction},
  up: [sql\`INSERT INTO log VALUES (1)\`, sql\`SELECT pg_sleep(600) FROM waiting\`], down: [sql\`DELETE FROM log\`] });\n`;

const FIRST = `import { migration, sql } from 'fastpyd/migration';
export default migration({ parent: null, up: [sql\`CREATE TABLE log (id int)\`, sql\`CREATE TABLE waiting (id int)\`], down: [sql\`DROP TABLE log, waiting\`] });\n`;

const sleeping = async (): Promise<boolean> =>
  (
    await project.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%' AND state = 'active'`,
    )
  ).length > 0;

async function cancelled(transaction: boolean, ...flags: readonly string[]): Promise<string> {
  await project.reset({ 'a.sql': 'CREATE TABLE log (id int); CREATE TABLE waiting (id int);' });
  project.write('migrations/20260101000000_first.ts', FIRST);
  await project.succeed('db:migrate', ...flags);
  await project.query('INSERT INTO waiting VALUES (1)');
  project.write('migrations/20260102000000_slow.ts', slow(transaction));
  const child = spawn(process.execPath, [CLIENT, 'db:migrate', ...flags], {
    cwd: project.root,
    env: { ...process.env, DATABASE_URL: project.url },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await waitUntil('it sleeps', sleeping, 30_000);
  child.kill('SIGINT');
  assert.is(await ended, 130, stderr);
  assert.not(await sleeping());
  assert.match(stderr, '[CANCELLED]');
  return stderr;
}

for (const flags of [[], ['--no-daemon']]) {
  const how = flags.length === 0 ? 'with the daemon' : 'without the daemon';

  test(`${how}, a statement that runs is cancelled, and its migration rolled back`, async () => {
    assert.match(await cancelled(true, ...flags), 'Nothing of 20260102000000_slow was applied.');
    assert.equal(await project.query('SELECT * FROM log'), []);
    await project.query('DELETE FROM waiting');
    await project.succeed('db:migrate', ...flags);
  });

  test(`${how}, what ran before it outside of a transaction stays, and the next run goes on from there`, async () => {
    assert.match(await cancelled(false, ...flags), 'What ran of 20260102000000_slow before it is recorded as done');
    await project.query('DELETE FROM waiting');
    await project.succeed('db:migrate', ...flags);
    assert.equal(await project.query('SELECT * FROM log'), [{ id: 1 }]);
  });
}

test.run();
