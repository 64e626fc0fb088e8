import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { settled } from '../../src/kinds/deparsed.ts';

test('a list of varchars is printed as PostgreSQL prints it the second time', () => {
  const first = "CHECK (((state)::text = ANY ((ARRAY['it''s'::character varying, NULL::character varying])::text[])))";
  const second = "CHECK (((state)::text = ANY (ARRAY[('it''s'::character varying)::text, (NULL::character varying)::text])))";
  assert.is(settled(first), second);
  assert.is(settled(second), second);
});

test('a view of VALUES is printed as PostgreSQL prints it the second time', () => {
  assert.is(settled(`FROM (VALUES (1,'x'::text)) "*VALUES*"`), `FROM ( VALUES (1,'x'::text)) "*VALUES*"`);
});

test('what is quoted stays as it is', () => {
  const texts = [
    `SELECT '(VALUES (1))'::text AS "(VALUES (2))"`,
    `SELECT '(ARRAY[''a''::character varying])::text[]'::text`,
    `SELECT "it's" AS "(ARRAY['a'::character varying])::text[]"`,
  ];
  for (const text of texts) assert.is(settled(text), text);
});

test.run();
