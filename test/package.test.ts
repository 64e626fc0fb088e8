/** The package as npm would publish it, in a project that has it in its node_modules. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryEmbedded } from './support/embedded.ts';
import { loadsOf } from './support/loads.ts';
import type { TemporaryProject } from './support/project.ts';

const ROOT = join(import.meta.dirname, '..');
const MODULES = join(ROOT, 'node_modules');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const project: TemporaryProject = temporaryEmbedded();
project.write('package.json', '{ "type": "module" }');
project.write(
  'tsconfig.json',
  JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      target: 'es2024',
      strict: true,
      noEmit: true,
      types: ['node'],
      allowImportingTsExtensions: true,
    },
    include: ['models', 'app'],
  }),
);
project.write(
  'models/post.ts',
  `import { column, table } from 'fastpyd/model';
  export const Post = table('posts', { id: column.bigint().identity().primaryKey(), title: column.text() });`,
);

const SEEDER = `
import { seeder } from 'fastpyd/seeder';
import { Post } from '../models/post.ts';
export default seeder(async ({ faker }) => { await Post.create({ title: faker.lorem.words(3) }); });`;

let files: readonly string[] = [];

test.before(() => {
  if (!existsSync(join(ROOT, 'dist'))) execFileSync(process.execPath, [join(ROOT, 'scripts/build.ts')]);
  const packed = run('npm', ['pack', ROOT, '--ignore-scripts', '--json', '--pack-destination', project.root]);
  const [tarball] = JSON.parse(packed.stdout);
  files = tarball.files.map(({ path }: { path: string }) => path);
  mkdirSync(project.path('node_modules/fastpyd'), { recursive: true });
  execFileSync('tar', ['-xzf', project.path(tarball.filename), '-C', project.path('node_modules/fastpyd'), '--strip-components=1']);
  linkDependencies();
});

/** The dependencies as they are installed here; each keeps its own place, so that it finds its own. */
function linkDependencies(): void {
  const scoped = (name: string): readonly string[] =>
    name.startsWith('@') ? readdirSync(join(MODULES, name)).map((inner) => `${name}/${inner}`) : [name];
  for (const name of readdirSync(MODULES)
    .filter((entry) => !entry.startsWith('.'))
    .flatMap(scoped)) {
    mkdirSync(project.path('node_modules', name, '..'), { recursive: true });
    symlinkSync(join(MODULES, name), project.path('node_modules', name));
  }
}

function run(command: string, args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(command, args, { cwd: project.root, encoding: 'utf8', env: { ...process.env, DATABASE_URL: 'embedded' } });
}

const FASTPY = project.path('node_modules/fastpyd/dist/fastpy.js');
const fastpy = (...args: readonly string[]) => run(process.execPath, [FASTPY, ...args]);

test('the package has compiled code and its documents, and nothing that it does not need', () => {
  const expected = ['LICENSE', 'README.md', 'CHANGELOG.md', 'fastpyd.schema.json', 'dist/fastpy.js', 'dist/fastpyd.js', 'dist/launch.js'];
  assert.equal(
    expected.filter((file) => !files.includes(file)),
    [],
  );
  const isSource = (file: string): boolean => file.endsWith('.ts') && !file.endsWith('.d.ts');
  const isElsewhere = (file: string): boolean => !file.startsWith('dist/') && !expected.includes(file) && file !== 'package.json';
  assert.equal(
    files.filter((file) => isSource(file) || isElsewhere(file)),
    [],
  );
});

test('every entry of the package is there, with its types', () => {
  const { exports, bin } = JSON.parse(readFileSync(project.path('node_modules/fastpyd/package.json'), 'utf8'));
  const targets = [...Object.values(exports), ...Object.values(bin)].flatMap((target) =>
    typeof target === 'string' ? [target] : Object.values(target as Record<string, string>),
  );
  assert.equal(
    targets.filter((target) => !existsSync(project.path('node_modules/fastpyd', target))),
    [],
  );
});

test('the command runs from node_modules', () => {
  const { status, stdout, stderr } = fastpy('--version');
  assert.is(stderr, '');
  assert.is(stdout.trim(), version);
  assert.is(status, 0);
  assert.match(fastpy('--help').stdout, 'db:migrate');
});

test('models, migrations, seeders and the client are typed for a project that uses them', () => {
  project.write(
    'app/use.ts',
    `import { connect } from 'fastpyd/client';
    import { migration, sql } from 'fastpyd/migration';
    import { seeder } from 'fastpyd/seeder';
    import { Post } from '../models/post.ts';
    export const seed = seeder(async ({ faker, count = 1 }) => { await Post.create({ title: faker.lorem.words(count) }); });
    export const step = migration({ parent: null, up: [sql\`SELECT 1\`], down: [] });
    export const title = async (): Promise<string> => (await Post.create({ title: 'typed' })).title;
    // @ts-expect-error a required column is missing
    export const wrong = () => Post.create({});
    export { connect };`,
  );
  const { status, stdout } = run(process.execPath, [join(MODULES, 'typescript/bin/tsc'), '-p', '.']);
  assert.is(stdout, '');
  assert.is(status, 0);
});

function succeed(...args: readonly string[]): string {
  const { status, stdout, stderr } = fastpy(...args);
  assert.is(status, 0, `fastpy ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

test('an installed fastpy makes, applies, seeds and rolls back through an installed daemon, and steps may be functions', () => {
  project.write('seeders/post_seeder.ts', SEEDER);
  try {
    succeed('db:migrate', '-m', 'Create posts');
    const [parent = ''] = readdirSync(project.path('migrations'));
    succeed('db:seed');
    project.write('migrations/29991231000000_number_titles.ts', stepMigration(parent.replace(/\.ts$/, '')));
    assert.match(succeed('db:migrate'), 'Applied 29991231000000_number_titles');
    succeed('db:status', '--check');
    succeed('daemon', 'status');
    succeed('db:rollback', '--force');
  } finally {
    fastpy('daemon', 'stop');
  }
});

function stepMigration(parent: string): string {
  return `import { migration, sql } from 'fastpyd/migration';
  export default migration({
    parent: '${parent}',
    up: [async ({ query }) => { await query(sql\`UPDATE posts SET title = id || title\`); }],
    down: [async ({ query }) => { await query(sql\`UPDATE posts SET title = '' WHERE false\`); }],
  });`;
}

test('of the packages that it depends on, an installed daemon loads none: they are in its own few files', () => {
  const { status, stderr, files } = loadsOf(FASTPY, ['db:status', '--no-daemon'], { cwd: project.root, env: { DATABASE_URL: 'embedded' } });
  assert.is(status, 0, stderr);
  const own = project.path('node_modules/fastpyd/dist');
  assert.equal(
    files.filter((file) => relative(own, file).startsWith('..')),
    [],
  );
  assert.ok(files.length < 50, `${files.length} files`);
});

test('the licence of every package in the bundles goes with them', () => {
  const text = readFileSync(project.path('node_modules/fastpyd/dist/THIRD_PARTY_NOTICES.txt'), 'utf8');
  const notices = text.split(/^-{80}$/m).map((notice) => notice.trim().split('\n'));
  for (const name of ['json-rpc-2.0', 'pg', 'slonik', 'ws', 'zod'])
    assert.ok(
      notices.some(([first]) => first?.startsWith(`${name} `)),
      name,
    );
  assert.equal(
    notices.filter((lines) => lines.length < 3).map(([first]) => first),
    [],
  );
});

test.run();
