import type { Config, Project } from '../config/project.ts';
import { ModelLoader } from '../load/modelLoader.ts';
import { withRolesApart } from '../load/roleStatements.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { MigrationFolder } from '../migration/migrationFolder.ts';
import type { ModelSet } from '../model/statement.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { startEmbedded } from '../postgres/embedded.ts';
import type { Logger } from '../support/log.ts';
import { type LiveOptions, type LiveTarget, type OpenLive, type OpenTarget, openLive, openTarget, type Target } from './target.ts';

/** What differs between a daemon and a single command. */
export interface WorkspaceOptions {
  /** A daemon's shadow is there again for the next one; a command leaves nothing. */
  readonly keepsShadow: boolean;
  readonly log?: Logger | undefined;
}

/** A project at work: its models, its history, and every database that a command has named so far. */
export class Workspace {
  readonly project: Project;
  readonly #loader: ModelLoader;
  readonly #folder: MigrationFolder;
  readonly #targets = new Map<string, Promise<OpenTarget>>();
  readonly #lives = new Map<string, Promise<OpenLive>>();
  readonly #options: WorkspaceOptions;
  #cluster: Promise<Cluster> | undefined;
  #onImports: ((files: Iterable<string>) => void) | undefined;

  constructor(project: Project, options: WorkspaceOptions) {
    this.project = project;
    this.#options = options;
    this.#loader = new ModelLoader(project);
    this.#folder = new MigrationFolder(project);
  }

  get config(): Config {
    return this.project.config;
  }

  /**
   * @param changed  what alone can have changed since the last call, as absolute paths; everything is looked at without it
   * @returns the models, with what they say of managed roles apart
   * @throws MODEL_LOAD_FAILED
   */
  async models(changed?: readonly string[]): Promise<ModelSet> {
    try {
      return withRolesApart(await this.#loader.load({ changed }), this.config.manageRoles);
    } finally {
      // Models that fail too: what they import may be what has to be put right.
      this.#onImports?.(this.#loader.imported);
    }
  }

  /** Keeps models ready for saves, in a process that stays, and tells which files they import beside each other, so that these are watched. */
  stayReady(onImports: (files: Iterable<string>) => void): void {
    this.#onImports = onImports;
    void this.#loader.prime();
  }

  /** Every migration file, in the order of parents; `changed` as with models. @throws HISTORY_CONFLICT */
  migrations(changed?: readonly string[]): Promise<readonly Migration[]> {
    return this.#folder.read({ changed });
  }

  /** The same by name, also where they make no history. */
  migrationFiles(): Promise<readonly Migration[]> {
    return this.#folder.readFiles();
  }

  /** The URL behind what the client sent; for `embedded` the private server is started, and again when it has died. */
  async url(database: string): Promise<string> {
    if (database !== 'embedded') return database;
    this.#cluster = this.#livingCluster(this.#cluster);
    const cluster = await this.#cluster;
    return cluster.url(cluster.database);
  }

  async #livingCluster(known: Promise<Cluster> | undefined): Promise<Cluster> {
    const cluster = await known?.catch(() => undefined);
    if (cluster?.isRunning()) return cluster;
    await cluster?.stop();
    return startEmbedded(this.project);
  }

  /** The database that the client named, connected; one that could not be reached, or whose shadow has died, is opened anew. */
  target(database: string): Promise<Target> {
    const target = this.#livingTarget(database, this.#targets.get(database));
    this.#targets.set(database, target);
    return target;
  }

  /** The same without a shadow, which is started for nobody who has no use for it; that of the target where one is open. */
  async live(database: string): Promise<LiveTarget> {
    if (this.#targets.has(database)) return this.target(database);
    const live = this.#livingLive(database, this.#lives.get(database));
    this.#lives.set(database, live);
    return live;
  }

  async #livingLive(database: string, known: Promise<OpenLive> | undefined): Promise<OpenLive> {
    const live = await known?.catch(() => undefined);
    const url = await this.url(database);
    if (live?.live.url === url) return live;
    await live?.close();
    return openLive(this.#liveOptions(database, url));
  }

  /** The databases that were named so far and could be opened; nothing is started for them. */
  async opened(): Promise<readonly (readonly [database: string, target: Target])[]> {
    const targets = await Promise.all(
      [...this.#targets].map(async ([name, target]) => [name, await target.catch(() => undefined)] as const),
    );
    return targets.flatMap(([name, target]) => (target === undefined ? [] : [[name, target] as const]));
  }

  async #livingTarget(database: string, known: Promise<OpenTarget> | undefined): Promise<OpenTarget> {
    const target = await known?.catch(() => undefined);
    const url = await this.url(database);
    if (target?.shadow.server.isRunning() && target.live.url === url) return target;
    await target?.close();
    return this.#open(database, url);
  }

  async #open(database: string, url: string): Promise<OpenTarget> {
    const target = await openTarget({ ...this.#liveOptions(database, url), shadow: this.config.shadow, ...this.#options });
    void target.models.prepare().then((earlier) => earlier && this.#loader.know(earlier.models.parts));
    return target;
  }

  #liveOptions(database: string, url: string): LiveOptions {
    return {
      root: this.project.root,
      url,
      kind: database === 'embedded' ? 'embedded' : 'url',
      isProtected: this.config.protected,
      limits: { lockTimeout: this.config.lockTimeout, statementTimeout: this.config.statementTimeout },
    };
  }

  async close(): Promise<void> {
    this.#loader.close();
    await Promise.allSettled([...this.#targets.values(), ...this.#lives.values()].map(async (target) => (await target).close()));
    await (await this.#cluster?.catch(() => undefined))?.stop();
  }
}
