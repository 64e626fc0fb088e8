/** The loader child: imports the TypeScript models of a project, away from the daemon. Started by loaderProcess.ts. */
import { join } from 'node:path';
import { type Naming, useNaming } from '../model/naming.ts';
import type { ModelPart } from '../model/statement.ts';
import { releaseMemory } from '../support/memory.ts';
import type { Imported, LoadReply, LoadRequest } from './childMessages.ts';
import { DeclarationIndex } from './declarationIndex.ts';
import { dieWithParent } from './dieWithParent.ts';
import { registerFastpydHooks } from './hooks.ts';
import { loadFailure } from './loadFailure.ts';
import { ModuleGraph } from './moduleGraph.ts';

// Kept from the models, which may replace what they find on `process`.
const send = process.send?.bind(process);
const reply = (message: LoadReply): void => void send?.(message);

const [, , parentPid, root = '', naming] = process.argv;
const QUIET_MS = 2_000;

let requestId = 0;
/** The model files, relative to the root, by their paths. */
let files: ReadonlyMap<string, string> = new Map();
dieWithParent(Number(parentPid));
registerFastpydHooks();
useNaming(naming as Naming);
const graph = new ModuleGraph((file) => reply({ fastpyd: 'evaluating', id: requestId, file }));
const index = new DeclarationIndex(root);

function takeOver(list: readonly string[]): void {
  const fresh = new Map(list.map((file) => [join(root, file), file]));
  for (const [path, file] of files) if (!fresh.has(path)) remove(path, file);
  for (const path of fresh.keys()) if (!files.has(path)) graph.add(path);
  files = fresh;
}

function remove(path: string, file: string): void {
  graph.remove(path);
  index.remove(file);
}

async function importWhatChanged(changed: readonly string[]): Promise<readonly ModelPart[]> {
  graph.refresh(changed);
  for (const path of graph.outdated) index.put(files.get(path) ?? path, await graph.import(path));
  return index.take();
}

async function answer({ files: list, changed }: LoadRequest): Promise<Imported> {
  try {
    if (list !== undefined) takeOver(list);
    const parts = await importWhatChanged(changed);
    return { parts, modules: graph.takeRead(), renewals: graph.renewals, isRepeatable: graph.isRepeatable };
  } catch (error) {
    const { read, renewals, isRepeatable, current = root } = graph;
    return { parts: [], modules: read, renewals, isRepeatable, error: loadFailure(error, { root, file: current }).toData() };
  }
}

process.on('message', async (request: LoadRequest) => {
  requestId = request.id;
  reply({ fastpyd: 'imported', id: requestId, imported: await answer(request) });
  // Importing many files leaves a multiple of what is kept.
  if (request.files !== undefined) setTimeout(releaseMemory, QUIET_MS).unref();
});

// A rejection that a model leaves behind belongs to no request; the models that did load are still good.
process.on('unhandledRejection', () => undefined);
