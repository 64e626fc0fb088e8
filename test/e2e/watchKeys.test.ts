/** `fastpy watch` on a terminal of its own: what its keys do. */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openScratch } from '../../src/database/scratch.ts';
import { atExit } from '../support/atExit.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { type CliProject, cliProject } from './cliProject.ts';

const CLI = join(import.meta.dirname, '../../client/cli.ts');
const hasScript = spawnSync('script', ['--version']).status === 0;
const LIMIT_MS = 30_000;

let project: CliProject;
let terminal: ChildProcessWithoutNullStreams;
let shown = '';

/** Waits for a text on the screen, behind what was waited for before. */
async function shows(text: string): Promise<void> {
  await waitUntil(`"${text}" is shown`, () => shown.includes(text), LIMIT_MS);
  shown = shown.slice(shown.indexOf(text) + text.length);
}

function watch(): void {
  // A shell that stays would answer Ctrl-C with an exit code of its own.
  const line = `exec ${process.execPath} ${CLI} watch --project ${project.root}`;
  terminal = spawn('script', ['-qec', line, '/dev/null'], {
    stdio: 'pipe',
    env: { ...process.env, DATABASE_URL: project.url, TERM: 'xterm' },
  });
  const opened = terminal;
  atExit(() => opened.kill('SIGKILL'));
  terminal.stdout.on('data', (data: Buffer) => {
    shown += stripVTControlCharacters(String(data));
  });
}

test.before(async () => {
  project = await cliProject({ files: { 'models/users.sql': 'CREATE TABLE users (id int PRIMARY KEY, name text);' } });
  if (hasScript) watch();
  else console.log('skipped: there is no script(1) to make a terminal');
});
test.after(() => project.end());

const onTerminal = (name: string, work: () => Promise<void>) => test(name, () => (hasScript ? work() : undefined));

onTerminal('m makes the suggestion, and a applies it', async () => {
  await shows('q quit');
  terminal.stdin.write('m');
  await shows('Made migrations/');
  assert.is(project.migrations().length, 1);
  await shows('q quit');
  terminal.stdin.write('a');
  await shows('Applied ');
});

onTerminal('a makes and applies what is saved meanwhile', async () => {
  project.write('models/users.sql', 'CREATE TABLE users (id int PRIMARY KEY, name text, nick text);');
  await shows('column public.users.nick');
  terminal.stdin.write('a');
  await shows('Applied ');
  await project.succeed('db:status', '--check');
});

onTerminal('what has to be known is asked, and a no changes nothing', async () => {
  await project.query("INSERT INTO users VALUES (1, 'a', 'b')");
  project.write('models/users.sql', 'CREATE TABLE users (id int PRIMARY KEY, name text);');
  await shows('column public.users.nick');
  terminal.stdin.write('a');
  await shows('[y/N]');
  terminal.stdin.write('n\r');
  await shows('[ANSWERS_NEEDED]');
  assert.is(project.migrations().length, 2);
  await shows('q quit');
  terminal.stdin.write('a');
  await shows('[y/N]');
  terminal.stdin.write('y\r');
  await shows('Applied ');
});

onTerminal('q ends it', async () => {
  const ended = new Promise((resolve) => terminal.once('close', resolve));
  await shows('q quit');
  terminal.stdin.write('q');
  assert.is(await ended, 0);
});

onTerminal('Ctrl-C while a key works is told what became of it', async () => {
  watch();
  await shows('q quit');
  project.write('models/users.sql', 'CREATE TABLE users (id int PRIMARY KEY, name text, age int);');
  await shows('column public.users.age');
  const ended = new Promise((resolve) => terminal.once('close', resolve));
  const live = openScratch(project.url);
  await live.transaction(async ({ query }) => {
    await query('LOCK TABLE users IN ACCESS SHARE MODE');
    terminal.stdin.write('a');
    await waitUntil('the migration waits', async () => (await project.query(WAITING)).length > 0, LIMIT_MS);
    terminal.stdin.write('\x03');
    await shows('[CANCELLED]');
    await shows('Nothing of ');
  });
  assert.is(await ended, 0);
  await live.close();
});

const WAITING = 'SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())';

test.run();
