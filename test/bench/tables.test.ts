import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Edits } from '../../bench/schema/edits.ts';
import { fastpydModels } from '../../bench/schema/fastpydModels.ts';
import { describeTables, MOST_TABLES, type TableSpec } from '../../bench/schema/tables.ts';

const MANY = 3_000;
const tables = describeTables({ tables: MANY, seed: 1 });

/** Positions of the tables that a table refers to. */
function targetsOf(table: TableSpec): readonly number[] {
  return table.columns.flatMap(({ type }) => (type.kind === 'reference' ? [tables.findIndex(({ row }) => row === type.to.row)] : []));
}

test('three thousand tables have names of their own, which PostgreSQL keeps whole', () => {
  assert.is(new Set(tables.map(({ table }) => table)).size, MANY);
  const names = tables.flatMap(({ table, indexes }) => indexes.map((columns) => `${table}_${columns.join('_')}_idx`));
  assert.ok(names.every(({ length }) => length <= 63));
});

test('every table has 10 or 11 columns, 2 indexes, 5 defaults and a column of an enum', () => {
  for (const { columns, indexes } of tables) {
    assert.ok(columns.length === 10 || columns.length === 11);
    assert.is(new Set(columns.map(({ name }) => name)).size, columns.length);
    assert.is(indexes.length, 2);
    assert.is(columns.filter((column) => column.default !== undefined).length, 5);
    assert.is(columns.filter(({ type }) => type.kind === 'enum').length, 1);
  }
});

test('every table refers to one or two tables before it, and the first to itself', () => {
  for (const [index, table] of tables.entries()) {
    const targets = targetsOf(table);
    assert.ok(targets.length === 1 || targets.length === 2);
    assert.ok(targets.every((target) => (index === 0 ? target === 0 : target < index)));
  }
});

test('the same seed makes the same models, another one makes others', () => {
  const models = (seed: number) => JSON.stringify(fastpydModels(describeTables({ tables: 50, seed })));
  assert.is(models(1), models(1));
  assert.is.not(models(1), models(2));
});

test('the tables of a small schema are the first of a large one', () => {
  assert.equal(describeTables({ tables: 100, seed: 1 }), tables.slice(0, 100));
});

test('more tables than there are names for are refused', () => {
  assert.throws(() => describeTables({ tables: MOST_TABLES + 1, seed: 1 }), RangeError);
  assert.throws(() => describeTables({ tables: Number.NaN, seed: 1 }), RangeError);
});

test('an edit adds or removes one column, which nothing else of its table names', () => {
  for (const { before, after, action } of new Edits(tables.slice(0, 10), 1).alternating(40)) {
    const [more, fewer] = action === 'create' ? [after, before] : [before, after];
    const changed = more.columns.filter((column) => !fewer.columns.includes(column));
    assert.is(changed.length, 1);
    assert.is(fewer.columns.length, more.columns.length - 1);
    assert.not.ok(after.indexes.flat().includes(changed[0]?.name ?? ''));
    assert.is.not(after.notNegative, changed[0]?.name);
  }
});

test('no two of forty edits of ten tables are the same', () => {
  const edits = new Edits(tables.slice(0, 10), 1).alternating(40);
  assert.is(new Set(edits.map(({ action, object }) => `${action} ${object}`)).size, 40);
});

test.run();
