import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PEERS } from '../peers/installPeers.ts';
import { writeFiles } from '../schema/writeFiles.ts';
import { FASTPY } from '../support/installed.ts';

/** The versions that are given the faults, by their packages. */
export const VERSIONS = { 'drizzle-orm': '0.45.4', 'graphile-migrate': '1.4.1', 'node-pg-migrate': '9.0.0', pg: '8.23.1' } as const;

/** Where they are installed. */
export const FOLDER = join(PEERS, 'faults');

/** One migration, with nothing but SQL. */
export interface Step {
  readonly name: string;
  readonly sql: string;
  /** Has a statement that PostgreSQL refuses in a transaction. */
  readonly isApart?: boolean | undefined;
}

/** A tool that applies migrations from files. */
export interface Tool {
  readonly name: string;
  /** False where every migration runs in a transaction. */
  readonly runsApart: boolean;
  /** The files of a project with these migrations. */
  files(steps: readonly Step[], url: string): Readonly<Record<string, string>>;
  /** What applies them. */
  readonly command: readonly [string, ...string[]];
}

const bin = (name: string): string => join(FOLDER, 'node_modules', '.bin', name);
const numbered = (index: number): string => String(index + 1).padStart(6, '0');

const fastpyd: Tool = {
  name: 'fastpyd',
  runsApart: true,
  files: (steps) => ({
    'fastpyd.config.json': '{}\n',
    ...Object.fromEntries(
      steps.map(({ name, sql, isApart }, index) => [
        `migrations/20260101${numbered(index)}_${name}.ts`,
        `import { migration, sql } from 'fastpyd/migration';\nexport default migration({ parent: ${index === 0 ? 'null' : `'20260101${numbered(index - 1)}_${steps[index - 1]?.name}'`}, transaction: ${isApart !== true}, up: [sql\`${sql}\`], down: null });\n`,
      ]),
    ),
  }),
  command: [...FASTPY, 'db:migrate', '--no-daemon'],
};

const nodePgMigrate: Tool = {
  name: 'node-pg-migrate',
  runsApart: true,
  files: (steps) =>
    Object.fromEntries(
      steps.map(({ name, sql, isApart }, index) => [
        `migrations/1${numbered(index)}_${name}.js`,
        `export const up = (pgm) => { ${isApart ? 'pgm.noTransaction(); ' : ''}pgm.sql(${JSON.stringify(sql)}); };\nexport const down = false;\n`,
      ]),
    ),
  command: [process.execPath, bin('node-pg-migrate'), 'up'],
};

const graphileMigrate: Tool = {
  name: 'graphile-migrate',
  runsApart: true,
  files: (steps, url) => {
    let previous: string | null = null;
    const files: Record<string, string> = { '.gmrc': JSON.stringify({ connectionString: url }), 'migrations/current.sql': '' };
    for (const [index, { name, sql, isApart }] of steps.entries()) {
      const body = `${isApart ? '--! no-transaction\n' : ''}${sql};`;
      const hash: string = `sha1:${createHash('sha1')
        .update(`${`${previous ?? ''}\n${body}`.trim()}\n`)
        .digest('hex')}`;
      files[`migrations/committed/${numbered(index)}-${name}.sql`] = `--! Previous: ${previous ?? '-'}\n--! Hash: ${hash}\n\n${body}\n`;
      previous = hash;
    }
    return files;
  },
  command: [process.execPath, bin('graphile-migrate'), 'migrate'],
};

const drizzle: Tool = {
  name: 'drizzle-orm',
  runsApart: false,
  files: (steps) => ({
    'migrate.mjs': `import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
const db = drizzle(process.env.DATABASE_URL);
await migrate(db, { migrationsFolder: 'drizzle' });
await db.$client.end();\n`,
    'drizzle/meta/_journal.json': JSON.stringify({
      version: '7',
      dialect: 'postgresql',
      entries: steps.map(({ name }, idx) => ({
        idx,
        version: '7',
        when: 1_767_225_600_000 + idx,
        tag: `${numbered(idx)}_${name}`,
        breakpoints: true,
      })),
    }),
    ...Object.fromEntries(steps.map(({ name, sql }, index) => [`drizzle/${numbered(index)}_${name}.sql`, `${sql};\n`])),
  }),
  command: [process.execPath, 'migrate.mjs'],
};

export const tools: readonly Tool[] = [fastpyd, nodePgMigrate, graphileMigrate, drizzle];

/** Writes a project of a tool. */
export function writeProject(root: string, tool: Tool, steps: readonly Step[], url: string): void {
  writeFiles(root, { 'package.json': '{"private":true,"type":"module"}\n', ...tool.files(steps, url) });
  symlinkSync(join(FOLDER, 'node_modules'), join(root, 'node_modules'));
}
