import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FastpyError } from '../../src/errors.ts';
import { runSeeders, scaffoldModel, scaffoldSeeder } from '../../src/seed/commands.ts';
import { type Seedbed, seedbed } from './support.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = Object.fromEntries(
  ['user.ts', 'post.ts', 'comment.ts', 'tag.ts', 'published_posts.sql'].map((file) => [
    `models/${file}`,
    readFileSync(join(ROOT, 'models', file), 'utf8'),
  ]),
);
const EVERY_TYPE = `import { check, column, enumType, sql, table } from 'fastpyd/model';
export const Mood = enumType('mood', ["it's good", 'bad']);
export const Thing = table('things', {
  code: column.char(3).primaryKey(),
  a: column.smallint().unique(), b: column.integer(), c: column.numeric(4, 2), d: column.numeric(), e: column.real(), f: column.doublePrecision(),
  g: column.money(), h: column.varchar(5), i: column.bytea(), j: column.boolean(), k: column.date(), l: column.time(), m: column.timetz(),
  n: column.timestamp(), o: column.timestamptz(3), p: column.interval(), q: column.uuid(), r: column.json(), s: column.jsonb(), t: column.jsonpath(),
  u: column.xml(), v: column.inet(), w: column.cidr(), x: column.macaddr(), y: column.macaddr8(), z: column.bit(4), aa: column.varbit(4),
  ab: column.tsvector(), ac: column.tsquery(), ad: column.point(), ae: column.line(), af: column.lseg(), ag: column.box(), ah: column.path(),
  ai: column.polygon(), aj: column.circle(), ak: column.int4range(), al: column.int8range(), am: column.numrange(), an: column.daterange(),
  ao: column.tsrange(), ap: column.tstzrange(), aq: column.int4multirange(), ar: column.datemultirange(), as_: column.text().as('as'),
  at: column.pgLsn(), au: column.regclass(), av: column.oid(), aw: column.name(), mood: column.enum(Mood), moods: column.enum(Mood).array(),
  tags: column.text().array(), size: column.text(), url: column.varchar(10), login: column.varchar(12).unique(),
}, (thing) => [check('things_size', sql\`\${thing.size} IN ('S', 'M', 'L')\`)]);`;
const SQL_MODELS = `CREATE TYPE shade AS ENUM ('light', 'dark');
CREATE TABLE "Odd Makers" (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "the name" varchar(8) NOT NULL UNIQUE);
CREATE TABLE paints (
  id serial PRIMARY KEY, maker bigint NOT NULL REFERENCES "Odd Makers" (id), shade shade NOT NULL, labels text[] NOT NULL,
  state text NOT NULL CHECK (state IN ('new', 'old')), made_on date NOT NULL DEFAULT now(), price numeric(5, 2) NOT NULL, note text
);
CREATE TABLE pots (paint int NOT NULL, spot int NOT NULL, CONSTRAINT pots_pk PRIMARY KEY (paint));
ALTER TABLE ONLY public.pots ADD CONSTRAINT pots_paint FOREIGN KEY (paint) REFERENCES public.paints(id);`;

const CHECKED = `import { check, column, sql, table } from 'fastpyd/model';
export const Offer = table('offers', {
  id: column.bigint().identity().primaryKey(), price: column.numeric(8, 2), stars: column.integer(), level: column.smallint(), code: column.char(6),
  title: column.text(), short: column.text(), since: column.date(), at: column.timestamptz(), mail: column.text().unique(), email: column.text(),
  currency: column.text(), size: column.integer(), until: column.date().nullable(), kind: column.text(), temperature: column.integer(),
}, (offer) => [
  check('a', sql\`\${offer.price} > 5000 AND \${offer.price} <= 5000.5\`), check('b', sql\`\${offer.stars} BETWEEN 200 AND 205\`),
  check('c', sql\`\${offer.level} IN (7, 9)\`), check('d', sql\`\${offer.code} ~ '^[A-Z]{2}[0-9]{4}$'\`), check('e', sql\`length(\${offer.title}) BETWEEN 300 AND 310\`),
  check('f', sql\`char_length(\${offer.short}) <= 4\`), check('g', sql\`\${offer.since} >= '2030-01-01' AND \${offer.since} < date '2030-03-01'\`),
  check('h', sql\`\${offer.at} > '2040-01-01'\`), check('i', sql\`\${offer.mail} ~ '^.+@.+$'\`), check('j', sql\`\${offer.email} LIKE '%@%'\`),
  check('k', sql\`\${offer.currency} ~ '^(EUR|USD)$'\`), check('l', sql\`\${offer.size} > 100 OR \${offer.until} IS NOT NULL\`),
  check('m', sql\`\${offer.kind} NOT IN ('x') AND \${offer.kind} = ANY (ARRAY['y', 'z'])\`), check('n', sql\`\${offer.temperature} BETWEEN -20 AND -10\`),
]);`;
const CHECKED_SQL = `CREATE TABLE lots (
  id int PRIMARY KEY, price numeric(6, 2) NOT NULL CHECK (price > 900), state text NOT NULL, tags int[] NOT NULL CHECK (cardinality(tags) = 2),
  CONSTRAINT one CHECK (state IN ('new' /* mint */, 'old')), CHECK ((price > 950 AND state = 'old') OR state = 'none')
);
ALTER TABLE lots ADD CHECK (id >= 1000000);`;

