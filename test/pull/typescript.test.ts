import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sqlTemplate } from '../../src/pull/typescript/code.ts';
import { columnType, defaultValue } from '../../src/pull/typescript/columnType.ts';
import { bare, columnNames, listItems, parenthesised, pathNames } from '../../src/pull/typescript/printed.ts';

const types: readonly (readonly [string, string])[] = [
  ['bigint', 'column.bigint()'],
  ['character varying(200)', 'column.varchar(200)'],
  ['character varying', 'column.varchar()'],
  ['numeric(10,2)', 'column.numeric(10, 2)'],
  ['timestamp(3) with time zone', 'column.timestamptz(3)'],
  ['timestamp without time zone', 'column.timestamp()'],
  ['time with time zone', 'column.timetz()'],
  ['text[]', 'column.text().array()'],
  ['interval(3)', "column.type('interval(3)')"],
  ['public.mood', 'column.enum(Mood)'],
  ['public.mood[]', 'column.enum(Mood).array()'],
  ['app."My Type"', `column.type('app."My Type"')`],
];
for (const [type, code] of types) {
  test(`${type} is ${code}`, () =>
    assert.is(
      columnType(type, (name) => (name === 'public.mood' ? 'Mood' : undefined)),
      code,
    ));
}

test('a default is a value only where TypeScript has the very same one', () => {
  const given = (type: string, expression: string, isEnum = false) => defaultValue(type, expression, isEnum);
  assert.is(given('boolean', 'true'), 'true');
  assert.is(given('integer', "'-1'::integer"), '-1');
  assert.is(given('bigint', '9007199254740993'), undefined);
  assert.is(given('text', "'it''s'::text"), `"it's"`);
  assert.is(given('text', "'a\\b'::text"), undefined);
  assert.is(given('text', "('a'::text || 'b'::text)"), undefined);
  assert.is(given('public.mood', "'good'::public.mood", true), "'good'");
  assert.is(given('jsonb', "'{}'::jsonb"), undefined);
});

test('SQL text survives a template literal', () => {
  const text = ['a `b` $', '{c} \\d \r\n'].join('');
  assert.is(
    new Function('sql', `return ${sqlTemplate(text)}`)((strings: readonly string[]) => strings[0]),
    text,
  );
});

test('what PostgreSQL prints is taken apart without being misled by quotes and parentheses', () => {
  assert.equal(columnNames('a, "B, c", "d""e"'), ['a', 'B, c', 'd"e']);
  assert.is(columnNames('lower(a)'), undefined);
  assert.equal(pathNames('app."My.Table"'), ['app', 'My.Table']);
  assert.equal(listItems(`lower((a)::text), "b, c" DESC, coalesce(d, ', (')`), ['lower((a)::text)', '"b, c" DESC', `coalesce(d, ', (')`]);
  assert.equal(parenthesised(`(a > ')') NO INHERIT`), { inside: `a > ')'`, behind: ' NO INHERIT' });
  assert.is(bare('((a) OR (b))'), '(a) OR (b)');
  assert.is(bare('(a) OR (b)'), '(a) OR (b)');
});

test.run();
