import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fingerprint } from '../../src/protocol/fingerprint.ts';

test('a fingerprint is the one that the makers of FNV-1a publish', () => {
  assert.is(fingerprint(''), 'cbf29ce484222325');
  assert.is(fingerprint('a'), 'af63dc4c8601ec8c');
  assert.is(fingerprint('foobar'), '85944171f73967e8');
});

test('it is of one length, and of the bytes of a text', () => {
  const names = Array.from({ length: 1000 }, (_, index) => fingerprint(`/home/zoë/projects/${index}`));
  assert.is(new Set(names).size, names.length);
  assert.ok(names.every((name) => /^[0-9a-f]{16}$/.test(name)));
});

test.run();
