/** The settings file as client and daemon find and read it: no dependencies, so that the client starts fast. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../errors.ts';

export const CONFIG_FILE = 'fastpyd.config.json';

/**
 * The project at or above a folder: the nearest one with a `fastpyd.config.json`, symbolic links resolved.
 * @throws PROJECT_NOT_FOUND
 */
export function findProject(from: string): string {
  const start = resolve(from);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, CONFIG_FILE))) return realpathSync(folder);
    if (folder === dirname(folder)) throw fail('PROJECT_NOT_FOUND', { from: start });
  }
}

/** What the settings file holds: its text and the value it parses to. */
export interface ProjectFile {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
}

/**
 * Reads a project's settings file as JSON; its shape is not looked at.
 * @throws CONFIG_INVALID  with line and column, when it is not JSON
 */
export function readProjectFile(root: string): ProjectFile {
  const file = join(root, CONFIG_FILE);
  const text = readText(file);
  try {
    return { file, text, value: JSON.parse(text) };
  } catch (error) {
    const { line, column } = syntaxErrorPlace(text, error);
    const problem = `line ${line}, column ${column}: ${sentence(error)}`;
    throw fail('CONFIG_INVALID', { file, problems: [problem] }, { cause: error, location: { file, line, column } });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw fail('CONFIG_INVALID', { file, problems: [`it cannot be read: ${(error as Error).message}`] }, { cause: error });
  }
}

/** Without V8's excerpt of the file, which may hold a password. */
function sentence(error: unknown): string {
  const message = (error as Error).message;
  return message
    .replace(/, (\.\.\.)?".*$/s, ' is not valid JSON')
    .replace(/ in JSON at position.*$/s, '')
    .replace('JSON input', 'the file');
}

function syntaxErrorPlace(text: string, error: unknown): { line: number; column: number } {
  const stated = /at position (\d+)/.exec((error as Error).message)?.[1];
  const lines = text.slice(0, stated === undefined ? badPrefix(text) : Number(stated)).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

/** V8 names no position for an unexpected token: the shortest prefix that has one ends at it. */
function badPrefix(text: string): number {
  let good = 0;
  let bad = text.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (hasUnexpectedToken(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return good;
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return (error as Error).message.startsWith('Unexpected token') || (error as Error).message.startsWith('Unexpected non-whitespace');
  }
}
