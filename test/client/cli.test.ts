import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { commandNames, loadCommand } from '../../client/commands/index.ts';
import { type TemporaryProject, temporaryProject } from '../support/project.ts';
import { packageCopy } from './packageCopy.ts';

const copy = packageCopy();
const project = temporaryProject();
test.after(async () => {
  await copy.fastpy(['daemon', 'stop'], { cwd: project.root });
  project.remove();
  copy.remove();
});

const fastpy = (...args: readonly string[]) => copy.fastpy(args, { cwd: project.root });
/** Both ways of running a command must not differ in anything that a user sees. */
const bothWays = [[], ['--no-daemon']] as const;

const misuses: readonly (readonly [readonly string[], string])[] = [
  [['db:migrte'], 'did you mean db:migrate?'],
  [['db:rollback', '--step', '2'], 'did you mean --steps?'],
  [['db:rollback', '--steps', 'x'], '--steps takes a whole number from 1 to 999999999; "x" is not one'],
  [['db:seed', '--auto', '--count', '1000000000000'], '--count takes a whole number from 1 to 999999999; "1000000000000" is not one'],
  [['db:seed', '--skew', '2'], '--skew goes with --auto'],
  [['db:rollback', '--steps', '0'], '--steps takes'],
  [['db:rollback', '--steps', '-1'], '--steps takes'],
  [['db:rollback', '--steps=-1'], '--steps takes'],
  [['db:rollback', '--steps', '1.5'], '--steps takes'],
  [['db:rollback', '--steps'], '--steps needs a value'],
  [['db:rollback', '--steps', '--dry-run'], '--steps needs a value'],
  [['db:seed', '--count', '0'], '--count takes'],
  [['db:seed', '--random-seed', '-3'], '--random-seed takes'],
  [['db:migrate', '-m', ''], 'the value of -m is empty'],
  [['db:migrate', '--no-safe', '--safe'], '--safe and --no-safe do not go together'],
  [['db:rollback', '--to', 'empty', '--steps', '2'], '--steps and --to do not go together'],
  [['db:migrate', '-m', 'one', '--message', 'other'], '--message is given twice, with different values; db:migrate takes one'],
  [['--project', 'a', 'db:status', '--project', 'b'], '--project is given twice'],
  [['db:url', '--database-url', 'postgres://x/y', '--database-url', 'postgres://me:hunter2@db/x'], '--database-url is given twice'],
  [['db:migrate', '--dry-run=yes'], '--dry-run takes no value'],
  [['db:migrate', 'Add', 'slug'], 'takes no arguments'],
  [['db:make', 'Add', 'slug'], 'quote a text with spaces'],
  [['make:seeder'], 'make:seeder needs NAME'],
  [['daemon', 'strat'], 'did you mean start?'],
  [['completions', 'tcsh'], 'bash, zsh, fish'],
  [['--nonsense'], '--nonsense needs a command'],
  [['db:url', '--database-url', 'mysql://me:hunter2@db/x'], 'not a postgresql:// URL'],
  [['db:url', '--database-url', 'postgres://me:hunter2@[db/x'], 'cannot be read'],
];
for (const [args, message] of misuses) {
  test(`fastpy ${args.join(' ')} is refused with 64, before anything is started`, async () => {
    const empty = temporaryProject();
    const ran = await copy.fastpy(args, { cwd: empty.root });
    assert.is(ran.code, 64, ran.stderr);
    assert.is(ran.stdout, '');
    assert.match(ran.stderr, message);
    assert.match(ran.stderr, 'USAGE');
    assert.not.match(ran.stderr, 'hunter2');
    assert.not.ok(existsSync(empty.path('.fastpy')));
    empty.remove();
  });
}

test('an option may be given again with the same value, and a list of answers may be long', async () => {
  const ran = await fastpy('db:make', 'x', '--target', 'shop', '--target', 'shop', '--drop', 'public.a.b', '--drop', 'public.a.c');
  assert.is(ran.code, 3, ran.stderr);
});

test('outside a project a command says so, in JSON too', async () => {
  const ran = await copy.fastpy(['db:status', '--json'], { cwd: '/' });
  assert.is(ran.code, 64);
  const { schemaVersion, error } = JSON.parse(ran.stdout);
  assert.is(schemaVersion, 1);
  assert.is(error.code, 'PROJECT_NOT_FOUND');
  assert.match(error.hint, 'fastpy init');
});

