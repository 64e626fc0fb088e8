import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seedDatabase } from '../../src/seed/commands.ts';
import { type Seedbed, seedbed } from './support.ts';

const SHOP = `CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE DOMAIN email AS text CHECK (VALUE ~* '^.+@.+\\..+$');
CREATE TABLE makers (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(12) NOT NULL UNIQUE, mail email NOT NULL UNIQUE);
CREATE TABLE goods (
  id bigserial PRIMARY KEY, maker int NOT NULL REFERENCES makers, price numeric(8, 2) NOT NULL CHECK (price > 0 AND price <= 99.5),
  state text NOT NULL CHECK (state IN ('new', 'old')), code char(6) NOT NULL CHECK (code ~ '^[A-Z]{2}[0-9]{4}$'), mood mood NOT NULL,
  title text NOT NULL CHECK (length(btrim(title)) BETWEEN 3 AND 9), made date NOT NULL, sold date CHECK (sold >= made),
  born date CHECK (born <= now() - '18 years'::interval), both_prices numeric GENERATED ALWAYS AS (price * 2) STORED,
  owner_a int, owner_b int, CHECK ((owner_a IS NULL) <> (owner_b IS NULL)), CHECK (state <> 'old' OR sold IS NOT NULL)
);
CREATE TABLE liked (good bigint REFERENCES goods, maker int REFERENCES makers, PRIMARY KEY (good, maker));
CREATE TABLE folders (id int PRIMARY KEY, parent int REFERENCES folders, name text NOT NULL);
CREATE TABLE rings (id int PRIMARY KEY, next int NOT NULL REFERENCES rings);
CREATE TABLE bookings (room int NOT NULL, during tsrange NOT NULL, EXCLUDE USING gist (int4range(room, room, '[]') WITH =, during WITH &&));
CREATE TABLE slots (during int4range NOT NULL, EXCLUDE USING gist (during WITH &&));
CREATE TABLE logs (at date NOT NULL, kind text NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE logs_2 PARTITION OF logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE years (at date PRIMARY KEY) PARTITION BY RANGE (at);
CREATE TABLE years_1 PARTITION OF years FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE zones (id int PRIMARY KEY);
CREATE TABLE areas (id int PRIMARY KEY CHECK (id > 20));
CREATE TABLE far (id int PRIMARY KEY CHECK (id > 1000000));
CREATE TABLE visits (id int NOT NULL, zone int NOT NULL, minutes int NOT NULL) PARTITION BY LIST (minutes);
CREATE TABLE visits_1 PARTITION OF visits (CHECK (id < 1000), FOREIGN KEY (zone) REFERENCES zones) FOR VALUES IN (1);
CREATE TABLE visits_2 PARTITION OF visits (CHECK (id > 1000), FOREIGN KEY (zone) REFERENCES zones, FOREIGN KEY (zone) REFERENCES areas) FOR VALUES IN (2);
CREATE TABLE visits_3 PARTITION OF visits (FOREIGN KEY (zone) REFERENCES far) FOR VALUES IN (3);
CREATE TABLE tenants (tenant int, id int, PRIMARY KEY (tenant, id));
CREATE TABLE two_parents (id int PRIMARY KEY, tenant int NOT NULL, one int NOT NULL, other int NOT NULL,
  FOREIGN KEY (tenant, one) REFERENCES tenants, FOREIGN KEY (tenant, other) REFERENCES tenants);
CREATE TABLE hens (id int PRIMARY KEY, egg int NOT NULL);
CREATE TABLE eggs (id int PRIMARY KEY, hen int NOT NULL REFERENCES hens DEFERRABLE);
ALTER TABLE hens ADD FOREIGN KEY (egg) REFERENCES eggs DEFERRABLE;
CREATE TABLE branches (id int PRIMARY KEY, parent int NOT NULL REFERENCES branches DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE dropped (id int NOT NULL);
CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER t BEFORE INSERT ON dropped FOR EACH ROW EXECUTE FUNCTION drop_row();
CREATE TABLE flags (flag boolean PRIMARY KEY);
CREATE TABLE closed (id int NOT NULL CHECK (false));
CREATE TABLE numbers (id int GENERATED ALWAYS AS IDENTITY);`;

const TABLES = [
  'makers',
  'goods',
  'liked',
  'folders',
  'rings',
  'bookings',
  'slots',
  'logs',
  'zones',
  'areas',
  'far',
  'visits',
  'years',
  'tenants',
  'two_parents',
  'hens',
  'eggs',
  'numbers',
  'branches',
];

let bed: Seedbed;
test.before(async () => {
  bed = await seedbed({ 'models/shop.sql': SHOP });
});
test.after(() => bed.remove());
test.before.each(async () => {
  await bed.database.session(({ query }) => query(`TRUNCATE ${[...TABLES, 'flags', 'closed'].join(', ')} RESTART IDENTITY`));
});

const fill = (count: number, more: Partial<Parameters<typeof seedDatabase>[0]> = {}) =>
  seedDatabase({ project: bed.project, database: bed.database, auto: true, randomSeed: 7, count, ...more });
