import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { proveMigrations } from '../../src/commands/proof.ts';
import { managedView } from '../../src/diff/managed.ts';
import { Shadow } from '../../src/shadow/shadow.ts';
import { withServer } from '../support/servers.ts';
import { testHistory } from './history.ts';

test('what cannot be run twice on a server refuses those behind it, and leaves no scratch database', async () => {
  const shadow = await Shadow.open(await withServer(18), 'postgres');
  const history = await testHistory({
    '20260101000000_a': 'transaction: false, up: [sql`CREATE DATABASE twice`], down: [sql`SELECT nothing`]',
    '20260102000000_b': 'up: [sql`CREATE TABLE b ()`]',
  });
  const options = { root: history.project.root, view: managedView(['*']) };
  const verdicts = await Array.fromAsync(proveMigrations(shadow, await history.read(), options));
  assert.equal(
    verdicts.map(({ id, up, down }) => [id, up, down]),
    [
      ['20260101000000_a', 'proven', 'refused'],
      ['20260102000000_b', 'refused', 'not reached'],
    ],
  );
  assert.match(JSON.stringify(verdicts[1]?.failure), 'already exists');
  assert.equal(await shadow.names('fastpyd_scratch_'), []);
  await history.end();
  await shadow.close();
});

test.run();
