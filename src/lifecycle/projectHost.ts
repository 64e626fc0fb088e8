import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadProject } from '../config/loadProject.ts';
import type { Config } from '../config/project.ts';
import { createDaemon, type Daemon } from '../daemon.ts';
import type { Handlers, Method, NotificationName, Notifications, ParamsOf, RequestContext } from '../protocol/methods.ts';
import { CONFIG_FILE } from '../protocol/projectFile.ts';
import type { Logger } from '../support/log.ts';

const CONFIG_INTERVAL_MS = 1_000;
const POLL_MS = 20;

type Listener = <N extends NotificationName>(name: N, params: Notifications[N]) => void;

interface HostOptions {
  readonly listener: Listener;
  readonly log: Logger;
  /** Does anybody listen? */
  readonly isAttended: () => boolean;
}

/** A project's daemon for as long as its settings hold: when they change, the next request finds one with the new ones. */
export class ProjectHost {
  readonly #root: string;
  readonly #configFile: string;
  readonly #listener: Listener;
  readonly #log: Logger;
  readonly #isAttended: () => boolean;
  #current: Promise<Open>;
  #configText: string;
  #running = 0;

  /** Begins to open the project; settings that cannot be read are the answer to every request until they can. */
  constructor(root: string, options: HostOptions) {
    this.#root = root;
    this.#configFile = join(root, CONFIG_FILE);
    this.#listener = options.listener;
    this.#log = options.log;
    this.#isAttended = options.isAttended;
    this.#configText = this.#readConfig();
    this.#current = this.#open();
    watchFile(this.#configFile, { interval: CONFIG_INTERVAL_MS, persistent: false }, () => this.#refresh());
  }

  /** The settings in use, or undefined when they cannot be read. */
  async config(): Promise<Config | undefined> {
    return this.#current.then(
      ({ config }) => config,
      () => undefined,
    );
  }

  /** @throws CONFIG_INVALID  and whatever the request itself raises */
  async request<M extends Method>(method: M, params: ParamsOf<M>, context: RequestContext): Promise<unknown> {
    this.#refresh();
    const { daemon } = await this.#current;
    this.#running++;
    try {
      return await (daemon.handlers as Handlers)[method](params, context);
    } finally {
      this.#running--;
    }
  }

  async close(): Promise<void> {
    unwatchFile(this.#configFile);
    await closed(this.#current);
  }

  #refresh(): void {
    const text = this.#readConfig();
    if (text === this.#configText) return;
    this.#configText = text;
    this.#current = this.#reopen(this.#current);
  }

  /** Requests under the old settings end before the new ones hold: two daemons must not own one embedded database. */
  async #reopen(before: Promise<Open>): Promise<Open> {
    this.#log.info('the settings have changed');
    while (this.#running > 0) await sleep(POLL_MS);
    await closed(before);
    return this.#open();
  }

  #open(): Promise<Open> {
    const opening = openDaemon(this.#root, { listener: this.#listener, log: this.#log, isAttended: this.#isAttended });
    opening.catch((error) => this.#log.warn({ err: error }, 'the project cannot be opened'));
    return opening;
  }

  #readConfig(): string {
    try {
      return readFileSync(this.#configFile, 'utf8');
    } catch {
      return '';
    }
  }
}

interface Open {
  readonly config: Config;
  readonly daemon: Daemon;
}

async function openDaemon(root: string, { listener, log, isAttended }: HostOptions): Promise<Open> {
  const project = await loadProject(root);
  const daemon = await createDaemon(project, { inProcess: false, log, isAttended });
  daemon.on(listener);
  await daemon.watch().catch(async (error: unknown) => {
    await daemon.close();
    throw error;
  });
  return { config: project.config, daemon };
}

/** A project that could not be opened has nothing to close. */
async function closed(open: Promise<Open>): Promise<void> {
  const opened = await open.catch(() => undefined);
  await opened?.daemon.close();
}
