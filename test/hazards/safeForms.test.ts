/** The safe form of each statement that has one: executed on real servers, by itself and back, until the catalogs are the same. */
import { suite, test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ScratchDatabase } from '../../src/database/scratch.ts';
import { findHazards } from '../../src/hazards/findHazards.ts';
import { RULES } from '../../src/hazards/rules/index.ts';
import { introspect } from '../../src/introspect/introspect.ts';
import { readRawCatalog } from '../../src/introspect/rawCatalog.ts';
import { rawDifferences } from '../../src/introspect/rawDifferences.ts';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { backfill } from '../../src/plan/safe/backfill.ts';
import { provePlan } from '../../src/shadow/provePlan.ts';
import { proveSafe, type SafeWay } from '../../src/shadow/proveSafe.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';
import { SAFE_CASES, type SafeCase } from './safeCases.ts';

const COUNTED = 'CREATE TABLE t (id int, n int NOT NULL DEFAULT 0, a text)';
const view = (snapshot: SchemaSnapshot): SchemaSnapshot => snapshot;
const RENAMES = { up: [], down: [] };

interface Attempt {
  readonly start: SchemaSnapshot;
  readonly way: SafeWay;
  readonly plain: readonly string[];
}

async function attempt(shadow: Shadow, { from, to }: Pick<SafeCase, 'from' | 'to'>, majorVersion = shadow.server.major): Promise<Attempt> {
  const standAt = async (database: ScratchDatabase, sql: string): Promise<SchemaSnapshot> => {
    await database.session((session) => session.script(sql));
    return database.session(introspect);
  };
  return shadow.scratch((before) =>
    shadow.scratch(async (after) => {
      const [start, end] = [await standAt(before, from), await standAt(after, to)];
      const proven = await provePlan(before, { from: start, to: end, view });
      const copy = async () => {
        const scratch = await shadow.create();
        await scratch.database.session((session) => session.script(from));
        return scratch;
      };
      const way = await proveSafe({ proven, from: start, start, to: end, view, renames: RENAMES, majorVersion, copy });
      return { start, way, plain: proven.up.statements.map(({ sql }) => sql) };
    }),
  );
}

const textsOf = (statements: readonly { readonly sql: string }[] | undefined): readonly string[] =>
  (statements ?? []).map(({ sql }) => sql);

/** Does the safe form end in the very rows of the catalogs that the plain one ends in, when there are rows in the tables? */
async function assertSameRows(shadow: Shadow, { from, rows = '' }: SafeCase, { way, plain }: Attempt): Promise<void> {
  const readAfter = (statements: readonly string[]) =>
    shadow.scratch((database) =>
      database.session(async (session) => {
        await session.script(`${from}; ${rows}`);
        for (const sql of statements) await session.query(sql);
        return readRawCatalog(session);
      }),
    );
  const [plainly, safely] = [await readAfter(plain), await readAfter(textsOf(way.statements?.up))];
  assert.equal(rawDifferences(plainly, safely), []);
}

/** What the rules find in the plain form they do not find in the safe one. */
function assertFound({ rules }: SafeCase, { start, way, plain }: Attempt): void {
  const found = (steps: readonly string[], transaction: boolean): readonly string[] =>
    findHazards({ steps, transaction }, start).hazards.map(({ name }) => name);
  const plainly = found(plain, true);
  for (const rule of rules) assert.ok(plainly.includes(rule), `${rule} is not among ${plainly}`);
  const made = way.statements === undefined ? [] : found(textsOf(way.statements.up), false);
  assert.equal(
    made.filter((name) => MADE.includes(name)),
    [],
  );
}

/** Rules whose safe form the planner makes. */
const MADE = RULES.filter(({ remedy }) => remedy === 'made' || remedy === 'partly').map(({ name }) => name);

test('every rule whose safe form is said to be made has a case in which it is', () => {
  const shown = new Set(Object.values(SAFE_CASES).flatMap(({ rules }) => rules));
  assert.equal(
    MADE.filter((name) => !shown.has(name)),
    [],
  );
});
test.run();

for (const major of [15, 18] as const) {
  const forms = suite(`safe forms on PostgreSQL ${major}`);
  const server = await withServer(major);
  if (server === null) continue;
  const shadow = await Shadow.open(server, 'postgres');

  for (const [name, safeCase] of Object.entries(SAFE_CASES)) {
    if ((safeCase.since ?? 0) > major) continue;
    forms(name, async () => {
      const found = await attempt(shadow, safeCase);
      const wanted = safeCase.up[major] ?? safeCase.up.all ?? [];
      assert.equal(textsOf(found.way.statements?.up).map(shortened), wanted);
      assert.equal(found.way.warnings, safeCase.warnings ?? []);
      assertFound(safeCase, found);
      if (wanted.length > 0) await assertSameRows(shadow, safeCase, found);
    });
  }

  forms('whoever writes while a column gets another type loses nothing', () =>
    shadow.scratch(async (database) => {
      const { way } = await attempt(shadow, { from: COUNTED, to: COUNTED.replace('n int', 'n bigint') });
      await database.session(async (session) => {
        await session.script(`${COUNTED}; INSERT INTO t SELECT i, i, repeat('x', 200) FROM generate_series(1, 60000) i`);
        for (const [at, sql] of textsOf(way.statements?.up).entries()) {
          await session.query(sql);
          await session.query(`INSERT INTO t (id, n) VALUES (${60_001 + at}, ${60_001 + at}); UPDATE t SET n = n WHERE id = ${at + 1}`);
        }
        const [found] = await session.query<{ rows: number; wrong: number }>(
          'SELECT count(*)::int AS rows, (count(*) FILTER (WHERE n IS DISTINCT FROM id))::int AS wrong FROM t',
        );
        assert.equal(found, { rows: 60_000 + (way.statements?.up.length ?? 0), wrong: 0 });
      });
    }),
  );

  forms('a batch job that broke off does the rest when it is run again, and nothing twice', () =>
    shadow.scratch((database) =>
      database.session(async (session) => {
        await session.script(
          'CREATE TABLE t (id int, n int); INSERT INTO t SELECT i FROM generate_series(1, 5000) i; UPDATE t SET n = 7 WHERE id < 10',
        );
        const sql = backfill({ table: '"public"."t"', set: '"n" = "id"', where: '"n" IS NULL' });
        for (let run = 0; run < 2; run++) await session.query(sql);
        const [found] = await session.query<{ kept: number; filled: number }>(
          'SELECT (count(*) FILTER (WHERE n = 7))::int AS kept, (count(*) FILTER (WHERE n = id))::int AS filled FROM t',
        );
        assert.equal(found, { kept: 9, filled: 4992 });
      }),
    ),
  );

  forms('what a server refuses to do apart stays as it is planned, and a warning says why', async () => {
    const whole = 'CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE l (at int) PARTITION BY RANGE (at)';
    const { way } = await attempt(shadow, { from: whole, to: `${whole}; ALTER TABLE l ADD CONSTRAINT f FOREIGN KEY (at) REFERENCES u` });
    if (major === 15) assert.match(way.warnings.join(), /constraint public\.l\.f stays as it is planned: its safe form is refused/);
    else assert.equal(way.warnings, []);
  });

  forms.after(() => shadow.close());
  forms.run();
}

/** What fills rows in batches is known by its UPDATE. */
function shortened(sql: string): string {
  if (sql.startsWith('DO $swap$')) return 'swap';
  const update = /UPDATE (\S+) SET (.*)\n/.exec(sql);
  return sql.startsWith('DO ') && update !== null ? `batches: ${update[2]}` : sql.replaceAll('"public".', '').replaceAll('public.', '');
}