const beds: Seedbed[] = [];
test.after(async () => {
  for (const bed of beds) await bed.remove();
});

async function makeBed(files: Readonly<Record<string, string>>): Promise<Seedbed> {
  const bed = await seedbed(files);
  beds.push(bed);
  return bed;
}

async function scaffoldAndRun(
  { project, database, folder }: Seedbed,
  name: string,
): Promise<{ readonly text: string; readonly rows: number }> {
  const { file } = await scaffoldSeeder(project, name);
  const { seeded } = await runSeeders({ project, database, seeder: name, randomSeed: 5 });
  return { text: readFileSync(folder.path(file), 'utf8'), rows: seeded[0]?.rows ?? 0 };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof FastpyError ? error.code : String(error)),
  );

test('a seeder made for each model of the example fills an empty database, and compiles', async () => {
  const bed = await makeBed(EXAMPLE);
  for (const name of ['PostTag', 'Comment', 'Post', 'User', 'Tag']) {
    const { rows } = await scaffoldAndRun(bed, name);
    assert.ok(rows >= 10, `${name}: ${rows}`);
    assert.ok((await runSeeders({ project: bed.project, database: bed.database, seeder: name })).seeded[0], `${name} again`);
  }
  const settings = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions: { rootDir: '/', types: ['node'], typeRoots: [join(ROOT, 'node_modules/@types')] },
  };
  bed.folder.write('package.json', '{"type":"module"}');
  symlinkSync(join(ROOT, 'node_modules'), bed.folder.path('node_modules'));
  const paths = { 'fastpyd/model': [join(ROOT, 'src/model/index.ts')], 'fastpyd/seeder': [join(ROOT, 'src/seed/index.ts')] };
  const withPaths = { ...settings, compilerOptions: { ...settings.compilerOptions, paths } };
  bed.folder.write('tsconfig.json', JSON.stringify({ ...withPaths, include: ['seeders', 'models'] }));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  assert.is(execFileSync(process.execPath, [tsc, '-p', bed.folder.root], { encoding: 'utf8' }), '');
});

test('where the parent has a seeder, the scaffold calls it', async () => {
  const bed = await makeBed(EXAMPLE);
  await scaffoldSeeder(bed.project, 'User');
  const { text, rows } = await scaffoldAndRun(bed, 'posts');
  assert.match(text, "import usersSeeder from './user_seeder.ts';");
  assert.match(text, 'await call(usersSeeder);');
  assert.is(rows, 20);
});

test('a scaffold finds a value for a column of every type', async () => {
  const bed = await makeBed({ 'models/thing.ts': EVERY_TYPE });
  assert.is((await scaffoldAndRun(bed, 'Thing')).rows, 10);
  assert.equal(await bed.read(`SELECT DISTINCT size IN ('S', 'M', 'L') FROM things`), [true]);
});

test('SQL models are seeded with SQL, their references looked up or made', async () => {
  const bed = await makeBed({ 'models/paint.sql': SQL_MODELS });
  const { text, rows } = await scaffoldAndRun(bed, 'Paint');
  assert.match(text, 'INSERT INTO "public"."paints"');
  assert.not.match(text, 'made_on');
  assert.is(rows, 15);
  assert.is((await scaffoldAndRun(bed, 'pot')).rows, 10);
  assert.equal(await bed.read('SELECT count(DISTINCT paint)::int FROM pots'), [10]);
});

