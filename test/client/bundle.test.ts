/** What the built command line is made of, and what it loads: that decides how fast a command starts. */
import { join, relative } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleClient } from '../../scripts/bundleClient.ts';
import { loadsOf } from '../support/loads.ts';
import { temporaryProject } from '../support/project.ts';
import { packageCopy } from './packageCopy.ts';

const copy = packageCopy();
const project = temporaryProject();
test.after(async () => {
  await copy.fastpy(['daemon', 'stop'], { cwd: project.root });
  project.remove();
  copy.remove();
});

/** Parts of Node that take long to load, and that a command on a running daemon has no use for. */
const NEEDLESS = ['http', 'https', 'tls', 'zlib', 'crypto', 'child_process', 'readline', 'worker_threads'];

/** What a command's process loads: files relative to the package, and Node's own modules. */
function commandLoads(...args: readonly string[]) {
  const { files, ...loads } = loadsOf(copy.program, args, { cwd: project.root });
  return { ...loads, files: files.map((file) => relative(copy.path, file)) };
}

const CLIENT = ['dist/fastpy.js', 'dist/launch.js', 'dist/client/cli.cjs'];

test('on a running daemon a command loads its launcher and its one file, and of Node only what a socket needs', async () => {
  await copy.fastpy(['daemon', 'start'], { cwd: project.root });
  for (const command of ['db:status', 'db:url', 'db:seed']) {
    const { status, files, builtins } = commandLoads(command);
    assert.is(status, 0, command);
    assert.equal(files, CLIENT, command);
    assert.equal(
      builtins.filter((name) => NEEDLESS.includes(name)),
      [],
      command,
    );
    assert.ok(builtins.includes('net'), command);
  }
});

test('starting the daemon loads no more of the package', async () => {
  await copy.fastpy(['daemon', 'stop'], { cwd: project.root });
  const { status, files, builtins } = commandLoads('db:url');
  assert.is(status, 0);
  assert.equal(files, CLIENT);
  assert.not(['http', 'tls', 'crypto'].some((name) => builtins.includes(name)));
});

test('without the daemon its code is loaded from where it is', () => {
  const { status, files } = commandLoads('db:url', '--no-daemon');
  assert.is(status, 0);
  assert.equal(files.slice(0, 4), [...CLIENT, 'dist/src/lifecycle/openProject.js']);
});

test('the bundle holds the client, the errors, the protocol, and of packages the JSON-RPC client alone', async () => {
  const { metafile, outputFiles = [] } = await bundleClient(join(copy.path, 'nowhere'), { write: false });
  const expected =
    /^(?:client\/.*|src\/errors\.ts|src\/protocol\/\w+\.ts|node_modules\/json-rpc-2\.0\/dist\/(?:client|models|internal)\.js)$/;
  assert.equal(
    Object.keys(metafile.inputs).filter((file) => !expected.test(file)),
    [],
  );
  const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  assert.equal(
    outside.filter((path) => !path.startsWith('node:')),
    ['../src/lifecycle/openProject.js'],
  );
  assert.is(outputFiles.length, 1);
});

for (const way of [[], ['--no-daemon']]) {
  test(`an error of the daemon's own code is the client's ${way.length === 0 ? 'with' : 'without'} the daemon`, async () => {
    const broken = temporaryProject({ 'fastpyd.config.json': '{ "namin": "verbatim" }' });
    const ran = await copy.fastpy(['db:url', ...way], { cwd: broken.root });
    await copy.fastpy(['daemon', 'stop'], { cwd: broken.root });
    broken.remove();
    assert.is(ran.code, 64, ran.stderr);
    assert.match(ran.stderr, '[CONFIG_INVALID]');
    assert.match(ran.stderr, 'did you mean naming?');
  });
}

test.run();
