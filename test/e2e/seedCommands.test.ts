/** The page of commands that fastpy takes over, example by example, through the compiled client and the daemon. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CliProject, cliProject } from './cliProject.ts';

const USER = `import { column, table } from 'fastpyd/model';
export const User = table('users', {
  id: column.bigint().identity().primaryKey(),
  firstName: column.varchar(100),
  lastName: column.varchar(100),
});
`;
const post = (more: string): string => `import { column, table } from 'fastpyd/model';
import { User } from './user.ts';
export const Post = table('posts', {
  id: column.bigint().identity().primaryKey(),
  authorId: column.bigint().nullable().references(() => User.id, { onDelete: 'cascade' }),
  title: column.varchar(200),
  body: column.text(),
  published: column.boolean().default(false),${more}
});
`;
const USER_SEEDER = `import { seeder } from 'fastpyd/seeder';
import { User } from '../models/user.ts';
export default seeder(async ({ count = 10, faker }) => {
  for (let i = 0; i < count; i++) await User.create({ firstName: faker.person.firstName(), lastName: faker.person.lastName() });
});
`;

let project: CliProject;
test.before(async () => {
  project = await cliProject({ compiled: true, database: 'embedded', files: { 'models/user.ts': USER } });
});
test.after(() => project.end());

const rows = async (table: string): Promise<number> =>
  (await project.query<{ rows: number }>(`SELECT count(*)::int AS rows FROM ${table}`))[0]?.rows ?? -1;
const applied = async (): Promise<number> => JSON.parse((await project.succeed('db:history', '--json')).stdout).revisions.length;

test('db:migrate without anything to do says so', async () => {
  assert.match((await project.succeed('db:migrate')).stdout, 'Nothing to migrate');
});

test('db:migrate -m makes a migration of the models and runs it', async () => {
  await project.succeed('db:migrate', '-m', 'Create users');
  project.write('models/post.ts', post(''));
  const { stdout } = await project.succeed('db:migrate', '-m', 'Create posts table');
  assert.match(stdout, /Made migrations\/\d{14}_create_posts_table\.ts/);
  assert.match(stdout, /Applied \d{14}_create_posts_table/);
  project.write('models/post.ts', post('\n  slug: column.varchar(200).nullable(),'));
  await project.succeed('db:migrate', '-m', 'Add slug to posts');
  assert.is(await rows('posts'), 0);
});

test('db:make makes a migration that db:migrate runs when ready', async () => {
  project.write('models/post.ts', post('\n  slug: column.varchar(200).nullable(),\n  publishedAt: column.timestamptz().nullable(),'));
  await project.succeed('db:make', 'Add published_at to posts');
  assert.is(await applied(), 3);
  assert.match((await project.succeed('db:status')).stdout, 'Pending');
  await project.succeed('db:migrate');
  assert.is(await applied(), 4);
});

test('db:rollback takes one migration back, --steps 3 three of them, and db:migrate runs them again', async () => {
  await project.succeed('db:rollback');
  assert.is(await applied(), 3);
  await project.succeed('db:rollback', '--steps', '3');
  assert.is(await applied(), 0);
  assert.match((await project.succeed('db:rollback')).stdout, 'Nothing to roll back');
  await project.succeed('db:migrate');
  assert.is(await applied(), 4);
});

test('make:seeder writes a seeder of the model, which runs as it is', async () => {
  const { stdout } = await project.succeed('make:seeder', 'Post');
  assert.match(stdout, 'seeders/post_seeder.ts');
  assert.match(readFileSync(project.path('seeders/post_seeder.ts'), 'utf8'), /Post\.create/);
  await project.refused({ exit: 1, code: 'FILE_EXISTS' }, 'make:seeder', 'Post');
  const unknown = await project.succeed('make:seeder', 'Pots');
  assert.match(unknown.stderr, 'warning: there is no model "Pots", the nearest are Post, User:');
  rmSync(project.path('seeders/pots_seeder.ts'));
});

test('db:seed runs every seeder, --seeder one, by any of its names, and --count says how many rows', async () => {
  project.write('seeders/user_seeder.ts', USER_SEEDER);
  await project.succeed('db:seed');
  assert.is(await rows('users'), 10);
  assert.is(await rows('posts'), 10);
  await project.succeed('db:seed', '--seeder', 'User');
  assert.is(await rows('users'), 20);
  await project.succeed('db:seed', '--seeder', 'Post', '--count', '50');
  assert.is(await rows('posts'), 60);
  await project.succeed('db:seed', '--seeder', 'post_seeder', '--count', '1');
  assert.is(await rows('posts'), 61);
  await project.refused({ exit: 64, code: 'SEEDER_NOT_FOUND' }, 'db:seed', '--seeder', 'Pots');
});

test('db:fresh drops all data and history and runs every migration from nothing, with --seed the seeders too', async () => {
  await project.succeed('db:fresh');
  assert.is(await rows('posts'), 0);
  assert.is(await applied(), 4);
  await project.succeed('db:fresh', '--seed');
  assert.is(await rows('posts'), 10);
  await project.succeed('db:status', '--check');
});

test('a data step beside the schema change runs with it and keeps what it computed', async () => {
  project.write('models/user.ts', USER.replace('});', '  fullName: column.varchar(200).nullable(),\n});'));
  await project.succeed('db:make', 'Add full name');
  const file = project.path('migrations', readdirSync(project.path('migrations')).sort().at(-1) ?? '');
  const made = readFileSync(file, 'utf8');
  const step = `    async ({ query }) => { await query(sql\`UPDATE users SET full_name = first_name || ' ' || last_name\`); },\n  ],\n  down:`;
  writeFileSync(file, made.replace('  ],\n  down:', step));
  await project.succeed('db:migrate');
  assert.equal(
    await project.query(`SELECT count(*)::int AS wrong FROM users WHERE full_name IS DISTINCT FROM first_name || ' ' || last_name`),
    [{ wrong: 0 }],
  );
  await project.succeed('db:status', '--check');
  await project.succeed('db:rollback');
  await project.succeed('db:migrate');
});

test.run();
