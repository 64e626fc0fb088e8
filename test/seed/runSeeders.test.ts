import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FastpyError } from '../../src/errors.ts';
import { type RunSeedersOptions, runSeeders, type Seeding } from '../../src/seed/runSeeders.ts';
import { type Seedbed, seedbed } from './support.ts';

const MODELS = {
  'models/user.ts': `import { column, table } from 'fastpyd/model';
export const User = table('users', { id: column.bigint().identity().primaryKey(), email: column.varchar(320).unique(), born: column.date().nullable() });`,
  'models/post.ts': `import { column, table } from 'fastpyd/model';
import { User } from './user.ts';
export const Post = table('posts', { id: column.bigint().identity().primaryKey(), authorId: column.bigint().references(() => User.id), title: column.varchar(20) });`,
  'models/audit.sql': `CREATE TABLE audit (id int PRIMARY KEY, at int REFERENCES audit (id) DEFERRABLE INITIALLY DEFERRED);`,
};
const SEEDER = `import { seeder, sql } from 'fastpyd/seeder';\nimport { Post } from '../models/post.ts';\nimport { User } from '../models/user.ts';\n`;
const USERS = `${SEEDER}export default seeder(async ({ count = 3, faker }) => {
  for (let i = 0; i < count; i++) await User.create({ email: faker.internet.email(), born: faker.date.past() });
});`;
const POSTS = `${SEEDER}import users from './user_seeder.ts';
export default seeder(async ({ count = 10, faker, db, call }) => {
  await call(users);
  const [author] = await db.query<{ id: number }>(sql\`SELECT id FROM \${User} ORDER BY id LIMIT 1\`);
  await Post.createMany(Array.from({ length: count }, () => ({ authorId: author.id, title: faker.lorem.word(5) })));
});`;
const ORDER = ['public.users', 'public.posts', 'public.audit'];

let bed: Seedbed;

test.before(async () => {
  bed = await seedbed(MODELS);
});
test.after(() => bed.remove());
test.before.each(async () => {
  await bed.database.session(({ query }) => query('TRUNCATE users, posts, audit RESTART IDENTITY'));
});

/** Runs these seeders and no others. */
async function run(seeders: Readonly<Record<string, string>>, options: Partial<RunSeedersOptions> = {}): Promise<Seeding> {
  const project = { ...bed.project, config: { ...bed.project.config, seeders: `seeders-${Math.random()}` } };
  for (const [file, text] of Object.entries(seeders)) bed.folder.write(`${project.config.seeders}/${file}`, text);
  return runSeeders({ project, database: bed.database, order: ORDER, ...options });
}

/** The error of seeders that fail. */
async function failure(seeders: Readonly<Record<string, string>>, options: Partial<RunSeedersOptions> = {}): Promise<FastpyError> {
  const error = await run(seeders, options).then(
    () => assert.unreachable('it did not fail'),
    (error: unknown) => error,
  );
  assert.instance(error, FastpyError);
  return error as FastpyError;
}

const one = (body: string, uses = '{ db, call, faker }') => ({
  'user_seeder.ts': `${SEEDER}export default seeder(async (${uses}) => {\n${body}\n});`,
});
const rowsOf = ({ seeded }: Seeding) => seeded.map(({ seeder, rows }) => `${seeder} ${rows}`);

test('without seeders there is nothing to do, and the random seed is told all the same', async () => {
  const { seeded, randomSeed } = await runSeeders({ project: bed.project, database: bed.database });
  assert.equal(seeded, []);
  assert.type(randomSeed, 'number');
});

test('seeders of referenced tables run first, and what they inserted is counted', async () => {
  const seeding = await run({
    'a_seeder.ts': one('await db.query(sql`SELECT 1`);')['user_seeder.ts'],
    'post_seeder.ts': POSTS,
    'user_seeder.ts': USERS,
  });
  assert.equal(rowsOf(seeding), ['user_seeder 3', 'post_seeder 10', 'a_seeder 0']);
});