test('values are made as the conditions of the model ask', async () => {
  const bed = await makeBed({ 'models/offer.ts': CHECKED, 'models/lot.sql': CHECKED_SQL });
  for (const name of ['Offer', 'Lot']) {
    const { text, rows } = await scaffoldAndRun(bed, name);
    assert.is(rows, 10, text);
  }
  assert.equal(await bed.read('SELECT count(DISTINCT code)::int FROM offers'), [10]);
  assert.equal(await bed.read('SELECT DISTINCT state FROM lots'), ['old']);
});

test('a name that no model has gives a seeder to be filled, and the models that may be meant', async () => {
  const bed = await makeBed({ 'models/paint.sql': SQL_MODELS, 'models/user.ts': EXAMPLE['models/user.ts'] ?? '' });
  const { file, warnings } = await scaffoldSeeder(bed.project, 'BlogEntry');
  assert.match(warnings.join(), /^there is no model "BlogEntry", the nearest are \S+, \S+, \S+: .* seeders\/blog_entry_seeder\.ts/);
  assert.match((await scaffoldSeeder(bed.project, 'Pant')).warnings.join(), 'the nearest are paints,');
  assert.equal((await scaffoldSeeder(bed.project, 'Users')).warnings, []);
  assert.match((await scaffoldSeeder((await makeBed({})).project, 'User')).warnings.join(), 'no model "User", and no other either');
  assert.is(file, 'seeders/blog_entry_seeder.ts');
  assert.match(readFileSync(bed.folder.path(file), 'utf8'), 'INSERT INTO blog_entries');
});

test('all spellings of a name are one file, which is never overwritten', async () => {
  const bed = await makeBed({ 'models/user.ts': EXAMPLE['models/user.ts'] ?? '' });
  assert.is((await scaffoldSeeder(bed.project, 'users')).file, 'seeders/user_seeder.ts');
  bed.folder.write('seeders/user_seeder.ts', '// mine');
  for (const name of ['User', 'user', 'UserSeeder', 'user_seeder.ts'])
    assert.is(await codeOf(scaffoldSeeder(bed.project, name)), 'FILE_EXISTS');
  assert.is(readFileSync(bed.folder.path('seeders/user_seeder.ts'), 'utf8'), '// mine');
});

test('what cannot be a name is refused, and nothing is written', async () => {
  const bed = await makeBed({});
  for (const name of ['', '../evil', 'a/b', 'a\\b', '.hidden', '1st', 'x'.repeat(61), 'a\nb', "a'b", '`']) {
    assert.is(await codeOf(scaffoldSeeder(bed.project, name)), 'USAGE', name);
    assert.is(await codeOf(scaffoldModel(bed.project, name)), 'USAGE', name);
  }
  assert.not.ok(existsSync(bed.folder.path('seeders')));
});

test('a model that does not load is named with its line', async () => {
  const bed = await makeBed({});
  bed.folder.write('models/broken.ts', "import { table } from 'fastpyd/model';\n\nthrow new Error('not today');");
  const error = await scaffoldSeeder(bed.project, 'Post').catch((error: unknown) => error as FastpyError);
  assert.instance(error, FastpyError);
  assert.match((error as FastpyError).message, 'models/broken.ts:3 could not be loaded: not today');
});

test('a new model has a key and a time, its table is in the plural, and it can be seeded at once', async () => {
  const bed = await makeBed({});
  assert.is(await scaffoldModel(bed.project, 'BlogCategory'), 'models/blog_category.ts');
  assert.match(readFileSync(bed.folder.path('models/blog_category.ts'), 'utf8'), "export const BlogCategory = table('blog_categories', {");
  assert.is(await codeOf(scaffoldModel(bed.project, 'blog_categories')), 'FILE_EXISTS');
  const again = await makeBed({ 'models/blog_category.ts': readFileSync(bed.folder.path('models/blog_category.ts'), 'utf8') });
  assert.is((await scaffoldAndRun(again, 'BlogCategory')).rows, 10);
});

test.run();
