import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openChannel } from '../../client/channel.ts';
import { endpointOf } from '../../src/protocol/endpoint.ts';
import { type TemporaryProject, temporaryProject } from '../support/project.ts';
import { waitUntil } from '../support/waitUntil.ts';
import { packageCopy } from './packageCopy.ts';

const copy = packageCopy();
test.after(() => copy.remove());

async function inProject(work: (project: TemporaryProject) => Promise<void>, files: Record<string, string> = {}): Promise<void> {
  const project = temporaryProject(files);
  try {
    await work(project);
  } finally {
    await ask(project, 'daemon.stop');
    project.remove();
  }
}

interface Status {
  readonly pid: number;
  readonly packageVersion: string;
}

function statusOf(project: TemporaryProject): Promise<Status> {
  return ask(project, 'daemon.status') as Promise<Status>;
}

/** Asks the daemon of a project directly, whatever its version; undefined when none runs. */
async function ask(project: TemporaryProject, method: string): Promise<unknown> {
  const channel = await openChannel(endpointOf(project.root).socket);
  const result = await channel?.request(method, {});
  await (method === 'daemon.stop' ? channel?.closed : channel?.close());
  return result;
}

test('the first command starts a daemon, and the next one uses it', () =>
  inProject(async (project) => {
    const first = await copy.fastpy(['db:url'], { cwd: project.root });
    assert.equal(first, { code: 0, stdout: 'embedded\n', stderr: '' });
    const { pid } = await statusOf(project);
    await copy.fastpy(['db:url'], { cwd: project.root });
    assert.is((await statusOf(project)).pid, pid);
  }));

test('twenty first commands at once start exactly one daemon, and all are answered', () =>
  inProject(async (project) => {
    const runs = await Promise.all(Array.from({ length: 20 }, () => copy.fastpy(['db:url'], { cwd: project.root })));
    for (const ran of runs) assert.equal(ran, { code: 0, stdout: 'embedded\n', stderr: '' });
    const served = readFileSync(endpointOf(project.root).log, 'utf8').match(/"msg":"serving"/g);
    assert.is(served?.length, 1);
  }));

test('a daemon that was killed is replaced by the next command', () =>
  inProject(async (project) => {
    await copy.fastpy(['daemon', 'start'], { cwd: project.root });
    const { pid } = await statusOf(project);
    process.kill(pid, 'SIGKILL');
    await waitUntil('it is gone', () => !isAlive(pid));
    assert.ok(existsSync(endpointOf(project.root).socket), 'its socket file is left behind');
    const ran = await copy.fastpy(['db:url'], { cwd: project.root });
    assert.is(ran.code, 0, ran.stderr);
    assert.is.not((await statusOf(project)).pid, pid);
  }));

test('a file that stands where the socket should be is no obstacle', () =>
  inProject(async (project) => {
    writeFileSync(endpointOf(project.root).socket, '');
    const ran = await copy.fastpy(['db:url'], { cwd: project.root });
    assert.is(ran.code, 0, ran.stderr);
  }));

test('a socket file that somebody removed is made again', () =>
  inProject(async (project) => {
    await copy.fastpy(['daemon', 'start'], { cwd: project.root });
    const { pid } = await statusOf(project);
    rmSync(endpointOf(project.root).socket);
    const ran = await copy.fastpy(['db:url'], { cwd: project.root });
    assert.is(ran.code, 0, ran.stderr);
    assert.is((await statusOf(project)).pid, pid);
  }));

test('a daemon of another version is restarted, with one line saying why', async () => {
  const newer = packageCopy('10.0.0');
  await inProject(async (project) => {
    await copy.fastpy(['daemon', 'start'], { cwd: project.root });
    const ran = await newer.fastpy(['db:url'], { cwd: project.root });
    assert.is(ran.code, 0, ran.stderr);
    assert.is(ran.stdout, 'embedded\n');
    assert.is(ran.stderr.trim().split('\n').length, 1);
    for (const part of ['9.9.9', '10.0.0', copy.path, newer.path]) assert.match(ran.stderr, part);
    assert.is((await statusOf(project)).packageVersion, '10.0.0');
  });
  newer.remove();
});

test('stopping leaves no process, socket or discovery file, and says when nothing ran', () =>
  inProject(async (project) => {
    await copy.fastpy(['daemon', 'start'], { cwd: project.root });
    const { pid } = await statusOf(project);
    const endpoint = endpointOf(project.root);
    assert.ok(existsSync(endpoint.discovery));
    assert.match((await copy.fastpy(['daemon', 'stop'], { cwd: project.root })).stdout, 'has stopped');
    await waitUntil('it is gone', () => !isAlive(pid), 2_000);
    assert.not.ok(existsSync(endpoint.socket) || existsSync(endpoint.discovery));
    assert.match((await copy.fastpy(['daemon', 'stop'], { cwd: project.root })).stdout, 'was not running');
    assert.is((await copy.fastpy(['daemon', 'status'], { cwd: project.root })).code, 5);
  }));

