import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fail } from '../src/errors.ts';

const BIN = join(import.meta.dirname, '..', 'bin');

/** A Node below 24, which the tests about starting again need. */
const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find((node) => existsSync(node) && versionOf(node) < 24);
const onOldNode = oldNode ? test : test.skip;

/** What the launcher finally loads: it says who it is, and then does what its first argument asks for. */
const CLI = `
const [task] = process.argv.slice(2);
if (task === 'exit') process.exitCode = 7;
if (task === 'wait') setInterval(() => {}, 1000);
if (task === 'polite') {
  setInterval(() => {}, 1000);
  process.on('SIGTERM', () => { console.log('tidied up'); process.exit(5); });
}
console.log(JSON.stringify({ pid: process.pid, node: process.versions.node, args: process.argv.slice(2) }));
if (task === 'echo') process.stdin.pipe(process.stdout);
`;

let folder = '';

test.before.each(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'fastpyd-launch-')));
  mkdirSync(join(folder, 'package/client'), { recursive: true });
  mkdirSync(join(folder, 'project'));
  cpSync(BIN, join(folder, 'package'), { recursive: true });
  writeFileSync(join(folder, 'package/client/cli.cjs'), CLI);
});
test.after.each(() => rmSync(folder, { recursive: true, force: true }));

function versionOf(node: string): number {
  return Number.parseInt(execFileSync(node, ['--version'], { encoding: 'utf8' }).slice(1), 10);
}

/** Puts a Node into `node_modules/.bin` of a folder. */
function installNode(node: string, where: string): void {
  const bin = join(folder, where, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync(node, join(bin, 'node'));
}

function start(node: string, args: readonly string[], cwd = join(folder, 'project')): Launched {
  return new Launched(spawn(node, [join(folder, 'package/fastpy.js'), ...args], { cwd }));
}

/** A launcher that was started, with what is heard of it. */
class Launched {
  readonly child: ChildProcessWithoutNullStreams;
  out = '';
  err = '';

  constructor(child: ChildProcessWithoutNullStreams) {
    this.child = child;
    child.stdout.on('data', (chunk) => {
      this.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      this.err += chunk;
    });
  }

  /** The first line of the process that does the work. */
  async greeting(): Promise<{ pid: number; node: string; args: readonly string[] }> {
    while (!this.out.includes('\n')) await once(this.child.stdout, 'data');
    return JSON.parse(this.out.split('\n', 1).join());
  }

  /** How it ended; call it before the end can have come. */
  async end(input = ''): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.child.stdin.end(input);
    const [code, signal] = await once(this.child, 'close');
    return { code, signal };
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a Node that is new enough does the work itself', async () => {
  const launched = start(process.execPath, ['db:status', '--json']);
  assert.equal(await launched.end(), { code: 0, signal: null });
  assert.equal(await launched.greeting(), { pid: launched.child.pid, node: process.versions.node, args: ['db:status', '--json'] });
});

onOldNode('an older Node hands arguments, standard input and the exit code to the one of the project', async () => {
  installNode(process.execPath, 'project');
  const echo = start(oldNode ?? '', ['echo', '--message', 'two words']);
  await echo.end('typed in');
  const { node, args } = await echo.greeting();
  assert.is(node, process.versions.node);
  assert.equal(args, ['echo', '--message', 'two words']);
  assert.is(echo.out.split('\n')[1], 'typed in');
  assert.is((await start(oldNode ?? '', ['exit']).end()).code, 7);
});

onOldNode('the newer Node is looked for above the current folder, at --project, and beside the package', async () => {
  const codeOf = async (args: readonly string[], cwd: string): Promise<number | null> =>
    (await start(oldNode ?? '', args, join(folder, cwd)).end()).code;
  mkdirSync(join(folder, 'project/models'));
  installNode(process.execPath, 'project');
  assert.is(await codeOf([], 'project/models'), 0);
  assert.is(await codeOf(['--project', '../project'], 'package'), 0);
  assert.is(await codeOf(['--project=../project'], 'package'), 0);
  assert.is(await codeOf([], '.'), 1);
  installNode(process.execPath, 'package');
  assert.is(await codeOf([], '.'), 0);
});

onOldNode('an older Node with no newer one in reach says just what is missing', async () => {
  installNode(oldNode ?? '', 'project');
  const launched = start(oldNode ?? '', ['db:status']);
  assert.is((await launched.end()).code, 1);
  const found = execFileSync(oldNode ?? '', ['--version'], { encoding: 'utf8' })
    .trim()
    .slice(1);
  const expected = fail('NODE_TOO_OLD', { found });
  assert.is(launched.out, '');
  assert.is(launched.err, `${expected.message}\n${expected.hint}\n`);
});

onOldNode('a signal reaches the process that does the work, and its ending is passed on', async () => {
  installNode(process.execPath, 'project');
  const polite = start(oldNode ?? '', ['polite']);
  await polite.greeting();
  polite.child.kill('SIGTERM');
  assert.is((await polite.end()).code, 5);
  assert.match(polite.out, 'tidied up');

  const waiting = start(oldNode ?? '', ['wait']);
  process.kill((await waiting.greeting()).pid, 'SIGKILL');
  assert.is((await waiting.end()).signal, 'SIGKILL');
});

onOldNode('the process that does the work ends when its launcher is killed', async () => {
  installNode(process.execPath, 'project');
  const launched = start(oldNode ?? '', ['wait']);
  const { pid } = await launched.greeting();
  launched.child.kill('SIGKILL');
  for (let tries = 0; isAlive(pid) && tries < 100; tries++) await setTimeout(50);
  assert.not(isAlive(pid));
});

test.run();
