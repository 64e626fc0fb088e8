import { test } from 'uvu';
import { type Direction, killProcess, patient } from '../migration/faults.ts';
import { faultRow } from './faultRow.ts';
import { historyOf } from './histories.ts';

const killedAnywhere = (direction: Direction) => async (server: Parameters<typeof patient>[1]) => {
  const work = await patient(historyOf(20), server);
  const { requests } = work.clean[direction];
  return {
    run: ({ random }: { readonly random: () => number }) => killProcess(work, direction, 1 + Math.floor(random() * requests)),
    end: () => work.end(),
  };
};

faultRow('R-01', { base: 3 }, killedAnywhere('up'));
faultRow('R-35', { base: 2 }, killedAnywhere('down'));

test.run();
