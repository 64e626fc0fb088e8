/** What is told on the real command line of what other people have done. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { type CliProject, cliProject } from '../e2e/cliProject.ts';
import { createDatabase } from '../support/servers.ts';
import { faultRow } from './faultRow.ts';

const onCommandLine = (run: (project: CliProject) => Promise<void>) => async (server: Cluster) => {
  const project = await cliProject({ database: await createDatabase(server) });
  return { run: () => run(project), end: () => project.end() };
};

/** A build over duplicates fails and leaves its index. */
async function breakBuild(project: CliProject, index: string, column: string): Promise<void> {
  await project.query(`INSERT INTO users (id, ${column}) VALUES (1, 7), (2, 7)`);
  const failed = await project.query(`CREATE UNIQUE INDEX CONCURRENTLY ${index} ON users (${column})`).catch((error) => error);
  assert.match(String(failed), /could not create unique index/);
  await project.query('DELETE FROM users');
}

/** It is drift, and the ways out are offered. */
async function assertTold(project: CliProject, index: string, drift: string): Promise<void> {
  const { code, stdout, stderr } = await project.fastpy('db:status', '--check');
  assert.is(code, 2);
  assert.match(stdout, drift);
  const name = `"public"."${index}"`;
  const offer = `REINDEX INDEX CONCURRENTLY ${name}, or remove it with DROP INDEX CONCURRENTLY ${name}`;
  assert.match(stderr, offer);
  assert.match((await project.succeed('db:migrate')).stderr, offer);
}

const DRIFT = { exit: 7, code: 'DRIFT' };
const INVALID = 'SELECT indexrelid FROM pg_index WHERE NOT indisvalid';

faultRow(
  'R-15',
  { base: 2 },
  onCommandLine(async (project) => {
    await project.reset({
      'users.sql': 'CREATE TABLE users (id int PRIMARY KEY, a int, b int); CREATE UNIQUE INDEX users_a ON users (a);',
    });
    await project.succeed('db:migrate', '-m', 'users');
    await project.query('DROP INDEX users_a');
    await breakBuild(project, 'users_a', 'a');
    await assertTold(project, 'users_a', '~ index public.users_a');
    assert.match((await project.refused(DRIFT, 'db:migrate', '-m', 'next')).stderr, 'index public.users_a (INVALID in the database');
    await project.succeed('db:migrate', '--revert-drift');
    assert.equal(await project.query(INVALID), []);
    await project.succeed('db:status', '--check');
    await breakBuild(project, 'nobodys', 'b');
    await assertTold(project, 'nobodys', '+ index public.nobodys');
    await project.query('DROP INDEX CONCURRENTLY nobodys');
    await project.succeed('db:status', '--check');
  }),
);

const ROOT = '20260101000000_users';
const ONE = '20260102000000_one';
const OTHER = '20260103000000_other';

const migrationFile = (parent: string | null, up: string, down: string): string => `import { migration, sql } from 'fastpyd/migration';
export default migration({ parent: ${JSON.stringify(parent)}, up: [sql\`${up}\`], down: [sql\`${down}\`] });
`;

const adding = (parent: string, column: string, type = 'int'): string =>
  migrationFile(parent, `ALTER TABLE users ADD ${column} ${type}`, `ALTER TABLE users DROP COLUMN ${column}`);

/** A history of one migration that is applied, and models with two columns that it does not make. */
async function beginHistory(project: CliProject): Promise<void> {
  project.write('fastpyd.config.json', '{}');
  await project.reset({ 'users.sql': 'CREATE TABLE users (id int PRIMARY KEY, a int, b int);' });
  project.write(`migrations/${ROOT}.ts`, migrationFile(null, 'CREATE TABLE users (id int PRIMARY KEY)', 'DROP TABLE users'));
  await project.succeed('db:migrate');
}

const appliedIn = async (project: CliProject): Promise<readonly string[]> =>
  (await project.query<{ id: string }>('SELECT id FROM fastpyd.migrations ORDER BY position')).map(({ id }) => id);

const CONFLICT = { exit: 7, code: 'HISTORY_CONFLICT' };

/** By default it is refused; where the order does not count it is let in by the settings, after it was tried in the shadow. */
faultRow(
  'R-26',
  { base: 1 },
  onCommandLine(async (project) => {
    for (const [policy, isTold] of [
      ['warn', true],
      ['allow', false],
    ] as const) {
      await beginHistory(project);
      project.write(`migrations/${OTHER}.ts`, adding(ROOT, 'b'));
      await project.succeed('db:migrate');
      project.write(`migrations/${ONE}.ts`, adding(ROOT, 'a'));
      project.write(`migrations/${OTHER}.ts`, adding(ONE, 'b'));
      assert.match((await project.refused(CONFLICT, 'db:migrate')).stderr, ONE);
      assert.equal(await appliedIn(project), [ROOT, OTHER]);
      project.write('fastpyd.config.json', JSON.stringify({ outOfOrder: policy }));
      const { stderr } = await project.succeed('db:migrate');
      assert.is(stderr.includes(`${ONE} stands before what is applied already`), isTold, stderr);
      assert.equal(await appliedIn(project), [ROOT, OTHER, ONE]);
      await project.succeed('db:status', '--check');
    }
  }),
);

const CLASH = { exit: 7, code: 'BRANCHES_CLASH' };

/** Both are named; what can follow does, and what cannot is planned anew by --rebase. */
faultRow(
  'R-27',
  { base: 1 },
  onCommandLine(async (project) => {
    await beginHistory(project);
    project.write(`migrations/${ONE}.ts`, adding(ROOT, 'a'));
    project.write(
      `migrations/${OTHER}.ts`,
      migrationFile(ROOT, 'ALTER TABLE users ADD a int, ADD b int', 'ALTER TABLE users DROP a, DROP b'),
    );
    const { stderr } = await project.refused(CLASH, 'db:migrate');
    for (const id of [ONE, OTHER]) assert.match(stderr, id);
    assert.equal(await appliedIn(project), [ROOT]);
    await project.succeed('db:make', '--rebase');
    await project.succeed('db:migrate');
    assert.is((await appliedIn(project)).length, 3);
    await project.succeed('db:status', '--check');
    await project.succeed('db:verify');
  }),
);

test.run();
