/** The package as npm would publish it, in a project that has it in its node_modules. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryEmbedded } from './support/embedded.ts';
import type { TemporaryProject } from './support/project.ts';

const ROOT = join(import.meta.dirname, '..');
const MODULES = join(ROOT, 'node_modules');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

const project: TemporaryProject = temporaryEmbedded();
project.write('package.json', '{ "type": "module" }');
project.write(
  'tsconfig.json',
  JSON.stringify({
    compilerOptions: { module: 'nodenext', target: 'es2024', strict: true, noEmit: true, types: [], allowImportingTsExtensions: true },
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

const fastpy = (...args: readonly string[]) => run(process.execPath, [project.path('node_modules/fastpyd/dist/fastpy.js'), ...args]);

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

test('an installed fastpy makes, applies and seeds through an installed daemon', () => {
  project.write('seeders/post_seeder.ts', SEEDER);
  try {
    for (const args of [['db:migrate', '-m', 'Create posts'], ['db:seed'], ['db:status', '--check'], ['daemon', 'status']]) {
      const { status, stdout, stderr } = fastpy(...args);
      assert.is(status, 0, `fastpy ${args.join(' ')}\n${stdout}${stderr}`);
    }
  } finally {
    fastpy('daemon', 'stop');
  }
});

test.run();
