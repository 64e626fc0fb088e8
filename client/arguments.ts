import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { fail } from '../src/errors.ts';
import { didYouMean } from '../src/protocol/nearest.ts';
import type { Arguments, Command, Option, OptionValues } from './command.ts';

/** What every command takes. */
export const globalOptions: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: 'one JSON document on standard output' },
  project: { type: 'string', value: 'DIR', help: 'the project, instead of the folder above here that has a fastpyd.config.json' },
  'database-url': {
    type: 'string',
    value: 'URL',
    help: 'the database, before DATABASE_URL and the settings; "embedded" for the private one',
  },
  'no-daemon': { type: 'boolean', help: 'run in this process: same output, nothing left behind' },
  quiet: { type: 'boolean', help: 'print nothing but errors and what was asked for' },
  verbose: { type: 'boolean', help: 'say more on standard error' },
  help: { type: 'boolean', short: 'h', help: 'show help' },
};

/**
 * Splits a command line into the command's name and the rest; options that every command takes may stand before the name.
 */
export function splitCommand(argv: readonly string[]): { name: string | undefined; rest: readonly string[] } {
  const index = argv.findIndex((word, position) => !word.startsWith('-') && !isValueOf(argv[position - 1]));
  if (index < 0) return { name: undefined, rest: argv };
  return { name: argv[index], rest: argv.toSpliced(index, 1) };
}

function isValueOf(option: string | undefined): boolean {
  return option?.startsWith('--') === true && globalOptions[option.slice(2)]?.type === 'string';
}

/**
 * Reads a command's options and positional arguments.
 * @throws USAGE  naming the nearest option when one is unknown
 */
export function readArguments(command: Command, rest: readonly string[]): Arguments {
  const options = { ...globalOptions, ...command.options };
  const { tokens } = parseArgs({ args: [...rest], options: configOf(options), allowPositionals: true, strict: false, tokens: true });
  const values: Record<string, string | boolean | string[]> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') assign(values, readOption(token, options, command), { token, options, command });
  }
  return { values, positionals };
}

function configOf(options: Readonly<Record<string, Option>>): ParseArgsOptionsConfig {
  return Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple }]) => [
      name,
      { type, multiple: multiple === true, ...(short === undefined ? {} : { short }) },
    ]),
  );
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readOption(
  token: OptionToken,
  options: Readonly<Record<string, Option>>,
  command: Command,
): { name: string; value: string | boolean } {
  const option = options[token.name];
  if (option === undefined) {
    const known = Object.keys(options).map((name) => `--${name}`);
    throw usage(command, `${command.name} has no option ${token.rawName}${didYouMean(token.rawName, known)}`);
  }
  if (option.type === 'boolean') {
    if (token.value !== undefined) throw usage(command, `${token.rawName} takes no value`);
    return { name: token.name, value: true };
  }
  return { name: token.name, value: stringValue(token, option, command) };
}

/** A value that looks like an option is most likely the next option, unless it was joined with `=`; a negative number is a value. */
function stringValue(token: OptionToken, option: Option, command: Command): string {
  const { value, rawName, inlineValue } = token;
  const isMissing = value === undefined || (inlineValue !== true && /^-[^\d\s]\S*$/.test(value));
  if (isMissing) throw usage(command, `${rawName} needs a value: ${rawName} ${option.value ?? 'VALUE'}`);
  if (value.trim() === '') throw usage(command, `the value of ${rawName} is empty`);
  return value;
}

interface Assignment {
  readonly token: OptionToken;
  readonly options: Readonly<Record<string, Option>>;
  readonly command: Command;
}

/** The values are not repeated: one of them may be a URL with its password. */
function assign(
  values: Record<string, string | boolean | string[]>,
  { name, value }: { name: string; value: string | boolean },
  { token, options, command }: Assignment,
): void {
  const earlier = values[name];
  if (options[name]?.multiple === true) {
    values[name] = [...(Array.isArray(earlier) ? earlier : []), String(value)];
    return;
  }
  if (earlier !== undefined && earlier !== value)
    throw usage(command, `${token.rawName} is given twice, with different values; ${command.name} takes one`);
  values[name] = value;
}

/**
 * Checks the number of positional arguments and whatever else the command asks for.
 * @throws USAGE
 */
export function checkArguments(command: Command, given: Arguments): void {
  const { least, most } = command.arity ?? { least: 0, most: 0 };
  const extra = given.positionals[most];
  if (extra !== undefined)
    throw usage(
      command,
      `${command.name} takes ${most === 0 ? 'no' : `at most ${most}`} arguments; "${extra}" is one too many (quote a text with spaces)`,
    );
  if (given.positionals.length < least) throw usage(command, `${command.name} needs ${command.positionals ?? 'an argument'}`);
  if (given.positionals.some((word) => word.trim() === '')) throw usage(command, `an argument of ${command.name} is empty`);
  assertNoneContradicts(command, given.values);
  command.check?.(given);
}

function assertNoneContradicts(command: Command, values: OptionValues): void {
  for (const [name, { notWith }] of Object.entries(command.options ?? {}))
    if (notWith !== undefined && values[name] !== undefined && values[notWith] !== undefined)
      throw usage(command, `--${notWith} and --${name} do not go together`);
}

function usage(command: Command, problem: string): Error {
  return fail('USAGE', { problem, help: `Run \`fastpy ${command.name} --help\` for its options and examples.` });
}

/** An option's text, or undefined when it was not given. */
export function textOption(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** True when a flag was given, else undefined, which the wire leaves out. */
export function flagOption(values: OptionValues, name: string): true | undefined {
  return values[name] === true ? true : undefined;
}

/** Every value of an option that may be repeated. */
export function listOption(values: OptionValues, name: string): readonly string[] | undefined {
  const value = values[name];
  return Array.isArray(value) ? value : undefined;
}

const MOST = 999_999_999;

/**
 * A whole number that counts something.
 * @throws USAGE  unless it is at least `least` (1 when absent)
 */
export function countOption(values: OptionValues, name: string, least = 1): number | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least) return number;
  throw fail('USAGE', { problem: `--${name} takes a whole number from ${least} to ${MOST}; "${text}" is not one` });
}

/**
 * A number from 0 on, with a fraction or without.
 * @throws USAGE  unless it is at most `most`
 */
export function numberOption(values: OptionValues, name: string, most: number): number | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const number = /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  if (number <= most) return number;
  throw fail('USAGE', { problem: `--${name} takes a number from 0 to ${most}; "${text}" is not one` });
}
