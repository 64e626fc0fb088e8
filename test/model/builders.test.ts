import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { DeclarationIndex } from '../../src/load/declarationIndex.ts';
import {
  accessMethod,
  aggregate,
  baseType,
  cast,
  check,
  collation,
  column,
  comment,
  compositeType,
  conversion,
  defaultPrivileges,
  domain,
  enumType,
  eventTrigger,
  extension,
  foreignDataWrapper,
  foreignKey,
  foreignServer,
  foreignTable,
  func,
  grant,
  index,
  inherits,
  language,
  materializedView,
  operator,
  operatorClass,
  operatorFamily,
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
  temporalPrimaryKey,
  temporalUnique,
  textSearchConfiguration,
  textSearchDictionary,
  textSearchParser,
  textSearchTemplate,
  transform,
  trigger,
  uniqueIndex,
  uniqueNullsNotDistinct,
  unlogged,
  userMapping,
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
const castToo = statement(sql`CREATE CAST (integer AS ${Email}) WITH INOUT;`);
const said = comment(sql`CAST (integer AS ${Email})`, 'a remark');

const Money = compositeType('money_amount', { amount: column.numeric(), currency: column.text() });
const Later = baseType('later');
const Amount = baseType('amount', {
  ...{ input: 'amount_in', output: 'amount_out', internalLength: 8, passedByValue: true, alignment: 'double' },
  ...{ category: 'N', default: '0', delimiter: ';', storage: 'plain' },
}).comment('of something');
const amountIn = func('amount_in', { arguments: 'cstring', returns: Amount, language: 'internal', body: 'int8in', strict: true });
const amountOut = func('amount_out', {
  arguments: sql`${Amount}`,
  returns: 'cstring',
  language: 'internal',
  body: 'int8out',
  strict: true,
});
const Stock = table('stock', { amount: column.type(Amount) });
const inText = cast({ from: Email, to: Status, with: 'inout', as: 'assignment' }).comment('by its text');
const same = operator('===', { left: 'integer', right: 'integer', function: 'int4eq', commutator: '===', hashes: true, restrict: 'eqsel' });
const family = operatorFamily('int_family', { using: 'btree' });
const opclass = operatorClass('int_class', {
  for: 'integer',
  using: 'btree',
  family: 'public.int_family',
  items: [sql`OPERATOR 1 <`, sql`OPERATOR 3 =`, sql`FUNCTION 1 btint4cmp(integer, integer)`],
});
const words = textSearchDictionary('words', { template: 'simple', options: { stopwords: 'english' } });
const parser = textSearchParser('parser', { start: 'prsd_start', gettoken: 'prsd_nexttoken', end: 'prsd_end', lextypes: 'prsd_lextype' });
const template = textSearchTemplate('template', { init: 'dsimple_init', lexize: 'dsimple_lexize' });
const english = textSearchConfiguration('english', { mappings: { asciiword: ['public.words', 'english_stem'], word: ['simple'] } });
const wrapper = foreignDataWrapper('wrapper', { options: { debug: 'true' } });
const server = foreignServer('far_away', { wrapper, type: 'files', version: '1', options: { host: "it's" } });
const mapping = userMapping({ for: 'public', server, options: { user: 'u' } });
const Far = foreignTable(
  'far',
  { id: column.integer(), note: column.text().nullable().default('x') },
  { server, options: { path: 'p' }, columnOptions: { note: { column_name: 'n' } } },
);
const code = language('code', { handler: 'plpgsql_call_handler', inline: 'plpgsql_inline_handler', trusted: true });
const heapToo = accessMethod('heap_too', { type: 'table', handler: 'heap_tableam_handler' });
const latin = conversion('latin', { from: 'UTF8', to: 'LATIN1', function: 'utf8_to_iso8859_1' });
const seen = transform({ for: Money, language: 'sql', fromSql: 'prsd_lextype(internal)' });
const laterTables = defaultPrivileges(['select'], { on: 'tables', in: 'app', to: 'public' });
const never = defaultPrivileges('all', { on: 'functions', to: 'public', revoke: true });
const Stay = table(
  'stays',
  {
    room: column.type<string>('int4range'),
    during: column.type<string>('daterange'),
    note: column.text().storage('external').compression('pglz').statistics(500),
    length: column.integer().generated(sql`1 + 1`, { virtual: true }),
    code: column.text().nullable(),
  },
  (stay) => [
    temporalPrimaryKey('stays_pkey', stay.room, stay.during),
    temporalUnique(stay.room, stay.during),
    uniqueNullsNotDistinct(stay.code).include(stay.note),
    check('short', sql`length(${stay.note}) < 9`).notValid(),
    check('promised', sql`length(${stay.note}) < 99`).notEnforced(),
    check('own', sql`length(${stay.note}) < 999`).noInherit(),
  ],
);
const Bill = table(
  'bills',
  { room: column.type<string>('int4range'), during: column.type<string>('daterange'), post: column.bigint().nullable() },
  (bill) => [
    foreignKey('bills_stay', bill.room, bill.during).references(() => [Stay.room, Stay.during], { period: true }),
    foreignKey('bills_post', bill.post).references(() => Post.id, { match: 'full', notValid: true }),
  ],
);

const everything = {
  ...{ Money, inText, same, family, opclass, words, parser, template, english, wrapper, server, mapping, Far, code, heapToo, latin, seen },
  ...{ laterTables, never, Stay, Bill, Later, Amount, amountIn, amountOut, Stock },
  ...{ App, Plpgsql, Status, Email, Address, Span, Numbers, Blind, Editor, touch, Post, Child, Event, Events26, EventsRest, Live, Counts },
  ...{ twice, clean, total, later, quiet, onDdl, ddl, Correlated, feed, rights, fewer, castToo, said },
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
