import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const TABLES = 'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int CONSTRAINT k REFERENCES a);';

let project: CliProject;
test.before(async () => {
  project = await cliProject();
});
test.after(() => project.end());

test('a migration that leaves a catalog other than the models do, unseen by every kind, is made with a warning that names it', async () => {
  await project.reset({
    'schema.sql': `${TABLES} CREATE MATERIALIZED VIEW m AS SELECT id FROM a;
      DO $$ BEGIN UPDATE pg_attribute SET attfdwoptions = '{a=b}' WHERE attrelid = 'm'::regclass AND attname = 'id'; END $$;`,
  });
  const { stderr } = await project.succeed('db:make', 'first', '--strict');
  assert.match(stderr, 'catalog pg_attribute, column attfdwoptions of public.m id differs, which no kind explains');
});

test('a migration that leads where the models are has no such warning', async () => {
  await project.reset({ 'schema.sql': TABLES });
  const { stderr } = await project.succeed('db:make', 'first', '--strict');
  assert.not.match(stderr, 'no kind explains');
});

test('a daemon that has followed edits, which hold locks, is not stopped by it, and goes on', async () => {
  await project.reset({ 'schema.sql': TABLES });
  await project.succeed('db:migrate', '-m', 'first');
  const more = TABLES.replace('(id int PRIMARY KEY)', '(id int PRIMARY KEY, note text)');
  for (const text of [more, TABLES, more]) {
    project.write('models/schema.sql', text);
    await project.succeed('db:status');
  }
  const { stderr } = await project.succeed('db:make', 'second', '--strict');
  assert.not.match(stderr, 'no kind explains');
  project.write('models/schema.sql', more.replace('note text', 'note text, other text'));
  await project.succeed('db:migrate', '-m', 'third');
  await project.succeed('db:status', '--check');
});

test.run();
