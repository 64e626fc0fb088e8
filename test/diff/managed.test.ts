import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { baselineView, liveView, managedView } from '../../src/diff/managed.ts';
import type { ObjectId, SchemaObject } from '../../src/kinds/kind.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';

type Sample = SchemaObject & { readonly schema?: string };

const objects: readonly Sample[] = [
  { kind: 'schema', id: 'schema:public', name: 'public', schema: 'public' },
  { kind: 'privileges', id: 'privileges:schema:public', name: 'public', owner: 'schema:public' },
  { kind: 'table', id: 'table:public.a', name: 'public.a', schema: 'public' },
  { kind: 'comment', id: 'comment:table:public.a', name: 'public.a', owner: 'table:public.a' },
  { kind: 'table', id: 'table:audit.b', name: 'audit.b', schema: 'audit' },
  { kind: 'extension', id: 'extension:citext', name: 'citext', schema: 'public' },
  { kind: 'extension', id: 'extension:hstore', name: 'hstore', schema: 'public' },
];

const snapshotOf = (samples: readonly Sample[]): SchemaSnapshot => ({
  serverVersion: '18.4',
  majorVersion: 18,
  objects: new Map(samples.map((object) => [object.id, object])),
  needs: new Map<ObjectId, ReadonlySet<ObjectId>>([['table:public.a', new Set<ObjectId>(['extension:citext'])]]),
  notes: new Map(),
  addresses: new Map(),
  unmodelled: [],
});

const idsOf = (snapshot: SchemaSnapshot): readonly string[] => [...snapshot.objects.keys()];
const everything = snapshotOf(objects);

test('a list of schemas keeps what lives in them, and what belongs to no schema', () => {
  const kept = idsOf(managedView(['public'])(everything));
  assert.equal(kept, ['table:public.a', 'comment:table:public.a', 'extension:citext', 'extension:hstore']);
});

test('the schema public and who may use it are nobody’s to change unless every schema is managed', () => {
  assert.not(idsOf(managedView(['public'])(everything)).includes('privileges:schema:public'));
  assert.is(idsOf(managedView(['*'])(everything)).length, objects.length);
});

test('of a live database, what belongs to no schema counts only when history knows it', () => {
  const known = snapshotOf(objects.filter(({ id }) => id === 'extension:citext'));
  assert.equal(idsOf(liveView(['public'], known)(everything)), ['table:public.a', 'comment:table:public.a', 'extension:citext']);
});

test('a baseline takes along the extension that a managed table needs, and no other', () => {
  assert.equal(idsOf(baselineView(['public'])(everything)), ['table:public.a', 'comment:table:public.a', 'extension:citext']);
});

test.run();