test('the model tells the table of a seeder whose name does not', async () => {
  const folder = bed.folder;
  folder.write('models/writer.ts', "export { User as Writer } from './user.ts';");
  folder.write(
    'models/zebra.ts',
    "import { column, table } from 'fastpyd/model'; export const Animal = table('zoo', { id: column.integer() });",
  );
  const nothing = one('')['user_seeder.ts'];
  const { seeded } = await run({ 'animal_seeder.ts': nothing, 'user_seeder.ts': nothing }, { order: ['public.users', 'public.zoo'] });
  assert.equal(
    seeded.map(({ seeder }) => seeder),
    ['user_seeder', 'animal_seeder'],
  );
  const { seeded: reversed } = await run(
    { 'animal_seeder.ts': nothing, 'user_seeder.ts': nothing },
    { order: ['public.zoo', 'public.users'] },
  );
  assert.equal(
    reversed.map(({ seeder }) => seeder),
    ['animal_seeder', 'user_seeder'],
  );
});

test('a called seeder runs in the same transaction with its own default count', async () => {
  const seeding = await run({ 'post_seeder.ts': POSTS, 'user_seeder.ts': USERS }, { seeder: 'Post', count: 50 });
  assert.equal(rowsOf(seeding), ['post_seeder 53']);
  assert.equal(await bed.read('SELECT count(*)::int FROM users'), [3]);
});

test('a seeder that another has called does not run a second time', async () => {
  const seeding = await run({ 'post_seeder.ts': POSTS, 'user_seeder.ts': USERS }, { order: ['public.posts'] });
  assert.equal(rowsOf(seeding), ['post_seeder 13']);
});

for (const name of ['Post', 'post', 'posts', 'PostSeeder', 'post_seeder', 'post-seeder', 'post_seeder.ts']) {
  test(`--seeder ${name} means post_seeder.ts`, async () => {
    const seeding = await run({ 'post_seeder.ts': POSTS, 'user_seeder.ts': USERS }, { seeder: name, count: 1 });
    assert.equal(rowsOf(seeding), ['post_seeder 4']);
  });
}

test('an unknown seeder is refused with the names that come near', async () => {
  const error = await failure({ 'post_seeder.ts': POSTS, 'user_seeder.ts': USERS }, { seeder: 'Pots' });
  assert.is(error.code, 'SEEDER_NOT_FOUND');
  assert.is(error.exitCode, 64);
  assert.match(error.hint ?? '', 'post_seeder');
});

test('the same random seed gives the same rows, dates included; another gives others', async () => {
  const emails = async (randomSeed: number) => {
    await bed.database.session(({ query }) => query('TRUNCATE users, posts'));
    await run({ 'user_seeder.ts': USERS }, { randomSeed });
    return bed.read(`SELECT string_agg(email || born, ',' ORDER BY id) FROM users`);
  };
  const first = await emails(7);
  assert.equal(await emails(7), first);
  assert.not.equal(await emails(8), first);
});

test('two seeders do not make up the same values from one random seed', async () => {
  const insert = 'await User.create({ email: faker.internet.email() });';
  await run({ 'a_seeder.ts': one(insert)['user_seeder.ts'], 'b_seeder.ts': one(insert)['user_seeder.ts'] }, { randomSeed: 1 });
  assert.equal(await bed.read('SELECT count(DISTINCT email)::int FROM users'), [2]);
});

test('rows of statements of every kind are counted', async () => {
  const body = `await db.query("INSERT INTO users (email) SELECT 'u' || i FROM generate_series(1, 4) i");
    await db.query('INSERT INTO users (email) VALUES ($1)', ['x']);
    await db.query(sql\`WITH made AS (INSERT INTO users (email) VALUES (\${"o'clock"}) RETURNING id) SELECT * FROM made\`);
    await db.query('UPDATE users SET email = upper(email)');`;
  assert.equal(rowsOf(await run(one(body))), ['user_seeder 6']);
});

test('a statement that is not awaited still belongs to its seeder', async () => {
  assert.equal(rowsOf(await run(one(`db.query("INSERT INTO users (email) VALUES ('late')");`))), ['user_seeder 1']);
});

