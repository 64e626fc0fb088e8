import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseRename } from '../../src/diff/renames.ts';

const parsed = (flag: string): readonly (string | undefined)[] => {
  const { path, name } = parseRename(flag);
  return [path, name];
};

test('a flag says what becomes what, by dotted names', () => {
  assert.equal(parsed('public.posts.title:headline'), ['public.posts.title', 'headline']);
  assert.equal(parsed('public.posts:public.articles'), ['public.posts', 'public.articles']);
  assert.equal(parsed('app:shop'), ['app', 'shop']);
  assert.equal(parsed('public.f(integer, text):g'), ['public.f(integer, text)', 'g']);
});

test('names may be quoted, so that dots, colons and quotes belong to them', () => {
  assert.equal(parsed('public.t."a:b":"c:d"'), ['public.t.a:b', 'c:d']);
  assert.equal(parsed('public."a.b".c:d'), ['public.a.b.c', 'd']);
  assert.equal(parsed('public.t."say ""a""":b'), ['public.t.say "a"', 'b']);
});

test('without quotes the last colon divides, and a quote inside a name is a quote', () => {
  assert.equal(parsed('public.t.a:b:c'), ['public.t.a:b', 'c']);
  assert.equal(parsed(`public.t.it's:a"b`), [`public.t.it's`, 'a"b']);
});

test('a flag that does not say both is refused', () => {
  for (const flag of ['title', ':x', 'x:', 'public.t."a:b"'])
    assert.throws(
      () => parseRename(flag),
      (error: { code: string }) => error.code === 'USAGE',
    );
});

test.run();
