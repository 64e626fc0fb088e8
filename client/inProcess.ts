import { FastpyError } from '../src/errors.ts';
import type { Backend } from './command.ts';

/**
 * The handlers in this process, for `--no-daemon`: the same code that the daemon runs, loaded only here.
 * @throws CONFIG_INVALID
 */
export async function openInProcess(root: string): Promise<Backend> {
  const { openProject } = await import('../src/lifecycle/openProject.ts');
  const project = await openProject(root).catch(rethrow);
  return {
    request: (method, params, options = {}) =>
      project
        .request(method, params, {
          signal: options.signal ?? new AbortController().signal,
          progress: options.onProgress ?? (() => undefined),
        })
        .catch(rethrow),
    on: (name, listener) => project.on((sent, params) => sent === name && listener(params as Parameters<typeof listener>[0])),
    closed: new Promise(() => undefined),
    close: () => project.close(),
  };
}

/** The bundled client and the daemon's code have a class for errors each, so an error is made again, as it is when it comes off the wire. */
function rethrow(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'FastpyError') throw error;
  const { code, facts, location, cause } = error as FastpyError;
  throw new FastpyError(code, facts, { location, cause });
}
