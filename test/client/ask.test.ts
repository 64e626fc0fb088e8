import { spawn, spawnSync } from 'node:child_process';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withFlag } from '../../client/ask.ts';
import { temporaryProject } from '../support/project.ts';
import { packageCopy } from './packageCopy.ts';

test('each flag that a question offers becomes the answer that it names', () => {
  let answers = withFlag({}, '--drop public.posts.body');
  answers = withFlag(answers, '--drop public.posts.slug');
  answers = withFlag(answers, "--default public.posts.slug='a b'");
  answers = withFlag(answers, '--rename public.posts.title:headline');
  assert.equal(answers, {
    drop: ['public.posts.body', 'public.posts.slug'],
    default: ["public.posts.slug='a b'"],
    rename: ['public.posts.title:headline'],
  });
  assert.equal(withFlag({}, '--map public.status.gone=draft'), { map: ['public.status.gone=draft'] });
  assert.equal(withFlag({}, '--force'), { force: true });
  assert.equal(withFlag({}, '--target shop'), { target: 'shop' });
});

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const replies: readonly (readonly [name: string, keys: string, code: number])[] = [
  ['no', 'n\r', 3],
  ['Enter', '\r', 3],
  ['Ctrl-D', CTRL_D, 3],
  ['Ctrl-C', CTRL_C, 130],
];
const copy = packageCopy();
test.after(() => copy.remove());
const hasScript = spawnSync('script', ['--version']).status === 0;
for (const [name, keys, code] of replies) {
  test(`a question on a terminal that is answered with ${name} ends with exit ${code} and changes nothing`, async () => {
    if (!hasScript) return console.log('skipped: there is no script(1) to make a terminal');
    const project = temporaryProject();
    const ended = await onTerminal(`${process.execPath} ${copy.program} db:make x --no-daemon --project ${project.root}`, keys);
    assert.is(ended.code, code, ended.output);
    assert.match(ended.output, 'Nothing was changed');
    project.remove();
  });
}

/** Runs a line on a terminal of its own, and types the keys when it asks. */
function onTerminal(line: string, keys: string): Promise<{ code: number | null; output: string }> {
  const child = spawn('script', ['-qec', `exec ${line}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'xterm' },
  });
  let output = '';
  let hasTyped = false;
  child.stdout.on('data', (data) => {
    output += data;
    if (hasTyped || !output.includes('[y/N]')) return;
    hasTyped = true;
    child.stdin.write(keys);
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

test.run();
