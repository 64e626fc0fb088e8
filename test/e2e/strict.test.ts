import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const UNMODELLED = { exit: 1, code: 'UNMODELLED' };
const COMMANDS = [['db:make', 'Start'], ['db:migrate', '-m', 'Start'], ['db:diff'], ['db:status']] as const;
const ROUTINE = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';";

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

const set = (change: string) => project.query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I ${change}', current_database()); END $$`);

test('with --strict, what is of a kind that is not modelled is an error that names it, and nothing is written', async () => {
  await project.reset({
    'schema.sql': `CREATE TABLE posts (id int); ${ROUTINE} ALTER FUNCTION f() DEPENDS ON EXTENSION plpgsql;
      CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p;`,
  });
  for (const command of COMMANDS) {
    const { stderr } = await project.refused(UNMODELLED, ...command, '--strict');
    assert.match(stderr, 'dependency on an extension function public.f() on plpgsql');
    assert.match(stderr, 'subscription in models/schema.sql:2');
  }
  assert.equal(project.migrations(), []);
});

test('without it the same is a warning', async () => {
  const { stderr } = await project.succeed('db:diff');
  assert.match(stderr, '1 dependency on an extension not managed, since this kind is not modelled: function public.f() on plpgsql');
  assert.match(stderr, 'models/schema.sql:2 is left out: a subscription is not modelled');
});

test('with --strict, models of which everything is modelled are as welcome as ever', async () => {
  await project.reset({ 'schema.sql': `CREATE TABLE posts (id int); CREATE TYPE later; ${ROUTINE}` });
  for (const command of COMMANDS) await project.succeed(...command, '--strict');
});

test('a setting of a database without a history is named, without its value, from the moment on when it is there', async () => {
  await project.reset({});
  await project.query('DROP SCHEMA IF EXISTS fastpyd CASCADE');
  project.write('models/schema.sql', 'CREATE TABLE posts (id int);');
  await project.succeed('db:status', '--strict');
  await set("SET app.key = ''hidden''");
  const { stderr } = await project.refused(UNMODELLED, 'db:status', '--strict');
  assert.match(stderr, 'database setting app.key');
  assert.not.match(stderr, 'hidden');
  await set('RESET app.key');
  await project.succeed('db:status', '--strict');
});

test.run();
