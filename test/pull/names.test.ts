import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { columnNameUnder } from '../../src/model/naming.ts';
import { DistinctPaths, fileStem } from '../../src/pull/distinctPaths.ts';
import { propertyNames } from '../../src/pull/typescript/exportNames.ts';

const table = (stem: string, schema = 'public') => ({ schema, folder: undefined, stem, isOwn: true });

test('a file name has nothing that a path, a shell or Windows would take for something else', () => {
  const names = ['users', 'a/b', 'a\\b', '../../up', '-rf', 'con', 'x.d', 'node_modules', '', 'größe', 'say "hi"'];
  const stems = ['users', 'a_b', 'a_b', '_up', '_rf', 'con_', 'x_d', 'node_modules_', '_', 'größe', 'say_hi_'];
  assert.equal(names.map(fileStem), stems);
});

test('names that differ in case, in odd characters or in how they are composed get different files, and keep them', () => {
  const paths = new DistinctPaths(false);
  const names = ['users', 'User', 'USER', 'user', 'a/b', 'a\\b', 'é', 'e\u0301'];
  const given = names.map((name) => paths.of(table(name)));
  assert.equal(given, ['users', 'User', 'USER_2', 'user_3', 'a_b', 'a_b_2', 'é', 'é_2']);
  assert.equal(
    names.map((name) => paths.of(table(name))),
    given,
  );
});

test('a table that is called like a file for a kind does not share it', () => {
  const paths = new DistinctPaths(false);
  assert.is(paths.of(table('types')), 'types');
  assert.is(paths.of({ schema: 'public', folder: undefined, stem: 'types', isOwn: false }), 'types_2');
});

test('schemas have folders where there are several, also those that some file systems take for one', () => {
  const paths = new DistinctPaths(true);
  assert.equal(
    [table('users', 'app'), table('users', 'APP'), table('posts', 'app')].map((home) => paths.of(home)),
    ['app/users', 'APP_2/users', 'app/posts'],
  );
});

test('properties of columns are different identifiers, and the usual one goes to the column that it names', () => {
  const columns = ['userId', 'user_id', 'create', '1', '__proto__', 'a b', 'class'];
  const names = propertyNames(columns, 'snake_case');
  assert.is(names.get('user_id'), 'userId');
  assert.is(names.get('class'), 'class');
  const properties = columns.map((column) => names.get(column) ?? '');
  assert.is(new Set(properties).size, columns.length);
  for (const property of properties) assert.match(property, /^[\p{L}_$][\p{L}\p{N}_$]*$/u);
  for (const reserved of ['create', '__proto__']) assert.not.ok(properties.includes(reserved));
  assert.is(columnNameUnder('snake_case', names.get('user_id') ?? ''), 'user_id');
});

test.run();
