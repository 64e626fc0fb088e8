import type { Endpoint } from '../protocol/endpoint.ts';
import type { HelloParams, NotificationName, Notifications } from '../protocol/methods.ts';
import { readProjectFile } from '../protocol/projectFile.ts';
import type { Answer } from '../rpc/dispatcher.ts';
import { type RpcServer, serve } from '../rpc/server.ts';
import { type Logger, openLog } from '../support/log.ts';
import { hello, type Self, status } from './daemonRequests.ts';
import { removeDiscovery, removeFailure, writeDiscovery } from './discovery.ts';
import { ProjectHost } from './projectHost.ts';
import { startWatchdog } from './watchdog.ts';

const DEFAULT_IDLE_EXIT_MS = 3 * 3_600_000;
/** Asked to stop, running work may end; told to by a signal, it is cancelled at once. */
const DRAIN_MS = 60_000;
const CANCEL_MS = 5_000;

/** A project being served. */
export interface Serving {
  readonly host: ProjectHost;
  readonly log: Logger;
  /** Settles with the reason when the daemon is to end by itself: idle, asked to, or its project is gone. */
  readonly ending: Promise<string>;
  /** Ends the service; `now` cancels running work in place of waiting for it. */
  close(options: { now: boolean }): Promise<void>;
}

/**
 * Serves a project: its requests, its notifications, and their end. The caller holds the project's lock.
 * @param listener  hears every notification, beside the clients; somebody listens as long as there is one or the other
 */
export async function serveProject(
  root: string,
  endpoint: Endpoint,
  listener?: <N extends NotificationName>(name: N, params: Notifications[N]) => void,
): Promise<Serving> {
  const log = openLog(endpoint.log);
  const self: Self = { root, endpoint, startedAt: new Date().toISOString() };
  const { promise: ending, resolve: end } = Promise.withResolvers<string>();
  const state: { server?: RpcServer } = {};
  const host = new ProjectHost(root, {
    log,
    listener: (name, params) => {
      state.server?.notify(name, params);
      listener?.(name, params);
    },
    isAttended: () => listener !== undefined || (state.server?.clients ?? 0) > 0,
  });
  const server = await serve({
    socket: endpoint.socket,
    listen: configuredListen(root),
    log,
    answer: answerWith(host, { self, end, clients: () => state.server?.clients ?? 0 }),
  });
  state.server = server;
  writeDiscovery(endpoint, { startedAt: self.startedAt, tcp: server.tcp });
  removeFailure(endpoint);
  const stopWatchdog = startWatchdog({
    lockFile: endpoint.lock,
    socket: endpoint.socket,
    isBusy: () => server.clients + server.running > 0,
    idleExit: async () => (await host.config())?.idleExit ?? DEFAULT_IDLE_EXIT_MS,
    rebind: () => server.rebind(),
    stop: end,
  });
  log.info({ root, socket: endpoint.socket }, 'serving');
  return {
    host,
    log,
    ending,
    close: async ({ now }) => {
      stopWatchdog();
      removeDiscovery(endpoint);
      await server.drain({ drainMs: now ? 0 : DRAIN_MS, cancelMs: CANCEL_MS });
      await host.close();
      await server.close();
      log.info('ended');
    },
  };
}

function answerWith(host: ProjectHost, daemon: { self: Self; end: (reason: string) => void; clients: () => number }): Answer {
  return async (method, params, context) => {
    if (method === 'daemon.status') return status(daemon.self, daemon.clients());
    if (method === 'daemon.stop') return stop(daemon.end);
    if (method !== 'daemon.hello') return host.request(method, params as never, context);
    const result = hello(params as HelloParams, daemon.self);
    context.connection.greeted();
    return result;
  };
}

/** The answer leaves before the end begins. */
function stop(end: (reason: string) => void): { readonly stopped: true } {
  setImmediate(() => end('asked to'));
  return { stopped: true };
}

/** Settings that cannot be read are told to whoever asks; until then the socket alone serves. */
function configuredListen(root: string): string | undefined {
  try {
    const { listen } = (readProjectFile(root).value ?? {}) as { listen?: string };
    return listen;
  } catch {
    return undefined;
  }
}