test('a broken constraint is named with the values, the rows are rolled back and those of earlier seeders kept', async () => {
  const posts = one(`await User.create({ email: 'two' }); await User.create({ email: 'one' });`)['user_seeder.ts'];
  const error = await failure({ 'user_seeder.ts': one(`await User.create({ email: 'one' });`)['user_seeder.ts'], 'post_seeder.ts': posts });
  assert.is(error.code, 'SEEDER_FAILED');
  assert.is(error.exitCode, 1);
  assert.match(error.message, /post_seeder.*users_email_key.*\(email\)=\(one\)/);
  assert.match(error.location?.file ?? '', /post_seeder\.ts$/);
  assert.is(error.location?.line, 5);
  assert.equal(await bed.read('SELECT email FROM users'), ['one']);
});

test('rows that the same random seed has made already are told as such, with what to do', async () => {
  const seeders = { 'user_seeder.ts': USERS };
  await run(seeders, { randomSeed: 7 });
  const error = await failure(seeders, { randomSeed: 7 });
  assert.match(error.message, 'users_email_key');
  for (const part of ['Its rows were rolled back', 'the same --random-seed: leave that out', '`upsert`', 'fastpy db:fresh --seed'])
    assert.match(error.hint ?? '', part);
  assert.equal(rowsOf(await run(seeders, { randomSeed: 8 })), ['user_seeder 3']);
});

test('an error that the seeder catches still fails it, and is told instead of what came of it', async () => {
  const error = await failure(one(`try { await db.query('INSERT INTO users VALUES (1, NULL)'); } catch {}\nawait db.query('SELECT 1');`));
  assert.match(error.message, 'null value in column "email"');
  const silent = await failure(one(`try { await db.query('SELECT 1 / 0'); } catch {}`));
  assert.match(silent.message, 'division by zero');
});

test('a constraint that is checked at the end of the transaction is named too', async () => {
  const error = await failure(one("await db.query('INSERT INTO audit VALUES (1, 99)');"));
  assert.match(error.message, /audit_at_fkey.*\(at\)=\(99\)/);
  assert.equal(await bed.read('SELECT count(*)::int FROM audit'), [0]);
});

test('a table that is not there yet leads to db:migrate', async () => {
  const error = await failure(one("await db.query('SELECT * FROM nothing_here');"));
  assert.match(error.message, 'nothing_here');
  assert.match(error.hint ?? '', 'fastpy db:migrate');
  assert.match(error.hint ?? '', /The same again: --random-seed \d+\.$/);
});

test('a seeder cannot end the transaction that it runs in', async () => {
  const error = await failure(one(`await User.create({ email: 'kept?' }); await db.query('COMMIT');`));
  assert.match(error.message, 'transaction');
  assert.equal(await bed.read('SELECT count(*)::int FROM users'), [0]);
});

for (const [what, text, reason] of [
  ['does not parse', 'export default seeder(async ( => {', /Expected|Unexpected|expression/i],
  ['throws while it is imported', 'throw new Error("not today");', /not today/],
  ['exports no seeder', 'export const x = 1;', /no default export/],
  ['ends the process while it is imported', 'process.exit(0);', /ended the process/],
  ['imports what is not there', "import '../models/nowhere.ts';", /nowhere/],
] as const) {
  test(`a seeder file that ${what} is refused before any row is inserted`, async () => {
    const error = await failure({ 'user_seeder.ts': USERS, 'post_seeder.ts': `${SEEDER}${text}` });
    assert.is(error.code, 'SEEDER_FAILED');
    assert.match(error.message, reason);
    assert.match(error.location?.file ?? '', /post_seeder\.ts$/);
    assert.equal(await bed.read('SELECT count(*)::int FROM users'), [0]);
  });
}

