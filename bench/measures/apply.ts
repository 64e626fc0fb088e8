import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TableMigration, tableMigrations } from '../schema/migrations.ts';
import { describeTables } from '../schema/tables.ts';
import { writeFiles } from '../schema/writeFiles.ts';
import { runTimed } from '../support/command.ts';
import { execute, type Server, startServer } from '../support/databases.ts';
import { FASTPY } from '../support/installed.ts';
import { repeat } from '../support/repeat.ts';
import { type Series, series } from '../support/series.ts';

const RUNS = 3;
const LIMIT_MS = 300_000;

/** What to apply, and for how long at most. */
export interface ApplyPlan {
  /** How many migrations are pending; one series for each. */
  readonly pending: readonly number[];
  readonly seed: number;
  readonly budgetMs: number;
}

/**
 * `fastpy db:migrate` on a warm daemon, as a whole process, with so many pending migrations of one table each; and beside it the same
 * statements sent by a plain client that is running already, in as many transactions. Each run has a new database and new files.
 */
export async function measureApply({ pending, seed, budgetMs }: ApplyPlan): Promise<readonly Series[]> {
  await using server = await startServer();
  const all: Series[] = [];
  for (const size of pending) {
    const over = Array.from({ length: RUNS }, (_, run) => tableMigrations(describeTables({ tables: size, seed: seed + run })));
    const { results, note } = await repeat({ what: `apply ${size}`, over, budgetMs }, (migrations, run) =>
      timeBoth(server, migrations, `apply_${size}_${run}`),
    );
    const taken = { size, unit: 'ms', note } as const;
    all.push(series('apply.wall', { ...taken, samples: results.map(({ wallMs }) => wallMs) }));
    all.push(series('apply.plain', { ...taken, samples: results.map(({ plainMs }) => plainMs) }));
  }
  return all;
}

async function timeBoth(server: Server, migrations: readonly TableMigration[], name: string) {
  const { root } = server.project;
  rmSync(join(root, 'migrations'), { recursive: true, force: true });
  writeFiles(root, Object.fromEntries(migrations.map(({ file, text }) => [file, text])));
  const url = await server.database(name);
  const command = [...FASTPY, 'db:migrate', '--project', root, '--database-url', url] as const;
  const { wallMs } = await runTimed(command, { limitMs: LIMIT_MS });
  const plainUrl = await server.database(`${name}_plain`);
  const startedAt = performance.now();
  await execute(
    plainUrl,
    migrations.flatMap(({ statements }) => ['BEGIN', ...statements, 'COMMIT']),
  );
  return { wallMs, plainMs: performance.now() - startedAt };
}
