import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryEmbedded } from './embedded.ts';
import type { TemporaryProject } from './project.ts';

const CLI = join(import.meta.dirname, '..', '..', 'client', 'cli.ts');

/**
 * Performs the commands of a script (its lines that begin with `$ `) in a new project and returns the script with what they print.
 * `$ edit FILE` changes a file: of its indented lines, the first is looked for, and those behind a `+` or `-` are added after it or removed.
 */
export function perform(script: string): string {
  const project = temporaryEmbedded();
  rmSync(project.path('fastpyd.config.json'));
  try {
    return `${stepsOf(script)
      .map((step) => performStep(project, step))
      .join('\n\n')}\n`;
  } finally {
    fastpy(project, 'daemon stop');
    project.remove();
  }
}

/** The script with everything that differs from run to run replaced: times, durations, ports, folders. */
export function normalise(transcript: string): string {
  return transcript
    .replaceAll(/\b\d{14}(?=_)/g, 'TIME')
    .replaceAll(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?\S*/g, 'DATE')
    .replaceAll(/\b[\d.]+ m?s\b/g, 'N ms')
    .replaceAll(/\b(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')
    .replaceAll(/fastpyd[-_]test[-_]\w+/g, 'PROJECT')
    .replaceAll(/PostgreSQL \d[\d.]*/g, 'PostgreSQL N')
    .replaceAll(/(--random-seed|seed) \d+/g, '$1 N');
}

interface Step {
  readonly command: string;
  /** What stands under it: an edit's lines, or the output of an earlier performance. */
  readonly below: readonly string[];
}

function stepsOf(script: string): readonly Step[] {
  return script
    .split(/^\$ /m)
    .slice(1)
    .map((text) => text.trimEnd().split('\n'))
    .map(([command = '', ...below]) => ({ command, below }));
}

function performStep(project: TemporaryProject, { command, below }: Step): string {
  const [verb, file = ''] = command.split(' ');
  if (verb !== 'edit') return `$ ${command}\n${fastpy(project, command.replace(/^fastpy /, ''))}`;
  edit(project, file, below);
  return [`$ ${command}`, ...below].join('\n');
}

function fastpy(project: TemporaryProject, args: string): string {
  const shell = `exec "$0" "$1" ${args} 2>&1`;
  const env = { ...process.env, NO_COLOR: '1', DATABASE_URL: 'embedded' };
  const { stdout, status } = spawnSync('sh', ['-c', shell, process.execPath, CLI], { cwd: project.root, env, encoding: 'utf8' });
  return `${stdout.trimEnd()}${status === 0 ? '' : `\n[exit ${status}]`}`;
}

function edit(project: TemporaryProject, file: string, lines: readonly string[]): void {
  const [anchor = '', ...changes] = lines.map((line) => line.trim());
  const text = readFileSync(project.path(file), 'utf8').split('\n');
  const at = text.findIndex((line) => line.trim() === anchor);
  if (at < 0) throw new Error(`${file} has no line ${anchor}`);
  const indentation = /^ */.exec(text[at] ?? '')?.[0] ?? '';
  for (const change of changes) {
    const line = `${indentation}${change.slice(1).trim()}`;
    if (change.startsWith('+')) text.splice(at + 1, 0, line);
    else text.splice(text.indexOf(line), 1);
  }
  project.write(file, text.join('\n'));
}
