/** `node bench/seed/run.ts [--rows 100000,1000000]`: fills one table in every way, each as a whole process; prints times, ratios and memory. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installInto, PEERS } from '../peers/installPeers.ts';
import { writeFiles } from '../schema/writeFiles.ts';
import { runTimed } from '../support/command.ts';
import { execute, startServer } from '../support/databases.ts';
import { endInOrder } from '../support/ending.ts';
import { FASTPY } from '../support/installed.ts';
import { describeMachine, loadNow } from '../support/machine.ts';
import { processTree, proportionalMib } from '../support/processTree.ts';
import { temporaryFolder } from '../support/project.ts';
import { COPY, DRIZZLE, EXPORT, FAKER, MODEL, readySeeder, TABLE } from './scripts.ts';

const VERSIONS = {
  '@faker-js/faker': '10.6.0',
  'drizzle-orm': '0.45.4',
  'drizzle-seed': '0.3.1',
  pg: '8.23.1',
  'pg-copy-streams': '7.0.0',
} as const;
const FOLDER = join(PEERS, 'seed');
const MEMORY_EVERY_MS = 100;

endInOrder();
await main();

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000,1000000' } } });
  await install();
  console.log(`${JSON.stringify(describeMachine())}, load ${loadNow().join(' ')}`);
  for (const rows of values.rows.split(',').map(Number)) await measure(rows);
}

async function install(): Promise<void> {
  await installInto(FOLDER, VERSIONS);
  writeFiles(FOLDER, { 'drizzle.mjs': DRIZZLE, 'faker.mjs': FAKER, 'copy.mjs': COPY, 'export.mjs': EXPORT });
}

function fastpy(root: string, url: string): readonly [string, ...string[]] {
  return [...FASTPY, 'db:seed', '--no-daemon', '--project', root, '--database-url', url];
}

interface Way {
  readonly name: string;
  readonly command: (url: string) => readonly [string, ...string[]];
}

async function measure(rows: number): Promise<void> {
  await using server = await startServer();
  await using folder = temporaryFolder();
  await using project = temporaryFolder();
  await using ready = temporaryFolder();
  writeFiles(project.root, { 'fastpyd.config.json': '{}\n', 'models/people.sql': `${TABLE};\n` });
  const file = join(folder.root, 'rows.copy');
  writeFiles(ready.root, {
    'fastpyd.config.json': '{}\n',
    'package.json': '{"private":true,"type":"module"}\n',
    'models/person.ts': MODEL,
    'seeders/person_seeder.ts': readySeeder(file),
  });
  const script = (name: string) => (url: string) => [process.execPath, join(FOLDER, name), url, String(rows), file] as const;
  const ways: readonly Way[] = [
    {
      name: 'fastpy db:seed --auto',
      command: (url) => [...fastpy(project.root, url), '--auto', '--count', String(rows), '--random-seed', '1'],
    },
    { name: 'fastpy db:seed of ready rows', command: (url) => fastpy(ready.root, url) },
    { name: 'raw COPY of ready rows', command: script('copy.mjs') },
    { name: 'faker + INSERT', command: script('faker.mjs') },
    { name: 'drizzle-seed', command: script('drizzle.mjs') },
  ];
  let first: number | undefined;
  for (const [index, { name, command }] of ways.entries()) {
    const url = await server.database(`seed${index}`);
    await execute(url, [TABLE]);
    const { seconds, cpuSeconds, peakMib } = await runWatched(command(url));
    // A way that made fewer is none: this divides by zero then.
    await execute(url, [`SELECT 1 / (count(*) = ${rows})::int FROM people`]);
    // What the first way made is what lies ready for COPY.
    if (index === 0) await runTimed([process.execPath, join(FOLDER, 'export.mjs'), url, file]);
    first ??= seconds;
    console.log(
      `${rows} rows, ${name}: ${seconds.toFixed(2)} s (${(seconds / first).toFixed(2)} x), ${cpuSeconds.toFixed(2)} s CPU of its own, peak memory ${Math.round(peakMib)} MiB`,
    );
  }
}

/** Memory is that of the process and its children, without servers, whose share is the same in every way. */
async function runWatched([program, ...options]: readonly [string, ...string[]]): Promise<{
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMib: number;
}> {
  const started = performance.now();
  const child = spawn(program, options, { stdio: ['ignore', 'ignore', 'inherit'] });
  let peakMib = 0;
  let cpuSeconds = 0;
  const watching = setInterval(() => {
    const nodes = processTree(child.pid ?? 0).filter(({ name }) => /^node|^MainThread/.test(name));
    cpuSeconds = Math.max(
      cpuSeconds,
      nodes.reduce((sum, { cpuMs }) => sum + cpuMs / 1000, 0),
    );
    peakMib = Math.max(
      peakMib,
      nodes.reduce((sum, { pid }) => sum + proportionalMib(pid), 0),
    );
  }, MEMORY_EVERY_MS);
  const [code] = await once(child, 'close');
  clearInterval(watching);
  if (code !== 0) throw new Error(`${program} ${options.join(' ')} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds, peakMib };
}
