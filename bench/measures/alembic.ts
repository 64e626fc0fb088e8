import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { alembicFile, alembicModel, alembicProject } from '../peers/alembicModels.ts';
import { installFromPip } from '../peers/installPeers.ts';
import type { Edit } from '../schema/edits.ts';
import { createEnums, createTable } from '../schema/sqlTables.ts';
import { writeFiles } from '../schema/writeFiles.ts';
import { runTimed } from '../support/command.ts';
import { execute, startServer } from '../support/databases.ts';
import { temporaryFolder } from '../support/project.ts';
import type { Measure } from './measure.ts';
import { checkFound, measurePeer } from './peer.ts';

const LIMIT_MS = 180_000;

/** `alembic revision --autogenerate`, as a whole process: it compares the metadata with the database. */
export const alembic: Measure = {
  name: 'alembic',
  async run(situation) {
    await using folder = temporaryFolder();
    await using server = await startServer();
    return await measurePeer('alembic.autogenerate', situation, async () => {
      const python = await installFromPip();
      const { tables } = situation.project;
      const url = await server.database('alembic');
      await execute(url, [...createEnums(), ...tables.flatMap(createTable), 'ANALYZE']);
      writeFiles(folder.root, alembicProject(tables, url));
      return { time: (edit) => timeEdit(python, folder.root, edit) };
    });
  },
};

async function timeEdit(python: string, root: string, edit: Edit): Promise<number> {
  writeFiles(root, { [alembicFile(edit.after)]: alembicModel(edit.after) });
  const command = [python, '-m', 'alembic', 'revision', '--autogenerate', '-m', 'change'] as const;
  const { wallMs } = await runTimed(command, { cwd: root, limitMs: LIMIT_MS });
  const versions = join(root, 'alembic', 'versions');
  const file = join(versions, readdirSync(versions).find((name) => name.endsWith('.py')) ?? '');
  const [, upgrade = ''] = /def upgrade\(\)(.*)def downgrade/s.exec(readFileSync(file, 'utf8')) ?? [];
  checkFound(upgrade, { pattern: /\bop\.\w+\(/g, edit });
  rmSync(file);
  writeFiles(root, { [alembicFile(edit.before)]: alembicModel(edit.before) });
  return wallMs;
}
