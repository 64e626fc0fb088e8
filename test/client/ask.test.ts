import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withFlag } from '../../client/ask.ts';
import { temporaryProject } from '../support/project.ts';
import { createDatabase } from '../support/servers.ts';
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
  assert.equal(withFlag({}, '--force --target shop'), { force: true, target: 'shop' });
});

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const replies: readonly (readonly [name: string, keys: string, code: number])[] = [
  ['no', 'n\r', 3],
  ['Enter', '\r', 3],
  ['Ctrl-D', CTRL_D, 3],
  ['Ctrl-C', CTRL_C, 130],
];
/** The real one, with databases. */
const CLIENT = join(import.meta.dirname, '../../client/cli.ts');
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

for (const [typed, code] of [
  ['other', 3],
  ['shop', 0],
] as const) {
  test(`a protected database is dropped on a terminal only by its name: "${typed}" ends with exit ${code}`, async () => {
    if (!hasScript) return console.log('skipped: there is no script(1) to make a terminal');
    const database = await createDatabase();
    const project = temporaryProject({ 'fastpyd.config.json': '{ "protected": true }', 'models/a.sql': 'CREATE TABLE a (id int);' });
    const line = `${process.execPath} ${CLIENT} db:fresh --no-daemon --project ${project.root} --database-url ${database.url}`;
    const ended = await onTerminal(line, `${typed === 'shop' ? database.name : typed}\r`, 'name of the database');
    assert.is(ended.code, code, ended.output);
    assert.match(ended.output, 'Dropping everything that is managed');
    project.remove();
    await database.drop();
  });
}

/** Runs a line on a terminal of its own, and types the keys when it asks. */
function onTerminal(line: string, keys: string, prompt = '[y/N]'): Promise<{ code: number | null; output: string }> {
  const child = spawn('script', ['-qec', `exec ${line}`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TERM: 'xterm' },
  });
  let output = '';
  let hasTyped = false;
  child.stdout.on('data', (data) => {
    output += data;
    if (hasTyped || !output.includes(prompt)) return;
    hasTyped = true;
    child.stdin.write(keys);
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

test.run();
