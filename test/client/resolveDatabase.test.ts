import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FastpyError } from '../../src/errors.ts';
import { resolveDatabase } from '../../src/protocol/resolveDatabase.ts';
import { temporaryProject } from '../support/project.ts';

const SETTINGS = '{ "databaseUrl": "postgres://config/db" }';

function resolved(files: Record<string, string>, options: { flag?: string; env?: Record<string, string> } = {}) {
  const project = temporaryProject(files);
  try {
    return resolveDatabase({ root: project.root, flag: options.flag, env: options.env ?? {} });
  } finally {
    project.remove();
  }
}

test('the option comes before the environment, .env, the settings and the embedded database', () => {
  const files = { 'fastpyd.config.json': SETTINGS, '.env': 'DATABASE_URL="postgres://file/db"' };
  const env = { DATABASE_URL: 'postgres://env/db' };
  assert.is(resolved(files, { flag: 'postgres://flag/db', env }).url, 'postgres://flag/db');
  assert.is(resolved(files, { env }).url, 'postgres://env/db');
  assert.equal(resolved(files), { url: 'postgres://file/db', source: 'DATABASE_URL in .env' });
  assert.is(resolved({ 'fastpyd.config.json': SETTINGS }).url, 'postgres://config/db');
  assert.equal(resolved({}), { url: 'embedded', source: 'default' });
});

test('directUrl goes around the pooler that DATABASE_URL names, wherever its variable is set', () => {
  const env = { DATABASE_URL: 'postgres://pooler/db' };
  const files = { 'fastpyd.config.json': '{ "directUrl": "env:DIRECT" }' };
  assert.is(resolved(files, { env: { ...env, DIRECT: 'postgres://server/db' } }).url, 'postgres://server/db');
  assert.is(resolved({ ...files, '.env': 'DIRECT=postgres://file/db' }, { env }).url, 'postgres://file/db');
  assert.is(resolved(files, { env }).url, 'postgres://pooler/db');
  assert.is(resolved(files, { flag: 'postgres://flag/db', env: { DIRECT: 'postgres://server/db' } }).url, 'postgres://flag/db');
});

test('an empty DATABASE_URL is none', () => {
  assert.is(resolved({}, { env: { DATABASE_URL: '' } }).url, 'embedded');
});

test('env:NAME is looked up in the environment and in .env, and must be set', () => {
  const files = { 'fastpyd.config.json': '{ "databaseUrl": "env:SHOP" }' };
  assert.is(resolved(files, { env: { SHOP: 'postgres://shop/db' } }).url, 'postgres://shop/db');
  assert.is(resolved({ ...files, '.env': 'SHOP=postgres://file/db' }).url, 'postgres://file/db');
  assert.throws(
    () => resolved(files),
    (error: unknown) => error instanceof FastpyError && error.code === 'USAGE' && error.message.includes('SHOP'),
  );
});

test('PGPASSWORD goes into a URL that has no password', () => {
  const env = { PGPASSWORD: 'a@b/c' };
  assert.is(resolved({}, { flag: 'postgres://me@db/x', env }).url, 'postgres://me:a%40b%2Fc@db/x');
  assert.is(resolved({}, { flag: 'postgres://me:own@db/x', env }).url, 'postgres://me:own@db/x');
});

test.run();