for (const [what, body, reason] of [
  ['throws', 'await User.create({ email: "a" }); throw new Error("in the middle");', /in the middle/],
  ['throws what is no error', 'throw "a text";', /a text/],
  ['ends the process', 'await User.create({ email: "a" }); process.exit(0);', /ended the process/],
  [
    'leaves a rejection behind',
    'await User.create({ email: "a" }); Promise.reject(new Error("left behind")); await new Promise((r) => setTimeout(r, 200));',
    /left behind/,
  ],
  ['loops', 'await User.create({ email: "a" }); for (;;) {}', /endless loop/],
  ['waits for ever', 'await new Promise((r) => setTimeout(r, 100000));', /endless loop/],
  ['gives a model a property that it does not have', 'await User.create({ mail: "a" });', /property "mail"/],
] as const) {
  test(`a seeder that ${what} is an error of its own, and its rows are rolled back`, async () => {
    const error = await failure(one(body), { silenceLimitMs: 1_500 });
    assert.is(error.code, 'SEEDER_FAILED');
    assert.match(error.message, reason);
    assert.equal(await bed.read('SELECT count(*)::int FROM users'), [0]);
  });
}

test('a statement that takes longer than the silence that is allowed is not a loop', async () => {
  const seeding = await run(one(`await db.query('SELECT pg_sleep(0.7)'); await User.create({ email: 'a' });`), { silenceLimitMs: 500 });
  assert.equal(rowsOf(seeding), ['user_seeder 1']);
});

test('an interruption rolls the running seeder back', async () => {
  const controller = new AbortController();
  const started = run(
    one(`await User.create({ email: 'a' }); await db.query('SELECT pg_sleep(1)'); await db.query('SELECT pg_sleep(60)');`),
    {
      signal: controller.signal,
    },
  );
  setTimeout(() => controller.abort(), 800);
  const error = await started.catch((error: unknown) => error);
  assert.is((error as FastpyError).code, 'CANCELLED');
  assert.equal(await bed.read('SELECT count(*)::int FROM users'), [0]);
});

test('a seeder has no database URL and no secrets of this process', async () => {
  process.env.DATABASE_URL = bed.database.url;
  process.env.MY_SECRET = 'secret';
  const seeding = await run(
    one(`if (process.env.DATABASE_URL ?? process.env.MY_SECRET ?? process.env.PGPASSWORD) throw new Error('seen');`),
  );
  delete process.env.DATABASE_URL;
  delete process.env.MY_SECRET;
  assert.is(seeding.seeded.length, 1);
});

test('many rows arrive, more than one statement has room for', async () => {
  const body = 'await User.createMany(Array.from({ length: 40_000 }, (_, i) => ({ email: String(i) })));';
  assert.equal(rowsOf(await run(one(body))), ['user_seeder 40000']);
});

test('rows that an iterator makes go by COPY, each with what it leaves out by default, and are counted', async () => {
  const body = `const made = await User.createMany(times(25_000, (i) => (i % 2 ? { email: i + '\\t\\\\N' } : { email: i + '\\n', born: '2020-01-01' })));
    if (made !== 25_000) throw new Error('made ' + made);`;
  assert.equal(rowsOf(await run({ 'user_seeder.ts': `import { times } from 'fastpyd/seeder';\n${one(body)['user_seeder.ts']}` })), [
    'user_seeder 25000',
  ]);
  assert.equal(await bed.read("SELECT count(*)::int FROM users WHERE email = '7\t\\N' AND born IS NULL OR email = E'8\\n'"), [2]);
});

test('a row that COPY refuses is named with its constraint, and all rows of the seeder are rolled back', async () => {
  const body = `await User.createMany(times(5_000, (i) => ({ email: String(i % 4_000) })));`;
  const error = await failure({ 'user_seeder.ts': `import { times } from 'fastpyd/seeder';\n${one(body)['user_seeder.ts']}` });
  assert.match(error.message, /users_email_key.*\(email\)=\(0\).*COPY users, line 4001/);
  assert.match(error.location?.file ?? '', /user_seeder\.ts$/);
  assert.equal(await bed.read('SELECT count(*)::int FROM users'), [0]);
});

