/** What `rpc.discover` says of every result, held against what a real daemon answers. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { connect, type FastpyClient, type Method, type ParamsOf, type ResultOf } from '../../client/index.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const model = (columns: string): string => `CREATE TABLE posts (id bigint PRIMARY KEY, title text NOT NULL${columns});`;

interface Described {
  readonly methods: readonly { readonly name: Method; readonly result: { readonly schema: Parameters<typeof z.fromJSONSchema>[0] } }[];
}

let project: CliProject;
let client: FastpyClient;
let results: ReadonlyMap<Method, z.ZodType>;
const answered = new Set<Method>();

test.before(async () => {
  project = await cliProject({ files: { 'models/posts.sql': model('') } });
  client = await connect({ project: project.root });
  const { methods } = (await client.request('rpc.discover' as Method, {} as never)) as unknown as Described;
  results = new Map(methods.map(({ name, result }) => [name, z.fromJSONSchema(result.schema)]));
});
test.after(async () => {
  await client.close();
  await project.end();
});

function assertFits(method: Method, answer: unknown): void {
  answered.add(method);
  const parsed = results.get(method)?.safeParse(answer);
  assert.ok(parsed, `${method} is not described`);
  assert.is(parsed?.error, undefined, `${method} answers what it does not describe: ${parsed?.error?.message}\n${JSON.stringify(answer)}`);
}

/** The daemon's answer, which must be as described. */
async function ask<M extends Method>(method: M, params: Omit<ParamsOf<M>, 'database'>): Promise<ResultOf<M>> {
  const answer = await client.request(method, { database: project.url, ...params } as unknown as ParamsOf<M>);
  assertFits(method, answer);
  return answer;
}

/** `ask` for requests that are about no database. */
async function askDaemon(method: 'daemon.status' | 'daemon.stop'): Promise<void> {
  assertFits(method, await client.request(method, {}));
}

test('what is made, applied and seeded is as described', async () => {
  assertFits('daemon.hello', client.hello);
  await askDaemon('daemon.status');
  assert.match((await ask('db.url', {})).url, /^postgres/);
  assert.is((await ask('db.baseline', { dryRun: true })).baseline, null);
  assert.is((await ask('suggestion.get', {})).suggestion?.changes.length, 1);
  assert.ok((await ask('db.migrate', { message: 'Create posts', dryRun: true })).dryRun?.[0]?.observed);
  await ask('suggestion.accept', { message: 'Create posts' });
  assert.is((await ask('db.migrate', {})).applied.length, 1);
  await ask('make.seeder', { name: 'Post' });
  await ask('make.model', { name: 'Comment' });
  project.write('models/comment.ts', '');
  assert.is((await ask('db.seed', { auto: true, count: 3 })).seeded.length, 1);
});

test('questions, losses and what is kept of them are as described', async () => {
  project.write('models/posts.sql', model(', body text'));
  await ask('db.make', { message: 'Add body' });
  await ask('db.migrate', {});
  await project.query(`UPDATE posts SET body = 'kept'`);
  project.write('models/posts.sql', model(', content text'));
  assert.ok((await ask('db.diff', {})).suggestion?.questions[0]?.candidates);
  await ask('db.make', { message: 'Drop body', drop: ['public.posts.body'] });
  await ask('db.migrate', { keep: true, force: true });
  assert.is((await ask('db.kept', {})).kept.length, 1);
  await ask('db.rollback', { dryRun: true });
  assert.is((await ask('db.rollback', { force: true })).rolledBack.length, 1);
});

test('drift, models that fail and the proof of the files are as described', async () => {
  await project.query('CREATE TABLE audit_log (id int); CREATE INDEX by_title ON posts (title)');
  project.write('fastpyd.config.json', '{ "ignoreDrift": [{ "object": "public.audit_*", "reason": "another tool" }] }');
  project.write('models/broken.sql', 'CREATE TABEL x ();');
  const status = await ask('db.status', {});
  assert.is(status.failure?.code, 'MODEL_REJECTED');
  assert.ok(status.drift.length > 0 && status.ignoredDrift.length > 0);
  project.write('models/broken.sql', '');
  await ask('db.diff', { drift: true });
  await ask('db.migrate', { revertDrift: true, dryRun: true });
  assert.is((await ask('db.history', {})).revisions.length, 2);
  assert.is((await ask('db.verify', {})).migrations.length, 3);
});

test('what begins anew is as described', async () => {
  assert.is((await ask('db.fresh', { seed: true, force: true })).applied.length, 3);
  assert.ok((await ask('db.squash', { dryRun: true })).dryRun);
  assert.ok((await ask('db.pull', { dryRun: true, out: 'pulled' })).files.length > 0);
  await askDaemon('daemon.stop');
  assert.equal(
    [...results.keys()].filter((method) => !answered.has(method)),
    [],
    'every method was asked',
  );
});

test('a description refuses what is not in it', () => {
  assert.ok(results.get('db.url')?.safeParse({ schemaVersion: 1, url: 'x' }).success);
  assert.not.ok(results.get('db.url')?.safeParse({ schemaVersion: 1, url: 'x', more: true }).success);
  assert.not.ok(results.get('db.url')?.safeParse({ schemaVersion: 1 }).success);
});

test.run();
