import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { quoteIdentifier, quoteLiteral } from '../../src/database/quote.ts';
import { safeUrl } from '../../src/database/safeUrl.ts';
import { openScratch } from '../../src/database/scratch.ts';
import { parseTarget } from '../../src/database/target.ts';
import { createDatabase } from '../support/servers.ts';

test('names and texts of any kind survive quoting', async () => {
  const made = await createDatabase();
  const database = openScratch(made.url);
  for (const text of ['plain', 'Mixed Case', 'a"b', "it's", 'back\\slash', "\\'; --", 'ünï𝄞', 'new\nline', 'select', '$1', '%s']) {
    for (const conforming of ['on', 'off']) {
      const rows = await database.session(async ({ query }) => {
        await query(`SET standard_conforming_strings = ${conforming}; SET escape_string_warning = off`);
        return query(`SELECT ${quoteLiteral(text)} AS ${quoteIdentifier(text)}`);
      });
      assert.equal(Object.entries(rows[0] ?? {}), [[text, text]]);
    }
  }
  await database.close();
});

test('a password never shows, in whatever form the address is given', () => {
  const addresses = [
    'postgresql://ada:secret@localhost:5432/db',
    'postgres://ada:secret@[::1]/db?sslmode=require',
    'postgresql://ada:sec/secret@host/db',
    'postgresql://ada:sec@secret@host/db',
    'postgresql://ada:12secret@host/db',
    'postgresql://ada@host/db?password=secret&x=1',
    'postgresql:///db?user=ada&password=secret',
    'host=localhost user=ada password=secret dbname=db',
    `host=localhost password='secret secret\\'secret' dbname=db`,
    'host=localhost password = secret',
  ];
  for (const address of addresses) {
    assert.not.match(safeUrl(address), 'secret');
    assert.match(safeUrl(address), '***');
  }
});

test('an address without a password stays as it is', () => {
  for (const address of [
    'postgresql://ada@host:5432/db',
    'postgresql://host:5432/db?application_name=a@b',
    'postgresql://host/db',
    'dbname=db',
  ]) {
    assert.is(safeUrl(address), address);
  }
});

test('addresses are read as libpq reads them', () => {
  const read = (text: string) => {
    const { host, port, user, database, password } = parseTarget(text);
    return [host, port, user, database, password];
  };
  assert.equal(read('postgresql://ada:p%40ss@db.example:6432/my%20db'), ['db.example', 6432, 'ada', 'my db', 'p@ss']);
  assert.equal(read('postgres://ada@[::1]/db'), ['::1', 5432, 'ada', 'db', undefined]);
  assert.equal(read('postgresql://ada@/db?host=/run/pg&port=5433'), ['/run/pg', 5433, 'ada', 'db', undefined]);
  assert.equal(read('postgresql://ada@%2Frun%2Fpg:5433/db'), ['/run/pg', 5433, 'ada', 'db', undefined]);
  assert.equal(read('postgresql:///?user=ada'), ['localhost', 5432, 'ada', 'ada', undefined]);
  assert.equal(read(`host=h port=1 user=ada dbname='a b' password='it\\'s'`), ['h', 1, 'ada', 'a b', "it's"]);
});

test('TLS is what sslmode says', () => {
  const ssl = (mode: string) => parseTarget(`postgresql://ada@host/db?sslmode=${mode}`).ssl;
  for (const mode of ['disable', 'allow', 'prefer']) assert.is(ssl(mode), false);
  assert.equal(ssl('require'), { rejectUnauthorized: false });
  assert.equal(ssl('verify-full'), { rejectUnauthorized: true });
  assert.throws(() => ssl('perhaps'), 'none of disable');
});

test.run();
