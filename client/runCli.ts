import { asFastpyError, type FastpyError, fail } from '../src/errors.ts';
import { identity } from '../src/protocol/identity.ts';
import { didYouMean } from '../src/protocol/nearest.ts';
import { checkArguments, readArguments, splitCommand } from './arguments.ts';
import type { Arguments, Command } from './command.ts';
import { commandNames, loadCommand } from './commands/index.ts';
import { interruption } from './interruption.ts';
import { openInvocation } from './invocation.ts';
import { createOutput, type Output } from './output.ts';
import { errorDocument, renderError } from './render/error.ts';
import { renderCommandHelp, renderHelp } from './render/help.ts';

const INTERRUPTED = 130;

/** Runs one command line of `fastpy` and returns its exit code; nothing is thrown. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const output = createOutput({ json: argv.includes('--json'), quiet: argv.includes('--quiet'), verbose: argv.includes('--verbose') });
  try {
    return await runCommandLine(argv, output);
  } catch (error) {
    return report(asFastpyError(error), output);
  }
}

async function runCommandLine(argv: readonly string[], output: Output): Promise<number> {
  const { name, rest } = splitCommand(argv);
  if (name === undefined || name === 'help') return runWithoutCommand(rest, output);
  const command = await loadCommand(name);
  if (command === undefined) throw unknownCommand(name);
  const given = readArguments(command, rest);
  if (given.values.help === true) return print(renderCommandHelp(command, output.paint), output);
  checkArguments(command, given);
  return runCommand(command, given, output);
}

async function runWithoutCommand(rest: readonly string[], output: Output): Promise<number> {
  const [first] = rest;
  if (first === '--version' || first === '-v') {
    const { packageVersion } = identity();
    output.value({ version: packageVersion }, packageVersion);
    return 0;
  }
  const command = first === undefined ? undefined : await loadCommand(first);
  if (command !== undefined) return print(renderCommandHelp(command, output.paint), output);
  const unknown = rest.find((word) => !['--help', '-h', '--json', '--quiet', '--verbose'].includes(word));
  if (unknown === undefined) return print(await renderHelp(output.paint), output);
  throw unknown.startsWith('-')
    ? fail('USAGE', { problem: `${unknown} needs a command`, help: 'Run `fastpy --help` for the list.' })
    : unknownCommand(unknown);
}

function unknownCommand(name: string): FastpyError {
  return fail('USAGE', {
    problem: `there is no command ${name}${didYouMean(name, commandNames)}`,
    help: 'Run `fastpy --help` for the list.',
  });
}

function print(text: string, output: Output): number {
  output.value({ help: text }, text);
  return 0;
}

async function runCommand(command: Command, given: Arguments, output: Output): Promise<number> {
  const interrupted = interruption(output, command);
  const open = openInvocation(given, { output, signal: interrupted.signal });
  try {
    const code = (await command.run(open.invocation)) ?? 0;
    return interrupted.signal.aborted && code === 0 && command.isEndless !== true ? finishedAnyway(output) : code;
  } finally {
    await open.close();
    interrupted.release();
  }
}

/** The work was done before the interruption could stop it: the result above is the truth. */
function finishedAnyway(output: Output): number {
  output.alert('interrupted, but the command had already finished');
  return INTERRUPTED;
}

function report(error: FastpyError, output: Output): number {
  if (output.json) output.value(errorDocument(error), '');
  else output.alert(renderError(error, output.paintNote));
  if (output.verbose && error.cause instanceof Error) output.alert(error.cause.stack ?? error.cause.message);
  return error.exitCode;
}
