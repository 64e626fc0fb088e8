/** The loader child: imports the TypeScript models of a project, away from the daemon. Started by modelLoader.ts. */
import { useNaming } from '../model/naming.ts';
import type { LoadReply, LoadRequest } from './childMessages.ts';
import { collectDeclarations, type ImportedModule } from './collectDeclarations.ts';
import { dieWithParent } from './dieWithParent.ts';
import { registerFastpydHooks } from './hooks.ts';
import { loadFailure } from './loadFailure.ts';
import { ModuleGraph } from './moduleGraph.ts';

// Kept from the models, which may replace what they find on `process`.
const send = process.send?.bind(process);
const reply = (message: LoadReply): void => void send?.(message);

let requestId = 0;
dieWithParent(Number(process.argv[2]));
registerFastpydHooks();
const graph = new ModuleGraph((file) => reply({ fastpyd: 'evaluating', id: requestId, file }));

async function importAll({ files, root }: LoadRequest) {
  const renewed = graph.refresh();
  const modules: ImportedModule[] = [];
  for (const file of files) {
    graph.current = file;
    modules.push({ file, exports: await graph.import(file) });
  }
  graph.settle();
  return { parts: collectDeclarations(modules, root), renewed };
}

async function answer(request: LoadRequest): Promise<LoadReply> {
  const { id, root, naming } = request;
  useNaming(naming);
  try {
    return { fastpyd: 'loaded', id, ...(await importAll(request)) };
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
