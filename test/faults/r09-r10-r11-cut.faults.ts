import { test } from 'uvu';
import type { Cluster } from '../../src/postgres/cluster.ts';
import { breakConnection, type Direction, logged, patient } from '../migration/faults.ts';
import type { Fault } from '../support/faultyProxy.ts';
import { faultRow, type Prepared, type Random } from './faultRow.ts';
import { historyOf, idOf } from './histories.ts';

const COMMIT = /^Q....COMMIT/s;

const cut =
  (history: Readonly<Record<string, string>>, faultOf: (random: Random, requests: number) => Fault, only?: Direction) =>
  async (server: Cluster): Promise<Prepared> => {
    const work = await patient(history, server);
    return {
      run: ({ random }) => {
        const direction = only ?? (random() < 0.7 ? 'up' : 'down');
        return breakConnection(work, direction, faultOf(random, work.clean[direction].requests));
      },
      end: () => work.end(),
    };
  };

/** The history is short, so that each COMMIT of it comes to its turn. */
const atCommit = (moment: Fault['moment']) => cut(historyOf(5), (random) => ({ request: COMMIT, skip: Math.floor(random() * 5), moment }));

faultRow('R-09', { base: 3 }, atCommit('before'));
faultRow('R-10', { base: 3 }, atCommit('answered'));

/** Everything that refuses a transaction, between statements that count. */
const APART = {
  [idOf(0)]: `up: [sql\`CREATE TABLE log (name text); CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 100)\`,
    sql\`CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (9)\`],
    down: [sql\`DROP TABLE p, t, log\`]`,
  [idOf(1)]: `transaction: false, up: [${logged('a')}, sql\`CREATE UNIQUE INDEX CONCURRENTLY t_id ON t (id)\`, ${logged('b')},
    sql\`REINDEX INDEX CONCURRENTLY t_id\`, sql\`VACUUM t\`, ${logged('c')}, sql\`ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY\`, ${logged('d')}],
    down: [sql\`ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (1) TO (9)\`, sql\`DROP INDEX CONCURRENTLY IF EXISTS t_id\`]`,
};

/** Statements that refuse a transaction are asked for twice: first inside of one. */
const STATEMENTS = [/^Q....CREATE UNIQUE/s, /^Q....REINDEX/s, /^Q....VACUUM/s, /^Q....ALTER TABLE p DETACH/s];

/** At one of these statements, or anywhere. */
function inTheMiddle(random: Random, requests: number): Fault {
  const moment = random() < 0.5 ? 'before' : 'answered';
  const request = STATEMENTS[Math.floor(random() * 2 * STATEMENTS.length)];
  return request === undefined ? { request: 1 + Math.floor(random() * requests), moment } : { request, skip: 1, moment };
}

faultRow('R-11', { base: 8 }, cut(APART, inTheMiddle, 'up'));

test.run();
