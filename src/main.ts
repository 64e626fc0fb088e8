/** The `fastpyd` command: runs the project's daemon when it is imported, in the foreground or for a client in the background. */
import { parseArgs } from 'node:util';
import { asFastpyError, fail } from './errors.ts';
import { runDaemon } from './lifecycle/runDaemon.ts';
import { runInForeground } from './lifecycle/runInForeground.ts';
import { identity } from './protocol/identity.ts';
import { findProject } from './protocol/projectFile.ts';

const HELP = `fastpyd: watches a project's models and serves fastpy and editors

Usage: fastpyd [options]

Any fastpy command starts it by itself; started by hand it tells what it is doing until Ctrl-C.

Options:
  --project DIR  the project, instead of the folder above here that has a fastpyd.config.json
  --background   say nothing; end at once when another one runs (as fastpy starts it)
  --version      print the version
  -h, --help     show help

Examples:
  fastpyd                    serve the project of this folder
  fastpyd --project ../shop  serve another one

Exit codes:
  0   ended as asked
  1   failed
  5   another one runs already
  64  usage`;

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help === true) return print(HELP);
  if (options.version === true) return print(identity().packageVersion);
  const root = findProject(options.project ?? process.cwd());
  return options.background === true ? runDaemon(root, { background: true }) : runInForeground(root);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        project: { type: 'string' },
        background: { type: 'boolean' },
        version: { type: 'boolean', short: 'v' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw fail('USAGE', { problem: (error as Error).message, help: 'Run `fastpyd --help` for its options.' }, { cause: error });
  }
}

function print(text: string): number {
  console.log(text);
  return 0;
}

function report(thrown: unknown): number {
  const error = asFastpyError(thrown);
  console.error(`error: ${error.message} [${error.code}]${error.hint === undefined ? '' : `\nhint: ${error.hint}`}`);
  if (error.code === 'INTERNAL' && thrown instanceof Error) console.error(thrown.stack);
  return error.exitCode;
}

process.exit(await main().catch(report));
