import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { drizzleFile, drizzleSchema, drizzleTable } from '../peers/drizzleSchema.ts';
import { installFromNpm } from '../peers/installPeers.ts';
import type { Edit } from '../schema/edits.ts';
import { writeFiles } from '../schema/writeFiles.ts';
import { runTimed } from '../support/command.ts';
import { temporaryFolder } from '../support/project.ts';
import type { Measure } from './measure.ts';
import { checkFound, measurePeer } from './peer.ts';

const CONFIG = { dialect: 'postgresql', schema: './schema/*', out: './drizzle' };
const LIMIT_MS = 180_000;

/** `drizzle-kit generate`, as a whole process: it compares the schema files with the snapshot beside its last migration. */
export const drizzle: Measure = {
  name: 'drizzle',
  async run(situation) {
    await using folder = temporaryFolder();
    return await measurePeer('drizzle.generate', situation, async () => {
      const modules = await installFromNpm();
      symlinkSync(modules, join(folder.root, 'node_modules'));
      writeFiles(folder.root, { 'drizzle.config.json': JSON.stringify(CONFIG), ...drizzleSchema(situation.project.tables) });
      await generate(folder.root);
      cpSync(join(folder.root, 'drizzle'), join(folder.root, 'history'), { recursive: true });
      return { time: (edit) => timeEdit(folder.root, edit) };
    });
  },
};

async function timeEdit(root: string, edit: Edit): Promise<number> {
  writeFiles(root, { [drizzleFile(edit.after)]: drizzleTable(edit.after) });
  const { wallMs } = await generate(root);
  checkFound(lastMigration(join(root, 'drizzle')), { pattern: /^ALTER TABLE .* ADD COLUMN/gm, edit });
  writeFiles(root, { [drizzleFile(edit.before)]: drizzleTable(edit.before) });
  rmSync(join(root, 'drizzle'), { recursive: true });
  cpSync(join(root, 'history'), join(root, 'drizzle'), { recursive: true });
  return wallMs;
}

const generate = (root: string) =>
  runTimed([process.execPath, join(root, 'node_modules', 'drizzle-kit', 'bin.cjs'), 'generate'], { cwd: root, limitMs: LIMIT_MS });

function lastMigration(folder: string): string {
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return readFileSync(join(folder, files.sort().at(-1) ?? ''), 'utf8');
}