test('SIGTERM ends an idle daemon within two seconds', () =>
  inProject(async (project) => {
    await copy.fastpy(['daemon', 'start'], { cwd: project.root });
    const { pid } = await statusOf(project);
    process.kill(pid, 'SIGTERM');
    await waitUntil('it is gone', () => !isAlive(pid), 2_000);
    assert.not.ok(existsSync(endpointOf(project.root).socket));
  }));

test('a daemon ends when its project is removed', () =>
  inProject(async (project) => {
    await copy.fastpy(['daemon', 'start'], { cwd: project.root });
    const { pid } = await statusOf(project);
    project.remove();
    await waitUntil('it is gone', () => !isAlive(pid), 5_000);
    project.write('fastpyd.config.json', '{}');
  }));

test('a daemon that nobody asks anything ends by itself', () =>
  inProject(
    async (project) => {
      await copy.fastpy(['daemon', 'start'], { cwd: project.root });
      const { pid } = JSON.parse(readFileSync(endpointOf(project.root).discovery, 'utf8')) as { pid: number };
      await waitUntil('it is gone', () => !isAlive(pid), 5_000);
    },
    { 'fastpyd.config.json': '{ "idleExit": "1s" }' },
  ));

test('settings that are changed hold for the next command', () =>
  inProject(async (project) => {
    const name = async () =>
      JSON.parse((await copy.fastpy(['db:status', '--json'], { cwd: project.root })).stdout).changes[0].name as string;
    assert.is(await name(), 'snake_case.slug');
    project.write('fastpyd.config.json', '{ "naming": "verbatim" }');
    assert.is(await name(), 'verbatim.slug');
  }));

test('settings with a problem are an answer with exit 64, until they are corrected', () =>
  inProject(
    async (project) => {
      const ran = await copy.fastpy(['db:url'], { cwd: project.root });
      assert.is(ran.code, 64);
      assert.match(ran.stderr, 'did you mean naming?');
      project.write('fastpyd.config.json', '{}');
      assert.is((await copy.fastpy(['db:url'], { cwd: project.root })).code, 0);
    },
    { 'fastpyd.config.json': '{ "namin": "verbatim" }' },
  ));

test('everything of the daemon is private to the user, and git does not see it', () =>
  inProject(async (project) => {
    await copy.fastpy(['daemon', 'start'], { cwd: project.root });
    const endpoint = endpointOf(project.root);
    const mode = (file: string) => statSync(file).mode & 0o777;
    assert.is(mode(endpoint.socket), 0o600);
    assert.is(mode(dirname(endpoint.socket)), 0o700);
    assert.is(mode(endpoint.directory), 0o700);
    for (const file of [endpoint.log, endpoint.discovery]) assert.is(mode(file), 0o600, file);
    assert.is(readFileSync(project.path('.fastpy/.gitignore'), 'utf8'), '*\n');
  }));

test('the environment of the daemon holds no database and no secret', () =>
  inProject(async (project) => {
    const env = {
      DATABASE_URL: 'postgres://me:hunter2@db/x',
      PGPASSWORD: 'hunter2',
      MY_TOKEN: 'hunter2',
      OTHER: 'mysql://me:hunter2@db/x',
      KEPT: 'yes',
    };
    await copy.fastpy(['daemon', 'start'], { cwd: project.root, env });
    const environment = readFileSync(`/proc/${(await statusOf(project)).pid}/environ`, 'utf8');
    assert.not.match(environment, 'hunter2');
    assert.match(environment, 'KEPT=yes');
  }));

test('a bug is told as one, the log has its stack without the password, and the daemon lives on', () =>
  inProject(async (project) => {
    const ran = await copy.fastpy(['db:make', 'bug'], { cwd: project.root });
    assert.is(ran.code, 1);
    assert.match(ran.stderr, '[INTERNAL]');
    const log = readFileSync(endpointOf(project.root).log, 'utf8');
    assert.match(log, 'TypeError');
    assert.not.match(log, 'hunter2');
    assert.is((await copy.fastpy(['db:url'], { cwd: project.root })).code, 0);
  }));

test('a command without the daemon leaves nothing running', () =>
  inProject(async (project) => {
    const ran = await copy.fastpy(['db:url', '--no-daemon'], { cwd: project.root });
    assert.equal(ran, { code: 0, stdout: 'embedded\n', stderr: '' });
    assert.not.ok(readdirSync(project.root).includes('.fastpy'));
  }));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed daemon of these tests may stay a zombie where nobody reaps orphans.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

test.run();
