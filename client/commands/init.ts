import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../../src/errors.ts';
import { CONFIG_FILE } from '../../src/protocol/projectFile.ts';
import type { Command } from '../command.ts';

const CONFIG = `{
  "$schema": "./node_modules/fastpyd/fastpyd.schema.json",
  "models": ["models/**/*.{ts,sql}"],
  "migrations": "migrations",
  "seeders": "seeders"
}
`;

const MODEL = `import { column, sql, table } from 'fastpyd/model';

export const User = table('users', {
  id: column.bigint().identity().primaryKey(),
  email: column.varchar(320).unique(),
  name: column.varchar(200),
  bio: column.text().nullable(),
  createdAt: column.timestamptz().default(sql\`now()\`),
});
`;

const SEEDER = `import { seeder } from 'fastpyd/seeder';
import { User } from '../models/user.ts';

export default seeder(async ({ count = 10, faker }) => {
  for (let i = 0; i < count; i++) {
    await User.create({ email: \`\${i}.\${faker.internet.email()}\`, name: faker.person.fullName() });
  }
});
`;

const IGNORED = ['node_modules/', '.fastpy/'];

/** `fastpy init`: writes the files of a new project; none that exists is changed, but for lines added to `.gitignore`. */
export const init: Command = {
  name: 'init',
  summary: 'Write a config, a first model and a seeder',
  examples: [
    ['fastpy init', 'make this folder a project'],
    ['fastpy init && fastpy db:migrate -m "first"', 'and create its first table'],
  ],
  async run({ from, output }) {
    const root = resolve(from);
    if (existsSync(join(root, CONFIG_FILE))) throw fail('FILE_EXISTS', { file: join(root, CONFIG_FILE) });
    const written = [...writeExample(root), ...write(root, CONFIG_FILE, CONFIG), ...ignore(root)];
    const next = 'Next: fastpy db:migrate -m "Create users"';
    output.result({ root, written }, [...written.map((file) => `${output.paint('green', 'Wrote')} ${file}`), next].join('\n'));
    return 0;
  },
};

/** A first model with its seeder, for a folder that has neither. */
function writeExample(root: string): readonly string[] {
  if (existsSync(join(root, 'models')) || existsSync(join(root, 'seeders'))) return [];
  return [...write(root, 'models/user.ts', MODEL), ...write(root, 'seeders/user_seeder.ts', SEEDER)];
}

function write(root: string, file: string, text: string): readonly string[] {
  try {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text, { flag: 'wx' });
    return [file];
  } catch (error) {
    throw fail('FILE_NOT_WRITTEN', { file, reason: (error as Error).message }, { cause: error });
  }
}

/** Adds the lines that `.gitignore` does not have yet. */
function ignore(root: string): readonly string[] {
  const file = join(root, '.gitignore');
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const missing = IGNORED.filter((line) => !before.split(/\r?\n/).some((have) => have.replace(/^\/|\/$/g, '') === line.replace(/\/$/, '')));
  if (missing.length === 0) return [];
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  writeFileSync(file, `${before}${separator}${missing.join('\n')}\n`);
  return ['.gitignore'];
}
