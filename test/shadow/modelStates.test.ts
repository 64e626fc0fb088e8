import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { SchemaSnapshot } from '../../src/kinds/snapshot.ts';
import { readSqlModel } from '../../src/load/readSqlModel.ts';
import { modelSet } from '../../src/model/modelSet.ts';
import type { ModelSet } from '../../src/model/statement.ts';
import { ModelStates } from '../../src/shadow/modelStates.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { States } from '../../src/shadow/states.ts';
import { findCases, golden } from '../support/cases.ts';
import { withServer } from '../support/servers.ts';

const models = suite('models that change');
const shadow = await Shadow.open(await withServer(18), 'postgres');

/** Counts the databases that are built. */
class CountedStates extends States {
  builds = 0;

  override get(...[content, build]: Parameters<States['get']>): ReturnType<States['get']> {
    return super.get(content, (database) => {
      this.builds++;
      return build(database);
    });
  }
}

// Two, so that neither finds what the other made; both keep only a few databases.
const small = new CountedStates(shadow);
const fresh = new States(shadow);

const setOf = (text: string): ModelSet => modelSet([readSqlModel(text, 'models/all.sql')]);

/** All that a snapshot says, a line an object. */
const linesOf = (snapshot: SchemaSnapshot): readonly string[] =>
  [...snapshot.objects].map(([id, object]) => {
    const needs = [...(snapshot.needs.get(id) ?? [])].filter((need) => snapshot.objects.has(need)).sort();
    return JSON.stringify({ object, needs, note: snapshot.notes.get(id) });
  });

const onlyIn = (one: SchemaSnapshot, other: SchemaSnapshot): readonly string[] => {
  const lines = new Set(linesOf(other));
  return linesOf(one).filter((line) => !lines.has(line));
};

/** Asserts that the last text means the same in small steps and all at once, and returns how many databases the small steps needed. */
async function assertSame(...texts: readonly string[]): Promise<number> {
  const stepwise = new ModelStates(small);
  const before = small.builds;
  for (const text of texts.slice(0, -1)) await stepwise.get(setOf(text));
  const last = await stepwise.get(setOf(texts.at(-1) ?? ''));
  const whole = await new ModelStates(fresh).get(setOf(texts.at(-1) ?? ''));
  assert.equal(onlyIn(last.snapshot, whole.snapshot), [], 'only in small steps');
  assert.equal(onlyIn(whole.snapshot, last.snapshot), [], 'only all at once');
  assert.equal(last.warnings, whole.warnings);
  return small.builds - before;
}

for (const testCase of (await findCases()).filter(({ name }) => name.includes(process.env.CASE ?? ''))) {
  models(`${testCase.name}: an edit leads where fresh work would lead, and back`, async () => {
    const [from, to] = [(await golden(testCase, 'from.sql')) ?? '', (await golden(testCase, 'to.sql')) ?? ''];
    console.log(testCase.name, await assertSame(from, to), await assertSame(to, from, to, from));
  });
}

models.after(() => shadow.close());
models.run();
