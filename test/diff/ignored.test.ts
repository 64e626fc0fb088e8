import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { diffSnapshots } from '../../src/diff/diffSnapshots.ts';
import { ignoredAmong, withObjectsOf } from '../../src/diff/ignored.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { makePlan } from '../../src/plan/makePlan.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';

const ignoring = suite('ignored drift');
const shadow = await Shadow.open(await withServer(18), 'postgres');
const read = (sql: string): Promise<SchemaSnapshot> =>
  shadow.scratch((database) =>
    database.session(async (session) => {
      await session.script(sql);
      return introspect(session);
    }),
  );

const from = await read('CREATE TABLE posts (id int PRIMARY KEY, title text); CREATE INDEX gone ON posts (title)');
const to = await read(`
  CREATE TABLE posts (id int PRIMARY KEY, title text, note text);
  CREATE INDEX tuned ON posts (note);
  CREATE TABLE audit_log (id int);
  COMMENT ON COLUMN audit_log.id IS 'by hand';`);

const ignoredBy = (object: string) => ignoredAmong(diffSnapshots(from, to), [{ object, reason: 'so' }], { from, to });
const idsOf = (object: string): readonly string[] => ignoredBy(object).map(({ operation }) => operation.id);

ignoring('a star is any text, and what belongs to an object goes with it', () => {
  assert.equal(idsOf('public.audit_*'), ['column:public.audit_log.id', 'comment:column:public.audit_log.id', 'table:public.audit_log']);
});

ignoring('a kind before the pattern restricts it, and an index is found behind its table', () => {
  assert.equal(idsOf('index:public.posts.*'), ['index:public.gone', 'index:public.tuned']);
  assert.equal(idsOf('index:public.tuned'), ['index:public.tuned']);
  assert.equal(idsOf('view:public.*'), []);
});

ignoring('without a star it is the object of that name, and dots are dots', () => {
  assert.equal(idsOf('public.posts.note'), ['column:public.posts.note']);
  assert.equal(idsOf('public.post'), []);
  assert.equal(idsOf('publicXposts.note'), []);
});

ignoring('what is ignored stays as the other side has it, and the rest is planned', () => {
  const ids = new Set(ignoredBy('index:*').map(({ operation }) => operation.id));
  const statements = makePlan(from, withObjectsOf(to, from, ids)).statements.map(({ sql }) => sql);
  assert.not.match(statements.join('\n'), /INDEX/);
  assert.match(statements.join('\n'), 'ADD COLUMN "note"');
  const back = makePlan(to, withObjectsOf(from, to, ids)).statements.map(({ sql }) => sql);
  assert.match(back.join('\n'), 'DROP TABLE "public"."audit_log"');
  assert.not.match(back.join('\n'), 'CREATE INDEX gone');
});

ignoring.after(() => shadow.close());
ignoring.run();
