import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Address, ObjectId, SchemaObject } from '../../src/kinds/kind.ts';
import { ownedIn } from '../../src/kinds/lookup.ts';
import { patchedIds, patchSnapshot } from '../../src/kinds/patch.ts';
import type { SchemaSnapshot, SnapshotPart } from '../../src/kinds/snapshot.ts';

interface Spec {
  readonly type?: string;
  readonly needs?: readonly string[];
  readonly position?: number;
  readonly at: string;
}

const idOf = (name: string): ObjectId => `column:${name}` as ObjectId;

/** Columns of a table `t`, which stand for objects of any kind. */
function part(columns: Readonly<Record<string, Spec>>): SnapshotPart {
  const entries = Object.entries(columns).map(([name, spec]) => [idOf(name), spec, name] as const);
  const objectOf = (id: ObjectId, { type = 'text' }: Spec, name: string) =>
    ({ kind: 'column', id, name, owner: 'table:t', type }) as unknown as SchemaObject;
  const noteOf = ({ position = 0 }: Spec) => ({ position, inheritedFrom: undefined, droppedWith: undefined, implied: false });
  return {
    objects: new Map(entries.map(([id, spec, name]) => [id, objectOf(id, spec, name)])),
    needs: new Map(entries.map(([id, { needs = [] }]) => [id, new Set(needs.map(idOf))])),
    notes: new Map(entries.map(([id, spec]) => [id, noteOf(spec)])),
    addresses: new Map(entries.map(([id, { at }]) => [at as Address, id])),
  };
}

const whole = (columns: Readonly<Record<string, Spec>>): SchemaSnapshot => ({
  serverVersion: '18.4',
  majorVersion: 18,
  unmodelled: [],
  ...part(columns),
});

const ids = (...names: readonly string[]): ReadonlySet<ObjectId> => new Set(names.map(idOf));

const base = whole({ a: { at: '1' }, b: { at: '2', needs: ['a'] }, c: { at: '3', position: 2 } });

test('what is made anew as it was is no part of a patch, but stands at its new address', () => {
  const patched = patchSnapshot(base, ids('a', 'b'), part({ a: { at: '11' }, b: { at: '12', needs: ['a'] } }));
  assert.is(patchedIds(patched).size, 0);
  assert.is(patched.objects.get(idOf('a')), base.objects.get(idOf('a')));
  assert.is(patched.addresses.get('12' as Address), idOf('b'));
});

test('another field, need or position is a difference', () => {
  const patched = patchSnapshot(
    base,
    ids('a', 'b', 'c'),
    part({ a: { at: '11', type: 'int4' }, b: { at: '12' }, c: { at: '13', position: 3 } }),
  );
  assert.equal(patchedIds(patched), ids('a', 'b', 'c'));
  assert.equal([...(patched.needs.get(idOf('b')) ?? [])], []);
  assert.is(patched.notes.get(idOf('c'))?.position, 3);
});

test('a change that is taken back, and an object that comes and goes, leave nothing', () => {
  const changed = patchSnapshot(base, ids('a'), part({ a: { at: '11', type: 'int4' }, d: { at: '14' } }));
  assert.is(changed.objects.size, 4);
  const back = patchSnapshot(changed, ids('a', 'd'), part({ a: { at: '21' } }));
  assert.is(patchedIds(back).size, 0);
  assert.is(back.objects.size, 3);
  assert.not(back.addresses.has('11' as Address), 'addresses of what is gone are not kept');
  assert.not(back.addresses.has('14' as Address));
  assert.equal(patchedIds(changed, back), ids('a', 'd'));
});

test('what was removed comes back', () => {
  const without = patchSnapshot(base, ids('b'), part({}));
  assert.not(without.objects.has(idOf('b')));
  const other = patchSnapshot(without, ids(), part({ b: { at: '22', type: 'int4' } }));
  assert.is((other.objects.get(idOf('b')) as { type?: string } | undefined)?.type, 'int4');
  const same = patchSnapshot(other, ids('b'), part({ b: { at: '32', needs: ['a'] } }));
  assert.is(patchedIds(same).size, 0);
});

test('an index of a patched snapshot has what is there now', () => {
  const patched = patchSnapshot(base, ids('a'), part({ d: { at: '14' } }));
  const owned = ownedIn(patched)('table:t' as ObjectId);
  assert.equal([...owned].sort(), ['column:b', 'column:c', 'column:d']);
});

test.run();
