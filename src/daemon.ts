import { baseline } from './commands/baseline.ts';
import { DriftWatch } from './commands/driftWatch.ts';
import { fresh } from './commands/fresh.ts';
import { kept } from './commands/kept.ts';
import { make } from './commands/make.ts';
import { migrate } from './commands/migrate.ts';
import { pull } from './commands/pull.ts';
import { rollback } from './commands/rollback.ts';
import { makeModel, makeSeeder, seed } from './commands/seed.ts';
import { squash } from './commands/squash.ts';
import { diff, history, status } from './commands/status.ts';
import { Suggester } from './commands/suggester.ts';
import { verify } from './commands/verify.ts';
import { Workspace } from './commands/workspace.ts';
import type { Project } from './config/project.ts';
import type { Handlers, NotificationName, Notifications } from './protocol/methods.ts';
import type { Logger } from './support/log.ts';
import { type ProjectWatcher, watchProject } from './watch/watcher.ts';

/** The handlers that a project answers with; those of the daemon's own life belong to whoever serves them. */
export type ProjectHandlers = Omit<Handlers, 'daemon.hello' | 'daemon.status' | 'daemon.stop'>;

type Listener = <N extends NotificationName>(name: N, params: Notifications[N]) => void;

/** A project being served, by a socket or in the process of one command. */
export interface Daemon {
  readonly handlers: ProjectHandlers;
  /** Hears every notification; the returned function ends that. */
  on(listener: Listener): () => void;
  /** Begins to watch the project's files and its databases: from now on suggestions and drift are told unasked. */
  watch(): Promise<void>;
  /** Ends everything that was started: children, servers, connections. */
  close(): Promise<void>;
}

/** How a project is served. */
export interface DaemonOptions {
  readonly inProcess: boolean;
  readonly log?: Logger | undefined;
  /** Does anybody listen to notifications now? Databases are watched only then. */
  readonly isAttended?: (() => boolean) | undefined;
}

/** Opens whatever a project needs as it is needed; the one place where the parts are put together. */
export async function createDaemon(project: Project, options: DaemonOptions): Promise<Daemon> {
  const workspace = new Workspace(project, { keepsShadow: !options.inProcess, log: options.log });
  const listeners = new Set<Listener>();
  const releasers: (() => Promise<void>)[] = [() => workspace.close()];
  const publish: Listener = (name, params) => {
    for (const listener of listeners) listener(name, params);
  };
  const suggester = new Suggester(workspace, publish, { staysReady: !options.inProcess });
  releasers.push(() => suggester.close());
  const drift = new DriftWatch({
    workspace,
    run: (work) => suggester.run(work),
    publish: (params) => publish('database.drifted', params),
    isAttended: options.isAttended ?? (() => true),
  });
  return {
    handlers: handlersOf({ workspace, suggester, drift }),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch: async () => {
      let watcher: ProjectWatcher | undefined;
      workspace.stayReady((files) => watcher?.add(files));
      const opened = await watchProject(project, {
        stir: (paths) => suggester.stirred(paths),
        deliver: (paths) => suggester.changed(paths),
      });
      watcher = opened;
      releasers.push(() => opened.close());
      drift.start();
      releasers.push(() => drift.stop());
    },
    close: async () => {
      for (const release of releasers.splice(0).reverse())
        await release().catch((error: unknown) => options.log?.error({ err: error }, 'closing'));
    },
  };
}

interface Parts {
  readonly workspace: Workspace;
  readonly suggester: Suggester;
  readonly drift: DriftWatch;
}

/** Work on a project is done one piece at a time: two commands never see each other half done. */
function handlersOf({ workspace, suggester, drift }: Parts): ProjectHandlers {
  return {
    'db.migrate': (params, context) => suggester.after(params.database, () => migrate(workspace, params, context)),
    'db.make': (params) => suggester.after(params.database, () => make(workspace, params)),
    'db.rollback': (params, context) => suggester.after(params.database, () => rollback(workspace, params, context)),
    'db.fresh': (params, context) => suggester.after(params.database, () => fresh(workspace, params, context)),
    'db.seed': (params, context) => suggester.run(() => seed(workspace, params, context)),
    'db.status': async (params) => {
      const result = await suggester.run(() => status(workspace, params));
      drift.tell(params.database, result.drift);
      return result;
    },
    'db.diff': (params) => suggester.run(() => diff(workspace, params)),
    'db.pull': (params, context) => suggester.after(params.database, () => pull(workspace, params, context)),
    'db.baseline': (params) => suggester.after(params.database, () => baseline(workspace, params)),
    'db.kept': (params) => suggester.run(() => kept(workspace, params)),
    'db.squash': (params) => suggester.after(params.database, () => squash(workspace, params)),
    'db.history': (params) => suggester.run(() => history(workspace, params)),
    'db.verify': (params, context) => suggester.run(() => verify(workspace, params, context)),
    'db.url': async ({ database }) => ({ schemaVersion: 1, url: await workspace.url(database) }),
    'make.seeder': (params) => suggester.run(() => makeSeeder(workspace, params)),
    'make.model': (params) => suggester.run(() => makeModel(workspace, params)),
    'suggestion.get': (params) => suggester.get(params.database),
    'suggestion.accept': (params) => suggester.after(params.database, () => make(workspace, params)),
  };
}
