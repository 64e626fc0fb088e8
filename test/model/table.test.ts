import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DECLARATION } from '../../src/model/declaration.ts';
import {
  check,
  column,
  type Declaration,
  enumType,
  exclude,
  foreignKey,
  index,
  type NewRow,
  primaryKey,
  type Row,
  sql,
  table,
  unique,
  uniqueIndex,
} from '../../src/model/index.ts';
import { useNaming } from '../../src/model/naming.ts';

const texts = (declaration: Declaration): string[] => declaration[DECLARATION].statements().map((statement) => statement.sql);

const Status = enumType('status', ['draft', 'live']);
const User = table('users', {
  id: column.bigint().identity().primaryKey(),
  email: column.text(),
  managerId: column
    .bigint()
    .nullable()
    .references(() => User.id),
});
const Post = table(
  { schema: 'blog', name: 'posts' },
  {
    id: column.bigint().identity({ always: true }).primaryKey(),
    authorId: column.bigint().references(() => User.id, { onDelete: 'cascade', deferrable: 'initially' }),
    title: column.varchar(200),
    body: column.text().nullable(),
    status: column.enum(Status).default('draft'),
    tags: column.text().array().default(['a "b"', 'c']),
    meta: column.jsonb().typed<{ stars: number }>().default({ stars: 0 }),
    publishedAt: column.timestamptz().nullable(),
    slug: column.text().generated(sql`lower(title)`),
  },
);

test('a table becomes CREATE TABLE with its columns, and foreign keys follow', () => {
  assert.equal(texts(Post), [
    `CREATE TABLE "blog"."posts" (
  "id" bigint NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "author_id" bigint NOT NULL,
  "title" varchar(200) NOT NULL,
  "body" text,
  "status" "public"."status" NOT NULL DEFAULT 'draft',
  "tags" text[] NOT NULL DEFAULT E'{"a \\\\"b\\\\"","c"}',
  "meta" jsonb NOT NULL DEFAULT '{"stars":0}',
  "published_at" timestamp with time zone,
  "slug" text NOT NULL GENERATED ALWAYS AS (lower(title)) STORED
)`,
    'ALTER TABLE "blog"."posts" ADD FOREIGN KEY ("author_id") REFERENCES "public"."users" ("id") ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED',
  ]);
});

test('a row has the types of its columns, and an insert knows what it must, may and must not give', () => {
  const row: Row<typeof Post> = {
    id: 1,
    authorId: '9007199254740993',
    title: '',
    body: null,
    status: 'live',
    tags: ['a'],
    meta: { stars: 1 },
    publishedAt: null,
    slug: '',
  };
  const least: NewRow<typeof Post> = { authorId: 1n, title: 'Hi' };
  const most: NewRow<typeof Post> = { ...least, body: null, status: 'draft', tags: [], meta: { stars: 2 }, publishedAt: new Date() };
  // @ts-expect-error a required column is missing
  const missing: NewRow<typeof Post> = { authorId: 1 };
  // @ts-expect-error not a value of the enum
  const wrong: NewRow<typeof Post> = { ...least, status: 'gone' };
  // @ts-expect-error GENERATED ALWAYS cannot be given
  const generated: NewRow<typeof Post> = { ...least, id: 1 };
  // @ts-expect-error NOT NULL
  const empty: NewRow<typeof Post> = { ...least, title: null };
  // @ts-expect-error the column does not exist
  const dangling = table('x', { a: column.bigint().references(() => User.nothing) });
  // @ts-expect-error a default has the type of its column
  const mistyped = column.boolean().default('yes');
  assert.ok([row, least, most, missing, wrong, generated, empty, dangling, mistyped].length);
});

test('indexes and constraints follow the table, unnamed where PostgreSQL should name them', () => {
  const Line = table(
    'lines',
    {
      orderId: column.bigint(),
      position: column.integer().as('pos'),
      room: column.integer().check(sql`room > 0`),
      during: column.tstzrange(),
      note: column.text().unique().comment("it's a note"),
    },
    (line) => [
      primaryKey(line.orderId, line.position),
      unique('lines_room_once', line.room, line.note),
      check(sql`${line.position} > ${0}`),
      foreignKey(line.orderId, line.room).references(() => [User.id, User.managerId], { onUpdate: 'set null' }),
      exclude(
        [
          [line.room, '='],
          [line.during, '&&'],
        ],
        { name: 'no_overlap', where: sql`${line.note} <> 'x'` },
      ).deferrable(),
      index('lines_by_note', sql`lower(${line.note})`, line.room.desc('last'))
        .using('btree')
        .include(line.position)
        .with({ fillfactor: 70 })
        .where(sql`${line.note} IN ${['a', "b'"]}`),
      uniqueIndex(line.note).nullsNotDistinct(),
    ],
  );
  assert.equal(texts(Line).slice(1), [
    `COMMENT ON COLUMN "public"."lines"."note" IS 'it''s a note'`,
    'ALTER TABLE "public"."lines" ADD PRIMARY KEY ("order_id", "pos")',
    'ALTER TABLE "public"."lines" ADD CONSTRAINT "lines_room_once" UNIQUE ("room", "note")',
    'ALTER TABLE "public"."lines" ADD CHECK ("pos" > 0)',
    'ALTER TABLE "public"."lines" ADD FOREIGN KEY ("order_id", "room") REFERENCES "public"."users" ("id", "manager_id") ON UPDATE SET NULL',
    `ALTER TABLE "public"."lines" ADD CONSTRAINT "no_overlap" EXCLUDE USING "gist" ("room" WITH =, "during" WITH &&) WHERE ("note" <> 'x') DEFERRABLE`,
    `CREATE INDEX "lines_by_note" ON "public"."lines" USING "btree" (lower("note"), "room" DESC NULLS LAST) INCLUDE ("pos") WITH (fillfactor = 70) WHERE "note" IN ('a', 'b''')`,
    'CREATE UNIQUE INDEX ON "public"."lines" ("note") NULLS NOT DISTINCT',
  ]);
});

test('several columns that are each called the primary key are it together', () => {
  const Pair = table('pairs', { a: column.integer().primaryKey(), b: column.integer().primaryKey() });
  assert.match(texts(Pair)[0] ?? '', /PRIMARY KEY \("a", "b"\)\n\)$/);
});

test('property names become snake_case unless names are verbatim', () => {
  const Names = table('names', { htmlURLPath: column.text(), address2: column.text(), isHTML: column.text(), line2Text: column.text() });
  const namesOf = (): string[] => [...(texts(Names)[0] ?? '').matchAll(/"(\w+)" text/g)].map((found) => found[1] ?? '');
  assert.equal(namesOf(), ['html_url_path', 'address2', 'is_html', 'line2_text']);
  useNaming('verbatim');
  assert.equal(namesOf(), ['htmlURLPath', 'address2', 'isHTML', 'line2Text']);
  useNaming('snake_case');
});

test('a property that hides an action is refused with the way round', () => {
  assert.throws(() => table('x', { create: column.text() } as never), /\.as\('create'\)/);
});

test('values in sql are literals, columns and tables are names', () => {
  const text = sql`${User}.${User.managerId} = ${"o'clock"} AND ${true} AND ${null} AND ${sql.raw('now()')} AND ${sql.identifier('a', 'b"c')}`;
  assert.is(String(text), `"public"."users"."manager_id" = 'o''clock' AND true AND NULL AND now() AND "a"."b""c"`);
});

test.run();
