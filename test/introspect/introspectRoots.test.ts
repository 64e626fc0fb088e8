import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { introspectRoots } from '../../src/introspect/introspect.ts';
import type { ObjectId } from '../../src/kinds/kind.ts';
import { filterSnapshot, patchSnapshot } from '../../src/kinds/patch.ts';
import { membersOf, ownRoot, type Root } from '../../src/kinds/root.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { findCases, stateOf } from '../support/cases.ts';
import { withServer } from '../support/servers.ts';
import { onlyIn } from '../support/snapshotLines.ts';

const parts = suite('parts of a schema');
const shadow = await Shadow.open(await withServer(18), 'postgres');

const rootsOf = (snapshot: SchemaSnapshot): readonly Root[] => [...snapshot.objects.values()].flatMap((object) => ownRoot(object) ?? []);

/** The snapshot as if these roots had never been read. */
const without = (snapshot: SchemaSnapshot, ids: ReadonlySet<ObjectId>): SchemaSnapshot =>
  patchSnapshot(snapshot, ids, { objects: new Map(), needs: new Map(), notes: new Map(), addresses: new Map() });

const addressesOf = ({ addresses }: SchemaSnapshot): readonly string[] => [...addresses].map(String).sort();

for (const testCase of await findCases()) {
  parts(`${testCase.name}: every root read alone is what the whole says of it`, () =>
    shadow.scratch(async (database) => {
      const whole = await stateOf(database, testCase, 'to');
      for (const root of rootsOf(whole)) {
        const lacking = without(whole, membersOf(whole, [root]));
        const again = await database.session((session) => introspectRoots(session, lacking, [root]));
        assert.equal([onlyIn(again, whole), onlyIn(whole, again)], [[], []], `${root.sort} ${root.name}`);
        assert.equal(addressesOf(again), addressesOf(whole), `where ${root.sort} ${root.name} is found`);
      }
    }),
  );
}

parts('what is read later finds the type behind an array of what was read before', () =>
  shadow.scratch(async (database) => {
    const types =
      'CREATE TYPE pair AS (a int); CREATE TYPE span AS RANGE (subtype = int, multirange_type_name = multispan); CREATE TYPE size AS ENUM (); CREATE DOMAIN name AS text';
    const text = `${types}; CREATE TABLE t (pairs pair[], spans span[], many multispan[], sizes size[], names public.name[])`;
    await database.session((session) => session.script(text));
    const read = (known: SchemaSnapshot, sort: Root['sort'], names: readonly string[]): Promise<SchemaSnapshot> =>
      database.session((session) =>
        introspectRoots(
          session,
          known,
          names.map((name) => ({ sort, schema: 'public', name })),
        ),
      );
    const { needs } = await read(await read(EMPTY, 'type', ['pair', 'span', 'size', 'name']), 'relation', ['t']);
    const needsOf = (column: string): readonly ObjectId[] => [...(needs.get(`column:public.t.${column}`) ?? [])].sort();
    assert.equal(['pairs', 'spans', 'many', 'sizes', 'names'].map(needsOf), [
      ['composite type:public.pair', 'table:public.t'],
      ['range:public.span', 'table:public.t'],
      ['range:public.span', 'table:public.t'],
      ['enum:public.size', 'table:public.t'],
      ['domain:public.name', 'table:public.t'],
    ]);
  }),
);

parts('a patch is filtered like a whole', () =>
  shadow.scratch(async (database) => {
    await database.session((session) => session.script('CREATE TABLE a (id int); CREATE SCHEMA s; CREATE TABLE s.b (id int)'));
    const empty = await shadow.scratch((other) => other.session((session) => introspectRoots(session, EMPTY, [])));
    const root = (schema: string, name: string): Root => ({ sort: 'relation', schema, name });
    const both = await database.session((session) => introspectRoots(session, empty, [root('public', 'a'), root('s', 'b')]));
    const kept = filterSnapshot(both, (object) => object.name.startsWith('s.'));
    assert.equal([...kept.objects.keys()].sort(), ['column:s.b.id', 'table:s.b']);
    assert.is(kept.objects.size, 2);
  }),
);

const EMPTY: SchemaSnapshot = {
  serverVersion: '18.4',
  majorVersion: 18,
  objects: new Map(),
  needs: new Map(),
  notes: new Map(),
  addresses: new Map(),
  unmodelled: [],
};

parts.after(() => shadow.close());
parts.run();
