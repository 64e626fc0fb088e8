import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const POSTS = 'CREATE TABLE posts (id int PRIMARY KEY, title text);';

let project: CliProject;
test.before(async () => {
  project = await cliProject();
  await project.query('CREATE ROLE "owners_test app" NOLOGIN; CREATE ROLE owners_test_admin SUPERUSER LOGIN');
});
test.after(async () => {
  await project.query(
    'DROP OWNED BY "owners_test app", owners_test_admin CASCADE; DROP ROLE "owners_test app"; DROP ROLE owners_test_admin',
  );
  await project.end();
});

const newest = (): string => readFileSync(project.path('migrations', project.migrations().at(-1) ?? ''), 'utf8');
const ownerOf = async (relation: string) =>
  (await project.query<{ owner: string }>(`SELECT relowner::regrole::text AS owner FROM pg_class WHERE oid = '${relation}'::regclass`))[0]
    ?.owner;

test('a database whose objects belong to another role is adopted with its owners, and models that name none leave them alone', async () => {
  await project.reset({ 'schema.sql': `${POSTS} GRANT SELECT ON posts TO "owners_test app";` });
  await project.query(`${POSTS} ALTER TABLE posts OWNER TO "owners_test app"`);
  await project.succeed('db:migrate', '-m', 'Start');
  assert.is(project.migrations().length, 1);
  assert.match(newest(), 'OWNER TO "owners_test app"');
  await project.succeed('db:status', '--check');
  project.write('models/schema.sql', 'CREATE TABLE posts (id serial PRIMARY KEY, title text, slug text);');
  await project.succeed('db:migrate', '-m', 'Add slug');
  assert.not.match(newest(), 'TABLE "public"."posts" OWNER');
  await project.succeed('db:status', '--check');
  assert.is(await ownerOf('posts_id_seq'), '"owners_test app"');
});

test('an owner that the models state is given, also when it is the role that connects, and rolled back', async () => {
  project.write(
    'models/schema.sql',
    'CREATE TABLE posts (id serial PRIMARY KEY, title text, slug text); ALTER TABLE posts OWNER TO CURRENT_USER;',
  );
  await project.succeed('db:migrate', '-m', 'Take posts over');
  assert.is(await ownerOf('posts'), 'postgres');
  await project.succeed('db:status', '--check');
  await project.succeed('db:rollback');
  assert.is(await ownerOf('posts'), '"owners_test app"');
});

test('an owner that history names and somebody changed by hand is drift', async () => {
  await project.reset({ 'schema.sql': `${POSTS} ALTER TABLE posts OWNER TO "owners_test app";` });
  await project.succeed('db:migrate', '-m', 'Create posts');
  await project.succeed('db:status', '--check');
  await project.query('ALTER TABLE posts OWNER TO CURRENT_USER');
  const { stdout } = await project.succeed('db:diff', '--drift');
  assert.match(stdout, 'owner public.posts');
  await project.succeed('db:migrate', '-m', 'Adopt', '--adopt');
  await project.fastpy('db:status');
  assert.is(await ownerOf('posts'), '"owners_test app"');
});

test('what migrations made belongs to whoever ran them, which is no drift for another role', async () => {
  await project.reset({ 'schema.sql': POSTS });
  await project.succeed('db:migrate', '-m', 'Create posts');
  const url = new URL(project.url);
  url.username = 'owners_test_admin';
  await project.succeed('db:status', '--check', '--database-url', url.href);
  await project.succeed('db:status', '--check');
});

test('what only a superuser may own is adopted with the superuser that owns it', async () => {
  await project.reset({});
  await project.query(`CREATE FUNCTION public.on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
    CREATE EVENT TRIGGER owners_test_seen ON ddl_command_end EXECUTE FUNCTION on_ddl();
    ALTER EVENT TRIGGER owners_test_seen OWNER TO owners_test_admin`);
  project.write('fastpyd.config.json', '{ "schemas": ["*"] }');
  project.write(
    'models/schema.sql',
    `CREATE FUNCTION on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
    CREATE EVENT TRIGGER owners_test_seen ON ddl_command_end EXECUTE FUNCTION on_ddl();`,
  );
  await project.succeed('daemon', 'restart');
  await project.succeed('db:migrate', '-m', 'Start');
  assert.match(newest(), 'ALTER EVENT TRIGGER "owners_test_seen" OWNER TO owners_test_admin');
  await project.succeed('db:status', '--check');
});

test.run();
