import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { DeclarationIndex } from '../../src/load/declarationIndex.ts';
import {
  aggregate,
  check,
  collation,
  column,
  comment,
  compositeType,
  domain,
  enumType,
  eventTrigger,
  extension,
  func,
  grant,
  index,
  inherits,
  materializedView,
  owner,
  partition,
  partitionBy,
  policy,
  procedure,
  publication,
  rangeType,
  replicaIdentity,
  revoke,
  role,
  rowLevelSecurity,
  rule,
  schema,
  sequence,
  sql,
  statement,
  statistics,
  storage,
  table,
  trigger,
  uniqueIndex,
  unlogged,
  view,
} from '../../src/model/index.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import { materialise } from '../../src/shadow/materialise.ts';
import { createDatabase } from '../support/servers.ts';

const App = schema('app').comment('the application');
const Plpgsql = extension('plpgsql');
const Status = enumType({ schema: 'app', name: 'status' }, ['draft', 'live']).renamedFrom('state').comment('of a post');
const Email = domain('email', { type: 'text', notNull: true, default: 'a@b', check: { email_has_at: sql`VALUE ~ '@'` } });
const Address = compositeType('address', { street: column.text(), houseNumber: column.integer() });
const Span = rangeType('span', { subtype: 'float8', subtypeDiff: 'float8mi' });
const Numbers = sequence('numbers', { start: 10, increment: 5, cycle: true, max: 1000, type: 'integer' });
const Blind = collation('blind', { provider: 'icu', locale: 'und-u-ks-level2', deterministic: false });
const Editor = role(`builders_editor_${process.pid}`);
const touch = func('touch', { returns: 'trigger', language: 'plpgsql', body: 'BEGIN RETURN NEW; END' });
const Post = table(
  'posts',
  {
    id: column.bigint().identity().primaryKey(),
    status: column.enum(Status).default('draft'),
    email: column.type(Email),
    address: column.type(Address).nullable(),
    span: column.type(Span).nullable(),
    title: column.varchar(200).collate('blind'),
    numbered: column.integer().default(sql`nextval('${sql.raw(Numbers.literal)}')`),
    ...{ a: column.numeric(10, 2), b: column.timestamp(3), c: column.time(), d: column.interval('day to second'), e: column.bit(3) },
    ...{ f: column.varbit(5), g: column.char(2), h: column.inet(), i: column.macaddr8(), j: column.xml(), k: column.point() },
  },
  (post) => [
    check('title_not_blank', sql`length(${post.title}) > 0`),
    index('posts_by_title', post.title).comment('for lists'),
    storage({ fillfactor: 80, 'toast.autovacuum_enabled': false }),
    replicaIdentity('full'),
    rowLevelSecurity({ force: true }),
    policy('own', { command: 'select', to: ['public'], using: sql`${post.status} = 'live'` }).comment('readers'),
    trigger('touch_it', { when: 'before', events: ['insert', 'update'], updateOf: [post.title], forEach: 'row', execute: touch }),
    comment('what is published'),
    owner(`builders_editor_${process.pid}`),
  ],
);
const Child = table('child_posts', { extra: column.text() }, () => [inherits(Post), unlogged()]);
const Event = table('events', { at: column.date(), kind: column.text() }, (event) => [partitionBy('range', event.at)]);
const Events26 = partition('events_26', { of: Event, values: sql`FROM ('2026-01-01') TO ('2027-01-01')` });
const EventsRest = partition('events_rest', { of: Event, values: 'default', partitionBy: partitionBy('hash', sql`kind`) });
const Live = view('live_posts', sql`SELECT ${Post.id}, ${Post.title} FROM ${Post} WHERE ${Post.status} = 'live'`, {
  securityBarrier: true,
  checkOption: 'local',
})
  .comment('shown')
  .owner(`builders_editor_${process.pid}`);
const Counts = materializedView('counts', sql`SELECT ${Post.status}, count(*) AS n FROM ${Post} GROUP BY 1`, {
  indexes: [uniqueIndex(sql`status`)],
});
const twice = func('twice', {
  arguments: "a integer, b text DEFAULT 'x'",
  returns: 'integer',
  atomic: sql`SELECT a * 2`,
  volatility: 'immutable',
  strict: true,
  parallel: 'safe',
}).comment('doubles');
const clean = procedure('clean', {
  language: 'plpgsql',
  body: 'BEGIN DELETE FROM posts; END',
  security: 'definer',
  set: { search_path: 'public' },
});
const total = aggregate('total', { arguments: 'integer', sfunc: 'int4pl', stype: 'integer', options: { initcond: "'0'" } });
const later = trigger('later', { on: Post, when: 'after', events: ['delete'], forEach: 'row', constraint: 'initially', execute: touch });
const quiet = rule('quiet', { on: Live, event: 'delete', instead: true });
const onDdl = func('on_ddl', { returns: 'event_trigger', language: 'plpgsql', body: 'BEGIN END' });
const ddl = eventTrigger('ddl', { on: 'ddl_command_end', tags: ['CREATE TABLE'], execute: onDdl });
const Correlated = statistics('correlated', { on: Post, columns: [Post.status, Post.title], kinds: ['ndistinct'] });
const feed = publication('feed', { tables: [Event], publish: ['insert'] });
const rights = grant(['select', 'insert'], { on: Post, to: `builders_editor_${process.pid}`, withGrantOption: true });
const fewer = revoke('all', { on: sql`FUNCTION touch()`, from: 'public' });
const cast = statement(sql`CREATE CAST (integer AS ${Email}) WITH INOUT;`);
const said = comment(sql`CAST (integer AS ${Email})`, 'a remark');

const everything = {
  ...{ App, Plpgsql, Status, Email, Address, Span, Numbers, Blind, Editor, touch, Post, Child, Event, Events26, EventsRest, Live, Counts },
  ...{ twice, clean, total, later, quiet, onDdl, ddl, Correlated, feed, rights, fewer, cast, said },
};

test('every builder makes a statement that PostgreSQL takes, at the line of its call', async () => {
  const index = new DeclarationIndex(import.meta.dirname);
  index.put('builders.test.ts', everything);
  const models = modelSet(index.take());
  const { url, drop } = await createDatabase();
  const database = openScratch(url);
  try {
    const warnings = await materialise(database, models);
    assert.equal(warnings, []);
  } finally {
    await database.close();
    await drop();
  }
  assert.ok(models.statements.every(({ file, line }) => file === 'builders.test.ts' && line > 40));
  assert.equal(
    models.renames.map(({ to, from }) => [to, from]),
    [['app.status', 'state']],
  );
});

test.run();
