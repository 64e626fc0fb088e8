import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { surplus } from '../../src/shadow/surplus.ts';

const LIMITS = { count: 3, bytes: 100, least: 2 };

/** The least recently used first; one with a star is in use. */
const all = (...texts: readonly string[]) => texts.map((text) => ({ text, bytes: Number.parseInt(text, 10), isInUse: text.endsWith('*') }));

const gone = (...texts: readonly string[]): readonly string[] => surplus(all(...texts), LIMITS).map(({ text }) => text);

test('within the limits nothing goes', () => {
  assert.equal(gone(), []);
  assert.equal(gone('30', '30', '40'), []);
});

test('of too many the least recently used go', () => {
  assert.equal(gone('1', '2', '3', '4', '5'), ['1', '2']);
});

test('of too much as many go as are needed', () => {
  assert.equal(gone('50', '40', '41'), ['50']);
});

test('what is in use stays, and the next one goes', () => {
  assert.equal(gone('1*', '2', '3', '4'), ['2']);
});

test('the last ones stay whatever they take', () => {
  assert.equal(gone('1', '900', '900'), ['1']);
});

test.run();