test('--version prints the version, --help and no command at all the list', async () => {
  assert.is((await fastpy('--version')).stdout, '9.9.9\n');
  const [help, nothing] = [await fastpy('--help'), await fastpy()];
  assert.is(help.code, 0);
  assert.is(help.stdout, nothing.stdout);
  for (const name of commandNames) assert.match(help.stdout, name);
});

test('every command has its file, two examples and help', async () => {
  for (const name of commandNames) {
    const command = await loadCommand(name);
    assert.is(command?.name, name);
    assert.ok((command?.examples.length ?? 0) >= 2, name);
  }
  const { stdout } = await fastpy('db:squash', '--help');
  assert.equal(stdout.match(/^ {2}1 .*/gm), ['  1    no single migration was found that does the same']);
  const ran = await fastpy('db:rollback', '--help');
  assert.is(ran.code, 0);
  for (const part of ['--steps N', 'Examples:', 'Exit codes:', '--no-daemon']) assert.match(ran.stdout, part);
});

for (const way of bothWays) {
  const how = way.length === 0 ? 'with the daemon' : 'without the daemon';

  test(`${how}, db:status shows each section, and what a terminal would obey is written out`, async () => {
    const ran = await fastpy('db:status', ...way);
    assert.is(ran.code, 0, ran.stderr);
    for (const line of ['✓ 1_first', '○ 2_evil\\u001b[31m', '+ column snake_case.slug', 'Pending (fastpy db:migrate)'])
      assert.match(ran.stdout, line);
  });

  test(`${how}, db:status --check exits 2 when something is left to do`, async () => {
    assert.is((await fastpy('db:status', '--check', ...way)).code, 2);
  });

  test(`${how}, --json prints one document`, async () => {
    const ran = await fastpy('--json', 'db:status', ...way);
    assert.is(JSON.parse(ran.stdout).schemaVersion, 1);
    assert.is(ran.stderr, '');
  });

  test(`${how}, a question without a terminal prints the flags and exits 3`, async () => {
    const ran = await fastpy('db:make', 'x', ...way);
    assert.is(ran.code, 3);
    assert.match(ran.stderr, 'column body has 812 rows');
    assert.match(ran.stderr, '--drop public.posts.body');
    const json = JSON.parse((await fastpy('db:make', 'x', '--json', ...way)).stdout);
    assert.equal(json.error.details.questions[0].flags, ['--drop public.posts.body']);
  });

  test(`${how}, Ctrl-C cancels, says what was done, and exits 130`, async () => {
    const ran = await copy.fastpy(['db:seed', '--count', '100000', ...way], { cwd: project.root, interruptAfterMs: 1500 });
    assert.is(ran.code, 130, ran.stderr);
    assert.match(ran.stderr, /cancelled after \d+ of 100000/);
  });
}

test('--quiet keeps what was asked for and leaves the rest out', async () => {
  assert.is((await fastpy('db:url', '--quiet')).stdout, 'embedded\n');
  assert.is((await fastpy('db:seed', '--quiet')).stdout, '');
});

test('a command that is not available yet says so', async () => {
  const ran = await fastpy('lsp');
  assert.is(ran.code, 1);
  assert.match(ran.stderr, 'not available yet');
});

test('a reader that leaves early is no error', () => {
  const line = `${process.execPath} ${copy.program} --help | head -1`;
  const out = execFileSync('bash', ['-c', `set -o pipefail; ${line}`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  assert.match(out, 'fastpy');
});

test('the scripts for completion are valid and name every command', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await fastpy('completions', shell);
    for (const name of commandNames) assert.match(stdout, name);
  }
  execFileSync('bash', ['-n'], { input: (await fastpy('completions', 'bash')).stdout });
});

test('init makes a project, adds what .gitignore lacks, and overwrites nothing', async () => {
  const empty = temporaryProject({ 'fastpyd.config.json': '{}', '.gitignore': 'dist\nnode_modules' });
  assert.is((await copy.fastpy(['init'], { cwd: empty.root })).code, 1, 'a project is left alone');
  const made = temporaryProject({ 'folder/.gitignore': 'dist\nnode_modules' });
  const ran = await copy.fastpy(['init', '--project', 'folder'], { cwd: made.root });
  assert.is(ran.code, 0, ran.stderr);
  assert.is(readFileSync(made.path('folder/.gitignore'), 'utf8'), 'dist\nnode_modules\n.fastpy/\n');
  for (const file of ['fastpyd.config.json', 'models/user.ts', 'seeders/user_seeder.ts'])
    assert.ok(existsSync(made.path('folder', file)), file);
  removeAll(empty, made);
});

function removeAll(...projects: readonly TemporaryProject[]): void {
  for (const { remove } of projects) remove();
}

test.run();