test('a model finds, brings up to date, counts and empties', async () => {
  const body = `const first = await User.firstOrCreate({ email: 'a' }, { born: '2000-01-01' });
    const again = await User.firstOrCreate({ email: 'a' });
    if (first.id !== again.id || again.born !== '2000-01-01') throw new Error('not the same');
    const newer = await User.upsert({ email: 'a', born: '2001-01-01' }, { on: 'email' });
    if (newer.id !== first.id || newer.born !== '2001-01-01') throw new Error('not newer');
    await User.upsert({ email: 'b' }, { on: ['email'] });
    await User.upsert({ email: 'b' }, { on: 'email' });
    if ((await User.count()) !== 2 || (await User.count({ born: null })) !== 1) throw new Error('wrong count');
    await User.truncate({ cascade: true, restartIdentity: true });
    await User.create({ email: 'c' });`;
  await run(one(body));
  assert.equal(await bed.read('SELECT id || email FROM users'), ['1c']);
});

test('the order that a seeder declares wins over foreign keys', async () => {
  const users = `import posts from './post_seeder.ts';\n${one('')['user_seeder.ts'].replace(/\}\);$/, '}, { after: posts });')}`;
  const { seeded } = await run({ 'user_seeder.ts': users, 'post_seeder.ts': one('')['user_seeder.ts'] });
  assert.equal(
    seeded.map(({ seeder }) => seeder),
    ['post_seeder', 'user_seeder'],
  );
});

test('a seeder that is a generator is refused, since nothing of it would run', async () => {
  const error = await failure({ 'user_seeder.ts': `${SEEDER}export default seeder(function* () { yield User.create({ email: 'a' }); });` });
  assert.match(error.message, 'it is a generator');
});

test('a factory makes rows with states, sequences, parents and children', async () => {
  const body = `const users = factory(User, ({ faker, index }) => ({ email: index + faker.internet.email(), born: '2000-01-01' }));
    const posts = factory(Post, ({ index }) => ({ title: 'post ' + index })).sequence('title', ['a', 'b']);
    const made = await users.state('born', null).has(posts, 3).count(4).create();
    if (made.length !== 4 || made[0].born !== null) throw new Error('wrong');
    await posts.for(User).count(5).create();
    await posts.for(users).create();
    await posts.for({ authorId: made[0].id }).state({ title: 'mine' }).create();`;
  const text = `import { factory } from 'fastpyd/seeder';\n${one(body)['user_seeder.ts']}`;
  assert.equal(rowsOf(await run({ 'user_seeder.ts': text })), ['user_seeder 24']);
  assert.equal(await bed.read("SELECT count(*)::int || ' ' || count(DISTINCT author_id) FROM posts WHERE title IN ('a', 'b')"), ['18 5']);
  assert.equal(await bed.read("SELECT count(*)::int FROM posts WHERE title = 'mine'"), [1]);
});

test('a factory counts on through the steps that follow it, makes rows of a model alone, and says what does not refer', async () => {
  const body = `const users = factory(User, ({ index }) => ({ email: 'u' + index }));
    await users.count(2).create();
    const [last] = await users.state('born', null).create();
    if (last.email !== 'u2') throw new Error(last.email);
    await users.has(factory(Post, () => ({ title: 'a' })).for(users), 2).create();
    if ((await User.count()) !== 4) throw new Error('the children made a parent that they have already');
    const refusal = await factory(User).for(Post).create().catch((error) => error.message);
    throw new Error(refusal);`;
  const error = await failure({ 'user_seeder.ts': `import { factory } from 'fastpyd/seeder';\n${one(body)['user_seeder.ts']}` });
  assert.match(error.message, 'no column of public.users refers to public.posts by itself');
});

test('a seeder of reference data runs once, and again when it failed', async () => {
  const once = (more: string) => `import { seedOnce } from 'fastpyd/seeder';\n${SEEDER}export default seedOnce('first users', async () => {
    await User.create({ email: 'a' }); ${more} });`;
  await failure({ 'user_seeder.ts': once("throw new Error('no');") });
  assert.equal(rowsOf(await run({ 'user_seeder.ts': once('') })), ['user_seeder 1']);
  assert.equal(rowsOf(await run({ 'user_seeder.ts': once('') })), ['user_seeder 0']);
});

test.run();
