import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'uvu';
import { finish, migrate, patient, withVictim } from '../migration/faults.ts';
import { faultRow } from './faultRow.ts';
import { historyOf } from './histories.ts';
import { startOwnServer } from './ownServer.ts';

faultRow('R-12', { base: 2 }, async (like) => {
  const server = await startOwnServer(like);
  const work = await patient(historyOf(8), server);
  const begun = performance.now();
  await withVictim(work, 'up', (url) => migrate(work, url, 'up'));
  const usualMs = performance.now() - begun;
  return {
    run: ({ random }) =>
      withVictim(work, 'up', async (url) => {
        const running = migrate(work, url, 'up').catch(() => undefined);
        await delay(random() * usualMs);
        await server.restart();
        await running;
        await finish(work, url, 'up');
      }),
    end: async () => {
      await work.end();
      await server.stop();
    },
  };
});

test.run();
