import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { endpointOf } from '../../src/protocol/endpoint.ts';
import { packageCopy } from '../client/packageCopy.ts';
import { temporaryProject } from '../support/project.ts';
import { faultRow } from './faultRow.ts';

const COMMANDS = 50;

faultRow('R-02', { base: 2, servers: [18] }, async () => {
  const copy = packageCopy();
  return {
    run: async () => {
      const { root, remove } = temporaryProject();
      const runs = await Promise.all(Array.from({ length: COMMANDS }, () => copy.fastpy(['db:url'], { cwd: root })));
      const served = readFileSync(endpointOf(root).log, 'utf8').match(/"msg":"serving"/g);
      await copy.fastpy(['daemon', 'stop'], { cwd: root });
      remove();
      for (const ran of runs) assert.equal(ran, { code: 0, stdout: 'embedded\n', stderr: '' });
      assert.is(served?.length, 1);
    },
    end: async () => copy.remove(),
  };
});

test.run();
