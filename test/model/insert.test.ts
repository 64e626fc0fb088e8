import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openDatabase } from '../../src/database/live.ts';
import { openScratch } from '../../src/database/scratch.ts';
import type { Database } from '../../src/database/session.ts';
import { DeclarationIndex } from '../../src/load/declarationIndex.ts';
import { column, enumType, sql, table } from '../../src/model/index.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import { bindModels } from '../../src/model/runtime.ts';
import { materialise } from '../../src/shadow/materialise.ts';
import { createDatabase, type TestDatabase } from '../support/servers.ts';

const Mood = enumType('mood', ['good', 'bad']);
const Item = table('items', {
  id: column.bigint().identity().primaryKey(),
  displayName: column.text(),
  mood: column.enum(Mood).default('good'),
  tags: column.text().array().default([]),
  grid: column.integer().array().nullable(),
  meta: column.jsonb().nullable(),
  list: column.jsonb().default([1, 'b']),
  raw: column.bytea().nullable(),
  price: column.numeric(10, 2).nullable(),
  big: column.bigint().nullable(),
  at: column.timestamptz().nullable(),
  upper: column.text().generated(sql`upper(display_name)`),
});
const Empty = table('empties', { id: column.integer().identity().primaryKey() });

let target: TestDatabase;

test.before(async () => {
  target = await createDatabase();
  const database = openScratch(target.url);
  const index = new DeclarationIndex(import.meta.dirname);
  index.put('insert.test.ts', { Mood, Item, Empty });
  await materialise(database, modelSet(index.take()));
  await database.close();
});

test.after(() => target.drop());

async function within(database: Database, work: () => Promise<void>): Promise<void> {
  try {
    await database.transaction(async ({ query }) => {
      bindModels(query);
      await work();
    });
  } finally {
    bindModels(undefined);
    await database.close();
  }
}

for (const [name, open] of [
  ['pg', async () => openScratch(target.url)],
  ['slonik', async () => openDatabase(target.url)],
] as const) {
  test(`a row comes back as the database stored it, by property name (${name})`, async () => {
    await within(await open(), async () => {
      const at = new Date('2026-01-02T03:04:05Z');
      const row = await Item.create({
        displayName: "o'clock",
        tags: ['a "quoted"', 'b\\c', 'NULL', ''],
        grid: [1, 2],
        meta: ['x', { y: null }],
        raw: Buffer.from([0, 255]),
        price: '12.50',
        big: 9007199254740993n,
        at,
      });
      const { id, raw, at: stored, ...rest } = row;
      assert.ok(Number(id) > 0);
      assert.is(raw?.toString('hex'), '00ff');
      assert.is(new Date(stored ?? '').toISOString(), at.toISOString());
      assert.equal(rest, {
        displayName: "o'clock",
        mood: 'good',
        tags: ['a "quoted"', 'b\\c', 'NULL', ''],
        grid: [1, 2],
        meta: ['x', { y: null }],
        list: [1, 'b'],
        price: '12.50',
        big: '9007199254740993',
        upper: "O'CLOCK",
      });
    });
  });
}

test('many rows go in few statements and come back in order, each with its own defaults', async () => {
  await within(openScratch(target.url), async () => {
    const given = Array.from({ length: 2500 }, (_, at) =>
      at % 2 === 0 ? { displayName: `n${at}` } : { displayName: `n${at}`, mood: 'bad' as const },
    );
    const rows = await Item.createMany(given);
    assert.is(rows.length, 2500);
    assert.equal([rows[1498]?.displayName, rows[1498]?.mood, rows[1499]?.mood], ['n1498', 'good', 'bad']);
    assert.equal(await Item.createMany([]), []);
    assert.is((await Empty.createMany([{}, {}])).length, 2);
  });
});

test('without a database and with an unknown property the error says so', async () => {
  const messageOf = (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => '',
      (error: Error) => error.message,
    );
  assert.match(await messageOf(Item.create({ displayName: 'x' })), 'public.items, but there is no database here');
  assert.match(await messageOf(Item.create({ displayName: 'x', colour: 'red' } as never)), 'no column for the property "colour"');
});

test.run();
