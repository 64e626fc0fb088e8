/** `node bench/faults/run.ts [--runs 10]`: gives the same faults to fastpyd and to its peers, and prints what each did with them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { installInto } from '../peers/installPeers.ts';
import { writeFiles } from '../schema/writeFiles.ts';
import { type Server, startServer } from '../support/databases.ts';
import { endInOrder } from '../support/ending.ts';
import { describeMachine } from '../support/machine.ts';
import { temporaryFolder } from '../support/project.ts';
import { FOLDER, type Step, type Tool, tools, VERSIONS, writeProject } from './tools.ts';

const PROCESSES = 20;
const LONG_SELECT_MS = 10_000;

/** What a fault is given to. */
interface Victim {
  readonly root: string;
  readonly url: string;
  readonly tool: Tool;
  /** Begins a run; its end is awaited by `ended`. */
  start(): Running;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
}

interface Fault {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Are all but the first migration written later? */
  readonly isLater?: boolean;
  /** How often it is given; once by default. */
  readonly isRepeated?: boolean;
  /** What came of it, e.g. `ok`. */
  give(victim: Victim, share: number): Promise<string>;
}

const noted = (name: string): string => `INSERT INTO log VALUES ('${name}')`;
const first: Step = {
  name: 'first',
  sql: `CREATE TABLE log (name text); CREATE TABLE t (id int); INSERT INTO t SELECT generate_series(1, 1000); ${noted('first')}`,
};
const MANY: readonly Step[] = [
  first,
  ...Array.from({ length: 19 }, (_, index) => ({
    name: `m${index}`,
    sql: `CREATE TABLE t${index} (id int); SELECT pg_sleep(0.03); ${noted(`m${index}`)}`,
  })),
];
const INDEX: readonly Step[] = [
  first,
  { name: 'index', sql: 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_id ON t (id)', isApart: true },
];
const ALTER: readonly Step[] = [first, { name: 'column', sql: 'ALTER TABLE t ADD COLUMN more int' }];

const faults: readonly Fault[] = [
  {
    name: 'R-01: killed (`kill -9`) in a run of 20 migrations, and run again: each there exactly once',
    steps: MANY,
    isRepeated: true,
    give: async (victim, share) => {
      const { child, ended } = victim.start();
      await delay(300 + 1_500 * share);
      child.kill('SIGKILL');
      await ended;
      return (await endsWell(victim)) ?? onceEach(victim, MANY);
    },
  },
  {
    name: `R-03: ${PROCESSES} processes at once: all end well, each migration there once`,
    steps: MANY,
    give: async (victim) => {
      const runs = await Promise.all(Array.from({ length: PROCESSES }, () => victim.start().ended));
      const failed = runs.filter(({ code }) => code !== 0);
      return failed.length > 0 ? `${failed.length} of ${PROCESSES} failed` : onceEach(victim, MANY);
    },
  },
  {
    name: 'R-13: a unique index built concurrently over duplicates; they are removed, and it is run again: the index is valid',
    steps: INDEX,
    isLater: true,
    give: async (victim) => {
      await endsWell(victim);
      await query(victim.url, 'INSERT INTO t VALUES (7)');
      rewrite(victim, INDEX);
      const { code } = await victim.start().ended;
      if (code === 0) return 'said that it was applied';
      await query(victim.url, 'DELETE FROM t WHERE ctid = (SELECT max(ctid) FROM t WHERE id = 7)');
      return (await endsWell(victim)) ?? validIndex(victim);
    },
  },
  {
    name: 'R-14: the session of a concurrent build ended, and run again: the index is valid',
    steps: INDEX,
    isLater: true,
    give: async (victim) => {
      await endsWell(victim);
      rewrite(victim, INDEX);
      const snapshot = await connect(victim.url);
      await snapshot.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM log');
      const { ended } = victim.start();
      const building = `FROM pg_stat_progress_create_index WHERE phase LIKE 'waiting%'`;
      for (let tries = 0; tries < 200 && (await query(victim.url, `SELECT 1 ${building}`)).length === 0; tries++) await delay(50);
      await query(victim.url, `SELECT pg_terminate_backend(pid) ${building}`);
      await snapshot.end();
      await ended;
      return (await endsWell(victim)) ?? validIndex(victim);
    },
  },
  {
    name: `R-16: the longest wait of a reader behind an ALTER TABLE, which waits for a SELECT of ${LONG_SELECT_MS / 1000} s`,
    steps: ALTER,
    isLater: true,
    give: async (victim) => {
      await endsWell(victim);
      rewrite(victim, ALTER);
      const select = await connect(victim.url);
      const selecting = select.query(`SELECT pg_sleep(${LONG_SELECT_MS / 1000}) FROM (SELECT FROM t LIMIT 1) one`);
      const { ended } = victim.start();
      const until = Date.now() + LONG_SELECT_MS;
      let longest = 0;
      while (Date.now() < until) {
        const began = Date.now();
        await query(victim.url, 'SELECT 1 FROM t LIMIT 1');
        longest = Math.max(longest, Date.now() - began);
        await delay(20);
      }
      await Promise.all([selecting, ended]);
      await select.end();
      return `${(longest / 1000).toFixed(1)} s`;
    },
  },
  {
    name: 'R-24: a file edited after it was applied: the next run says so',
    steps: ALTER,
    give: async (victim) => {
      await endsWell(victim);
      for (const file of globSync('{migrations,drizzle}/**/*column.*', { cwd: victim.root }).map((name) => join(victim.root, name)))
        writeFileSync(file, readFileSync(file, 'utf8').replace('more int', 'more bigint'));
      const { code } = await victim.start().ended;
      return code === 0 ? 'not noticed' : 'ok';
    },
  },
];

/** The same project with fewer or more migrations. */
const rewrite = ({ root, tool, url }: Victim, steps: readonly Step[]): void => writeFiles(root, tool.files(steps, url));

/** Undefined where it does; else how not. */
async function endsWell(victim: Victim): Promise<string | undefined> {
  const { code, said } = await victim.start().ended;
  return code === 0
    ? undefined
    : `fails for ever: ${
        said
          .trim()
          .split('\n')
          .find((line) => /error/i.test(line))
          ?.slice(0, 100) ?? `exit ${code}`
      }`;
}

async function onceEach({ url }: Victim, steps: readonly Step[]): Promise<string> {
  const rows = await query(url, 'SELECT name FROM log');
  const names = new Set(rows.map(({ name }) => name));
  return rows.length === steps.length && names.size === steps.length ? 'ok' : `${rows.length} runs of ${steps.length} migrations`;
}

async function validIndex({ url }: Victim): Promise<string> {
  const [index] = await query(url, `SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('t_id')`);
  return index?.indisvalid === true ? 'ok' : index === undefined ? 'no index' : 'said that it was applied, with an INVALID index';
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function query(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = await connect(url);
  return client
    .query(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

function start({ root, tool, url }: Omit<Victim, 'start'>): Running {
  const [program, ...options] = tool.command;
  const child = spawn(program, options, { cwd: root, env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(([out, error, [code]]) => ({
    code,
    said: error + out,
  }));
  return { child, ended };
}

let databases = 0;

async function giveOnce(server: Server, fault: Fault, tool: Tool, share: number): Promise<string> {
  await using folder = temporaryFolder();
  const victim = { root: folder.root, url: await server.database(`fault${databases++}`), tool };
  writeProject(victim.root, tool, fault.isLater === true ? fault.steps.slice(0, 1) : fault.steps, victim.url);
  return await fault.give({ ...victim, start: () => start(victim) }, share);
}

async function outcome(server: Server, fault: Fault, tool: Tool, runs: number): Promise<string> {
  if (!tool.runsApart && fault.steps.some(({ isApart }) => isApart)) return 'cannot be written';
  if (fault.isRepeated !== true) return giveOnce(server, fault, tool, 0);
  const outcomes: string[] = [];
  for (let run = 0; run < runs; run++) outcomes.push(await giveOnce(server, fault, tool, (run + 0.5) / runs));
  const bad = outcomes.filter((one) => one !== 'ok');
  return bad.length === 0 ? `ok, ${runs} of ${runs}` : `${runs - bad.length} of ${runs}; ${[...new Set(bad)].join('; ')}`;
}

endInOrder();
const { values } = parseArgs({ options: { runs: { type: 'string', default: '10' } } });
await installInto(FOLDER, VERSIONS);
console.log(`${JSON.stringify(describeMachine())}; ${JSON.stringify(VERSIONS)}`);
console.log(`| fault | ${tools.map(({ name }) => name).join(' | ')} |\n|---|${'---|'.repeat(tools.length)}`);
await using server = await startServer();
for (const fault of faults) {
  const cells: string[] = [];
  for (const tool of tools) cells.push(await outcome(server, fault, tool, Number(values.runs)));
  console.log(`| ${fault.name} | ${cells.join(' | ')} |`);
}
