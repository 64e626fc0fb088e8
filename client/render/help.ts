import { globalOptions } from '../arguments.ts';
import type { Command, Option } from '../command.ts';
import { commandGroups } from '../commands/index.ts';
import type { Paint } from '../output.ts';

const EXIT_CODES: readonly (readonly [number, string])[] = [
  [0, 'done, or nothing to do'],
  [1, 'failed'],
  [2, '--check found pending work, drift or model changes'],
  [3, 'refused: needs a confirmation or an answer'],
  [4, 'the lock was not obtained'],
  [5, 'daemon or transport'],
  [6, 'the database cannot be reached'],
  [7, 'history conflict: edited, missing, forked, out of order, or drift in the way'],
  [64, 'usage'],
  [130, 'interrupted'],
];

/** The list of all commands, grouped. */
export async function renderHelp(paint: Paint): Promise<string> {
  const groups = await Promise.all(Object.keys(commandGroups).map((title) => groupSection(title, paint)));
  const usage = 'Usage: fastpy COMMAND [options]';
  const more = 'fastpy COMMAND --help shows the options and examples of a command.';
  return [
    `fastpy: database migrations that are proved before you see them\n\n${usage}`,
    ...groups,
    optionSection('Options of every command', globalOptions, paint),
    exitSection(EXIT_CODES, paint),
    more,
  ].join('\n\n');
}

async function groupSection(title: string, paint: Paint): Promise<string> {
  const commands = await Promise.all(Object.values(commandGroups[title] ?? {}).map((load) => load()));
  return section(
    title,
    commands.map(({ name, positionals, summary }) => [[name, positionals].filter(Boolean).join(' '), summary] as const),
    paint,
  );
}

/** One command's usage, options, examples and exit codes. */
export function renderCommandHelp(command: Command, paint: Paint): string {
  const usage = ['fastpy', command.name, command.positionals, '[options]'].filter((part) => part !== undefined).join(' ');
  const own = command.options === undefined ? [] : [optionSection('Options', command.options, paint)];
  const ownCodes = new Map(command.exitCodes);
  const codes = EXIT_CODES.filter(([code]) => [0, 1, 64].includes(code) && !ownCodes.has(code)).concat([...ownCodes]);
  return [
    `${command.summary}\n\nUsage: ${usage}`,
    ...own,
    section('Examples', command.examples, paint),
    optionSection('Options of every command', globalOptions, paint),
    exitSection(
      codes.toSorted(([one], [other]) => one - other),
      paint,
    ),
  ].join('\n\n');
}

function optionSection(title: string, options: Readonly<Record<string, Option>>, paint: Paint): string {
  return section(
    title,
    Object.entries(options).map(([name, option]) => [optionName(name, option), option.help] as const),
    paint,
  );
}

function optionName(name: string, { short, value, multiple }: Option): string {
  const long = `--${name}${value === undefined ? '' : ` ${value}`}${multiple === true ? ' …' : ''}`;
  return short === undefined ? long : `-${short}, ${long}`;
}

function exitSection(codes: readonly (readonly [number, string])[], paint: Paint): string {
  return section(
    'Exit codes',
    codes.map(([code, when]) => [String(code), when] as const),
    paint,
  );
}

function section(title: string, rows: readonly (readonly [string, string])[], paint: Paint): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return [`${paint('bold', title)}:`, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)].join('\n');
}
