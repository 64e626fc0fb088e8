import type { Config, Project } from '../config/project.ts';
import { ModelLoader } from '../load/modelLoader.ts';
import type { Migration } from '../migration/migrationFile.ts';
import { MigrationFolder } from '../migration/migrationFolder.ts';
import type { ModelSet } from '../model/statement.ts';
import type { Cluster } from '../postgres/cluster.ts';
import { startEmbedded } from '../postgres/embedded.ts';
import { openTarget, type Target } from './target.ts';

/** A project at work: its models, its history, and every database that a command has named so far. */
export class Workspace {
  readonly project: Project;
  readonly #loader: ModelLoader;
  readonly #folder: MigrationFolder;
  readonly #targets = new Map<string, Promise<Target & { close(): Promise<void> }>>();
  #cluster: Promise<Cluster> | undefined;

  constructor(project: Project) {
    this.project = project;
    this.#loader = new ModelLoader(project);
    this.#folder = new MigrationFolder(project);
  }

  get config(): Config {
    return this.project.config;
  }

  /** @throws MODEL_LOAD_FAILED */
  models(): Promise<ModelSet> {
    return this.#loader.load();
  }

  /** Every migration file, in the order of parents. @throws HISTORY_CONFLICT */
  migrations(): Promise<readonly Migration[]> {
    return this.#folder.read();
  }

  /** The URL behind what the client sent; for `embedded` the private server is started. */
  async url(database: string): Promise<string> {
    if (database !== 'embedded') return database;
    this.#cluster ??= startEmbedded(this.project);
    const cluster = await this.#cluster.catch((error: unknown) => {
      this.#cluster = undefined;
      throw error;
    });
    return cluster.url(cluster.database);
  }

  /** The database that the client named, connected; one that could not be reached is tried anew the next time. */
  target(database: string): Promise<Target> {
    const known = this.#targets.get(database);
    if (known !== undefined) return known;
    const opened = this.#open(database).catch((error: unknown) => {
      this.#targets.delete(database);
      throw error;
    });
    this.#targets.set(database, opened);
    return opened;
  }

  async #open(database: string) {
    return openTarget({
      root: this.project.root,
      url: await this.url(database),
      kind: database === 'embedded' ? 'embedded' : 'url',
      isProtected: this.config.protected,
      shadow: this.config.shadow,
    });
  }

  async close(): Promise<void> {
    this.#loader.close();
    await Promise.allSettled([...this.#targets.values()].map(async (target) => (await target).close()));
    await (await this.#cluster?.catch(() => undefined))?.stop();
  }
}
