import { existsSync, readFileSync, statSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openLog } from '../../src/support/log.ts';
import { temporaryProject } from '../support/project.ts';

const CANARY = 'hunter2';
const shapes = [
  `postgres://me:${CANARY}@db:5432/x`,
  `postgresql://me:${CANARY}%40%2F@db/x?sslmode=require`,
  `postgres://me:a@b:${CANARY}@db/x`,
  `postgres://db/x?user=me&password=${CANARY}`,
  `postgres://db/x?sslpassword=${CANARY}&a=b`,
  `host=db user=me password=${CANARY} dbname=x`,
];

test('a password is struck out of a log line, whatever field it comes in', () => {
  const project = temporaryProject();
  const log = openLog(project.path('log'));
  for (const shape of shapes) {
    log.info({ url: shape, deep: { list: [shape] } }, `connecting to ${shape}`);
    log.error({ err: new Error(`cannot connect to ${shape}`) }, 'a bug');
  }
  assert.not.match(readFileSync(project.path('log'), 'utf8'), CANARY);
  project.remove();
});

test('what PostgreSQL quotes of a row is not logged with its error', () => {
  const project = temporaryProject();
  const error = Object.assign(new Error('duplicate key'), { detail: `Key (email)=(${CANARY}) already exists.`, parameters: [CANARY] });
  openLog(project.path('log')).error({ err: error }, 'refused');
  assert.not.match(readFileSync(project.path('log'), 'utf8'), CANARY);
  project.remove();
});

test('an event is one line of JSON, whatever stands in it', () => {
  const project = temporaryProject();
  openLog(project.path('log')).info({ name: 'a\n{"level":60}\u001b[31m' }, 'x\ny');
  const lines = readFileSync(project.path('log'), 'utf8').trim().split('\n');
  assert.is(lines.length, 1);
  assert.is(JSON.parse(lines[0] ?? '').msg, 'x\ny');
  project.remove();
});

test('a log that has grown begins anew and keeps one before it', () => {
  const project = temporaryProject();
  const log = openLog(project.path('log'), { maxBytes: 2_000 });
  for (let i = 0; i < 200; i++) log.info({ i }, 'event');
  assert.ok(existsSync(project.path('log.1')));
  assert.ok(statSync(project.path('log')).size < 3_000);
  assert.match(readFileSync(project.path('log'), 'utf8'), '"i":199');
  project.remove();
});

test.run();
