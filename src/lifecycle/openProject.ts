import { loadProject } from '../config/loadProject.ts';
import { createDaemon } from '../daemon.ts';
import type { Handlers, Method, NotificationName, Notifications, ParamsOf, RequestContext, ResultOf } from '../protocol/methods.ts';
import { parseParams } from '../protocol/schemas/requests.ts';

/** A project's handlers in this process, with the checks that the wire makes. */
export interface OpenProject {
  request<M extends Method>(method: M, params: ParamsOf<M>, context: RequestContext): Promise<ResultOf<M>>;
  on(listener: (name: NotificationName, params: Notifications[NotificationName]) => void): () => void;
  close(): Promise<void>;
}

/**
 * Opens a project for `--no-daemon`: what the daemon would answer is answered here, and `close` leaves nothing behind.
 * @throws CONFIG_INVALID
 */
export async function openProject(root: string): Promise<OpenProject> {
  const daemon = await createDaemon(await loadProject(root), { inProcess: true });
  return {
    request: async (method, params, context) => (daemon.handlers as Handlers)[method](parseParams(method, params), context),
    on: (listener) => daemon.on(listener),
    close: () => daemon.close(),
  };
}
