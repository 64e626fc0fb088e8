import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Project } from '../config/project.ts';
import { introspect } from '../introspect/introspect.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { ModelLoader } from '../load/modelLoader.ts';
import type { ModelSet } from '../model/statement.ts';
import { materialise } from '../shadow/materialise.ts';
import type { Shadow } from '../shadow/shadow.ts';
import type { Draft } from './draft.ts';

/**
 * What the models of a draft describe: its files are loaded as those of a project are, and made real in the shadow.
 * @throws MODEL_LOAD_FAILED
 * @throws MODEL_REJECTED
 * @throws MODEL_DUPLICATE
 */
export async function makeReal(shadow: Shadow, draft: Draft, project: Project): Promise<SchemaSnapshot> {
  const models = await loadDraft(draft, project);
  return shadow.scratch(async (database) => {
    await materialise(database, models);
    return database.session(introspect);
  });
}

/** Nothing is written into the project before it is proved, so the files stand somewhere else meanwhile. */
async function loadDraft(draft: Draft, { config }: Project): Promise<ModelSet> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'fastpyd-pull-')));
  const loader = new ModelLoader({ root, configFile: join(root, 'fastpyd.config.json'), config: { ...config, models: ['**/*.{ts,sql}'] } });
  try {
    for (const [path, { text }] of draft) await write(join(root, path), text);
    return await loader.load();
  } finally {
    loader.close();
    await rm(root, { recursive: true, force: true });
  }
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
