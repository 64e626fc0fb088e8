import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { diffSnapshots } from '../../src/diff/diffSnapshots.ts';
import { keepOwners, type OwnerRule } from '../../src/diff/keepOwners.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';

const owners = suite('owners that nobody states');
const shadow = await Shadow.open(await withServer(18), 'postgres');
await shadow.ensureRoles(['keeper', 'reader']);

const stateOf = (sql: string) =>
  shadow.scratch((database) => database.session((session) => session.script(sql).then(() => introspect(session))));

/** What differs between two states, by id, once unstated owners are left to the first. */
async function differing(reference: string, snapshot: string, rule: Partial<OwnerRule> = {}): Promise<readonly string[]> {
  const [from, to] = [await stateOf(reference), await stateOf(snapshot)];
  const kept = keepOwners(to, from, { stating: 'snapshot', stated: () => new Set(), ...rule });
  return diffSnapshots(from, kept).map(({ id }) => id);
}

const POSTS = 'CREATE TABLE posts (id serial, title text);';
const KEPT = `${POSTS} ALTER TABLE posts OWNER TO keeper;`;

owners('an object of which only the reference names an owner keeps it', async () => {
  assert.equal(await differing(KEPT, POSTS), []);
  assert.equal(await differing(KEPT, POSTS, { stated: () => new Set(['public.posts']) }), ['owner:table:public.posts']);
});

owners('what is new or gone, and what is stated, is as it is', async () => {
  assert.equal((await differing('', KEPT)).includes('owner:table:public.posts'), true);
  assert.equal(await differing(POSTS, KEPT), ['owner:table:public.posts']);
  assert.equal(await differing(POSTS, KEPT, { stating: 'reference' }), []);
});

owners('privileges are those that the owner who stays would have given', async () => {
  const grants = 'GRANT SELECT ON posts TO reader; GRANT SELECT, INSERT ON posts TO keeper; REVOKE DELETE ON posts FROM postgres;';
  const given = 'GRANT SELECT ON posts TO reader; REVOKE DELETE ON posts FROM keeper;';
  assert.equal(await differing(KEPT + given, POSTS + grants), []);
  const ofColumn = 'GRANT UPDATE (title) ON posts TO keeper; GRANT USAGE ON SEQUENCE posts_id_seq TO keeper;';
  assert.equal(await differing(KEPT + ofColumn, POSTS + ofColumn), []);
});

owners('a sequence that a column comes to own belongs to whom the table belongs to', async () => {
  const free = 'CREATE TABLE posts (id int); CREATE SEQUENCE numbers; ALTER SEQUENCE numbers OWNER TO keeper;';
  const owned = 'CREATE TABLE posts (id int); CREATE SEQUENCE numbers OWNED BY posts.id;';
  assert.equal(await differing(free, owned), ['owner:sequence:public.numbers', 'sequence:public.numbers']);
});

owners.after(() => shadow.close());
owners.run();
