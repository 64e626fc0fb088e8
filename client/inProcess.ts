import type { Backend } from './command.ts';

/**
 * The handlers in this process, for `--no-daemon`: the same code that the daemon runs, loaded only here.
 * @throws CONFIG_INVALID
 */
export async function openInProcess(root: string): Promise<Backend> {
  const { openProject } = await import('../src/lifecycle/openProject.ts');
  const project = await openProject(root);
  return {
    request: (method, params, options = {}) =>
      project.request(method, params, {
        signal: options.signal ?? new AbortController().signal,
        progress: options.onProgress ?? (() => undefined),
      }),
    on: (name, listener) => project.on((sent, params) => sent === name && listener(params as Parameters<typeof listener>[0])),
    closed: new Promise(() => undefined),
    close: () => project.close(),
  };
}