const contents = async (): Promise<readonly unknown[]> => {
  const all = [];
  for (const table of TABLES) all.push(await bed.read(`SELECT md5(string_agg(t::text, ',' ORDER BY ctid)) FROM ${table} t`));
  return all;
};

test('every table gets rows that all its constraints accept; what cannot have them is named with the smallest example', async () => {
  const { unfilled } = await fill(120);
  for (const table of TABLES) assert.equal(await bed.read(`SELECT count(*)::int FROM ${table}`), [120], table);
  assert.equal(
    unfilled.map((text) => text.replace(/:.*/s, '')),
    ['public.closed has got 0 of 120 rows', 'public.dropped has got 0 of 120 rows', 'public.flags has got 2 of 120 rows'],
  );
  assert.match(unfilled[1] ?? '', 'a trigger or a rule of it lets no row in');
  assert.match(unfilled[0] ?? '', /closed_check.*Failing row contains/);
});

test('rows differ as far as conditions allow, hit every partition, and make a tree of a table that refers to itself', async () => {
  await fill(120);
  assert.equal(
    await bed.read('SELECT count(DISTINCT state)::int + count(DISTINCT mood)::int + count(DISTINCT code)::int / 100 FROM goods'),
    [5],
  );
  assert.equal(await bed.read('SELECT count(DISTINCT tableoid)::int FROM logs'), [2]);
  assert.equal(await bed.read('SELECT count(*)::int FROM folders WHERE parent IS NULL'), [1]);
  assert.equal(
    await bed.read(
      'WITH RECURSIVE tree AS (SELECT id FROM folders WHERE parent IS NULL UNION ALL SELECT f.id FROM folders f JOIN tree t ON f.parent = t.id) SELECT count(*)::int FROM tree',
    ),
    [120],
  );
});

test('the rows of each partition satisfy what only that partition asks for', async () => {
  const { unfilled } = await fill(40);
  assert.not.ok(unfilled.some((text) => text.includes('visits')));
  assert.equal(await bed.read('SELECT DISTINCT minutes || (id > 1000)::text FROM visits WHERE minutes < 3 ORDER BY 1'), [
    '1false',
    '2true',
  ]);
  assert.equal(await bed.read('SELECT count(DISTINCT tableoid)::int FROM visits'), [3]);
});

test('the same random seed gives the same rows, and another seed others', async () => {
  await fill(50);
  const first = await contents();
  await bed.database.session(({ query }) => query(`TRUNCATE ${[...TABLES, 'flags', 'closed'].join(', ')} RESTART IDENTITY`));
  await fill(50);
  assert.equal(await contents(), first);
  await bed.database.session(({ query }) => query(`TRUNCATE ${[...TABLES, 'flags', 'closed'].join(', ')} RESTART IDENTITY`));
  await fill(50, { randomSeed: 8 });
  assert.not.equal(await contents(), first);
});

test('a second run adds as many rows again, and so does a third with the same random seed', async () => {
  await fill(30);
  await fill(30, { randomSeed: 9 });
  for (const table of TABLES) assert.equal(await bed.read(`SELECT count(*)::int FROM ${table}`), [60], table);
  await fill(30, { randomSeed: 9 });
  for (const table of TABLES) assert.equal(await bed.read(`SELECT count(*)::int FROM ${table}`), [90], table);
});

test('the same random seed makes other rows beside those that it has made, also where keys are random', async () => {
  const tokens = await seedbed({
    'models/tokens.sql': `CREATE TABLE tokens (id uuid PRIMARY KEY, code text NOT NULL UNIQUE CHECK (code ~ '^[A-Z]{2}[0-9]{4}$'), text text NOT NULL);`,
  });
  for (const rows of [40, 80, 120]) {
    const { unfilled } = await seedDatabase({ project: tokens.project, database: tokens.database, auto: true, randomSeed: 5, count: 40 });
    assert.equal(unfilled, []);
    assert.equal(await tokens.read('SELECT count(*)::int FROM tokens'), [rows]);
  }
  await tokens.remove();
});

test('one table is filled with what it must refer to', async () => {
  const order = ['public.makers', 'public.goods'];
  const { seeded } = await fill(20, { seeder: 'Good', order });
  assert.equal(
    seeded.map(({ seeder, rows }) => `${seeder} ${rows}`),
    ['public.makers 20', 'public.goods 20'],
  );
});

test('a table with a seeder is left to it', async () => {
  bed.folder.write(
    'seeders/maker_seeder.ts',
    `import { seeder, sql } from 'fastpyd/seeder';
export default seeder(async ({ db }) => { await db.query("INSERT INTO makers (name, mail) VALUES ('mine', 'a@b.c')"); });`,
  );
  await fill(10, { order: ['public.makers'] });
  assert.equal(await bed.read('SELECT name FROM makers'), ['mine']);
  assert.equal(await bed.read('SELECT count(DISTINCT maker)::int FROM goods'), [1]);
});

test.run();
