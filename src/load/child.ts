/** The loader child: imports the TypeScript models of a project, away from the daemon. Started by loaderProcess.ts. */
import { join } from 'node:path';
import { type Naming, useNaming } from '../model/naming.ts';
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
let requestId = 0;
let files: readonly string[] = [];
/** Which version of each file the index has. */
const versions = new Map<string, number>();
dieWithParent(Number(parentPid));
registerFastpydHooks();
useNaming(naming as Naming);
const graph = new ModuleGraph((file) => reply({ fastpyd: 'evaluating', id: requestId, file }));
const index = new DeclarationIndex(root);

function takeOver(list: readonly string[]): void {
  files = list;
  const kept = new Set(list);
  for (const file of index.files()) if (!kept.has(file)) remove(file);
}

function remove(file: string): void {
  index.remove(file);
  versions.delete(file);
}

async function importFile(file: string): Promise<void> {
  const path = join(root, file);
  const version = graph.versionOf(path);
  if (version !== undefined && version === versions.get(file)) return;
  graph.current = path;
  index.put(file, await graph.import(path));
  versions.set(file, graph.versionOf(path) ?? 0);
}

async function importWhatChanged(changed: readonly string[]): Promise<Imported> {
  graph.refresh(changed);
  for (const file of files) await importFile(file);
  const { renewals, isRepeatable } = graph;
  return { parts: index.take(), modules: [...graph.takeRead()], renewals, isRepeatable };
}

async function answer({ id, files: list, changed }: LoadRequest): Promise<LoadReply> {
  try {
    if (list !== undefined) takeOver(list);
    return { fastpyd: 'loaded', id, imported: await importWhatChanged(changed) };
  } catch (error) {
    return { fastpyd: 'failed', id, error: loadFailure(error, { root, file: graph.current ?? root }).toData() };
  }
}

process.on('message', async (request: LoadRequest) => {
  requestId = request.id;
  reply(await answer(request));
});

// A rejection that a model leaves behind belongs to no request; the models that did load are still good.
process.on('unhandledRejection', () => undefined);
