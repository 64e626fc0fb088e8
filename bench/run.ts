/** `npm run bench`: measures everything in one run on this machine, and writes the result as JSON. See `--help`. */
import { identity } from '../src/protocol/identity.ts';
import { QUIET_MS } from '../src/watch/watcher.ts';
import { measureAll, NAMES } from './measureAll.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { PEER_VERSIONS } from './peers/installPeers.ts';
import { renderTables } from './report/tables.ts';
import { type Result, writeResult } from './result.ts';
import { startDaemon } from './support/daemon.ts';
import { endInOrder } from './support/ending.ts';
import { build } from './support/installed.ts';
import { commitNow, describeMachine, loadNow } from './support/machine.ts';
import { say } from './support/progress.ts';
import { createProject } from './support/project.ts';
import { DATABASE } from './support/suggestions.ts';

const USAGE = 64;
const BUSY_SHARE = 0.3;

endInOrder();
process.exitCode = await main();

async function main(): Promise<number> {
  const options = parse();
  if (typeof options === 'number') return options;
  if (!options.skipBuild) build();
  const result = await measure(options);
  console.log(renderTables(result));
  console.log(`\nWrote ${writeResult(result, options.out)}`);
  return result.series.some(({ samples, note }) => samples.length === 0 && !/^not available/.test(note ?? '')) ? 1 : 0;
}

function parse(): Options | number {
  try {
    const options = readOptions(process.argv.slice(2), NAMES);
    if (options !== 'help') return options;
    console.log(HELP);
    return 0;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return USAGE;
  }
}

async function measure(options: Options): Promise<Result> {
  const machine = describeMachine();
  const before = loadNow();
  const startedAt = new Date().toISOString();
  if ((before[0] ?? 0) > machine.cores * BUSY_SHARE) say(`something else is running: the load is ${before[0]}; times will be too long`);
  const versions = await versionsHere();
  const series = await measureAll(options);
  return {
    schemaVersion: 1,
    startedAt,
    finishedAt: new Date().toISOString(),
    machine,
    versions,
    load: { before, after: loadNow() },
    debounceMs: QUIET_MS,
    seed: options.seed,
    series,
  };
}

async function versionsHere(): Promise<Result['versions']> {
  await using project = createProject([]);
  await using daemon = await startDaemon(project);
  const { database } = await daemon.client.request('db.status', { database: DATABASE });
  const commit = commitNow();
  return {
    fastpyd: identity().packageVersion,
    ...(commit === undefined ? {} : { commit }),
    PostgreSQL: database.serverVersion,
    ...PEER_VERSIONS,
  };
}
