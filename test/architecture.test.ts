/** The import table of ARCHITECTURE.md, read from there and held against every import of the sources. */
import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, normalize } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = globSync('{src,client}/**/*.ts', { cwd: ROOT }).sort();

/** One row of the table: a folder or file, and what of Node and of npm it may use. Rows above are what it may build on. */
interface Unit {
  readonly path: string;
  readonly mayUseNode: boolean;
  readonly packages: readonly string[];
}

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly isTypeOnly: boolean;
  readonly isDynamic: boolean;
}

const units: readonly Unit[] = readUnits();
const imports: readonly Import[] = SOURCES.flatMap(importsOf);

function readUnits(): readonly Unit[] {
  const page = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `((?:src|client)\/[^`]*)` \|.*\| ([^|]*) \|$/gm)];
  return rows.map(([, path = '', uses = '']) => ({
    path,
    mayUseNode: /\bNode\b/.test(uses),
    packages: [...uses.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  }));
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  const fixed = [...text.matchAll(/^(?:import|export)\s+(type\s)?([^;'"`=]*?from\s+)?'([^']+)'/gm)].map(
    ([, type, names = '', specifier = '']) => ({
      file,
      specifier,
      isTypeOnly: type !== undefined || /^\{\s*(?:type [^,}]+,?\s*)+\}\s*from/.test(names),
      isDynamic: false,
    }),
  );
  const dynamic = [...text.matchAll(/(?<!typeof )import\('([^']+)'\)/g)].map(([, specifier = '']) => ({
    file,
    specifier,
    isTypeOnly: false,
    isDynamic: true,
  }));
  return [...fixed, ...dynamic];
}

/** The most exact row that a file falls under, as its place in the table. */
function rankOf(file: string): number {
  const fitting = units.filter(({ path }) => file === path || (path.endsWith('/') && file.startsWith(path)));
  const [unit] = fitting.sort((one, other) => other.path.length - one.path.length);
  return unit ? units.indexOf(unit) : -1;
}

const targetOf = ({ file, specifier }: Import): string | undefined =>
  specifier.startsWith('.') ? normalize(join(file, '..', specifier)) : undefined;

const isBuiltin = (specifier: string): boolean => specifier.startsWith('node:') || builtinModules.includes(specifier);

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const show = ({ file, specifier }: Import): string => `${file} imports ${specifier}`;

test('every source file has a row in the table, and every row has files', () => {
  assert.equal(
    SOURCES.filter((file) => rankOf(file) < 0),
    [],
  );
  const used = new Set(SOURCES.map(rankOf));
  assert.equal(
    units.filter((_, rank) => !used.has(rank)).map(({ path }) => path),
    [],
  );
});

test('imports point upwards in the table, but for those of types alone', () => {
  const wrong = imports.filter((each) => {
    const target = targetOf(each);
    return target !== undefined && !each.isTypeOnly && rankOf(target) > rankOf(each.file);
  });
  assert.equal(wrong.map(show), []);
});

test('Node and third-party packages are used only where their rows say so', () => {
  const wrong = imports.filter((each) => {
    const unit = units[rankOf(each.file)];
    if (each.specifier.startsWith('.') || unit === undefined || (each.isTypeOnly && isBuiltin(each.specifier))) return false;
    return isBuiltin(each.specifier) ? !unit.mayUseNode : !unit.packages.includes(packageOf(each.specifier));
  });
  assert.equal(wrong.map(show), []);
});

test('what is installed with the package is what the table names', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const named = new Set(units.flatMap(({ packages }) => packages));
  assert.equal([...named].sort(), Object.keys(dependencies).sort());
});

test('the client sees names, types and errors of the daemon, and its code only for --no-daemon', () => {
  const isAllowed = (each: Import, target: string): boolean =>
    /^src\/(?:errors|protocol\/[^/]+)\.ts$/.test(target) ||
    (target === 'src/config/project.ts' && each.isTypeOnly) ||
    (each.file === 'client/inProcess.ts' && each.isDynamic);
  const wrong = imports.filter((each) => {
    const target = targetOf(each);
    return each.file.startsWith('client/') && target?.startsWith('src/') && !isAllowed(each, target);
  });
  assert.equal(wrong.map(show), []);
});

test('the daemon never sees the client', () => {
  assert.equal(imports.filter((each) => each.file.startsWith('src/') && targetOf(each)?.startsWith('client/')).map(show), []);
});

test('a file is rarely long', () => {
  const long = SOURCES.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 400);
  assert.equal(long, []);
});

test.run();
