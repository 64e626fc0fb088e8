import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { Project } from '../config/project.ts';
import { mayBeModel } from '../load/modelFiles.ts';
import type { Logger } from '../support/log.ts';
import { Burst, type BurstListener } from './burst.ts';
import { Sightings } from './sightings.ts';

/** How long no file must change before what changed is told. */
export const QUIET_MS = 20;
const BULK_QUIET_MS = 100;
/** A branch switch touches files for long; one call at its end is better than a suggestion for each half of it. */
const CAP_MS = 2_000;
const POLL_INTERVAL_MS = 300;

/** A watcher that runs until it is closed. */
export interface ProjectWatcher {
  /** Watches further files, such as those that models import from elsewhere; packages, and what is watched already, are left out. */
  add(paths: Iterable<string>): void;
  close(): Promise<void>;
}

/**
 * Watches a project's models, migrations and settings file; folders that do not exist yet count from when they do.
 * A burst of changes is one call. Where the system has no watches left, files are looked at in turn instead.
 * @param listener  hears absolute paths of files that came, changed or went: all of a burst at its end, those so far at each event of it
 */
export async function watchProject(project: Project, listener: BurstListener, log?: Logger | undefined): Promise<ProjectWatcher> {
  const burst = new Burst(listener, { quietMs: QUIET_MS, bulkQuietMs: BULK_QUIET_MS, capMs: CAP_MS });
  const others = new Burst(
    { deliver: (paths) => tellOthers(paths, listener) },
    { quietMs: BULK_QUIET_MS, bulkQuietMs: BULK_QUIET_MS, capMs: CAP_MS },
  );
  const watched = new Set(watchedPaths(project));
  const imported = new Set<string>();
  const sightings = new Sightings();
  const matters = (path: string) => imported.has(path) || takesPart(project, path);
  const onFile = (path: string) => {
    if (!matters(path)) others.add(path);
    else if (sightings.isNews(path)) burst.add(path);
  };
  const onHint = (path: string) => {
    if (matters(path) && isFile(path)) onFile(path);
  };
  const open = (usePolling: boolean) => openWatcher(project, { watched, usePolling, onFile, onHint });
  let watcher = open(false);
  let started = ready(watcher);
  const fallBack = (error: unknown) => {
    if (!isOutOfWatches(error)) return log?.warn({ err: error }, 'watching');
    log?.warn({ err: error, limits: WATCH_LIMITS }, 'no file watches left: files are polled from now on');
    watcher.off('error', fallBack);
    watcher.on('error', () => undefined);
    void watcher.close();
    watcher = open(true);
    watcher.on('error', (err) => log?.warn({ err }, 'watching'));
    started = ready(watcher);
  };
  watcher.on('error', fallBack);
  // The first may end in a second, the polling one, which has to be ready too.
  await started;
  await started;
  return {
    add: (paths) => {
      for (const path of paths) imported.add(path);
      const further = [...paths].filter((path) => !isWatched(path, watched) && !isIgnored(relative(project.root, path)));
      for (const path of further) watched.add(path);
      if (further.length > 0) watcher.add(further);
    },
    close: async () => {
      burst.close();
      others.close();
      await watcher.close();
    },
  };
}

/** Is it a file that models or history are made of by itself? */
function takesPart(project: Project, path: string): boolean {
  const migrations = resolve(project.root, project.config.migrations);
  return path === project.configFile || path.startsWith(migrations + sep) || mayBeModel(project, path);
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** A file that a model lacked may have come. What is gone again was the draft of an atomic save. */
function tellOthers(paths: readonly string[], { deliver }: BurstListener): void {
  const standing = paths.filter((path) => existsSync(path));
  if (standing.length > 0) deliver(standing);
}

const WATCH_LIMITS = 'fs.inotify.max_user_watches, fs.inotify.max_user_instances, open files';

function isOutOfWatches(error: unknown): boolean {
  return ['ENOSPC', 'EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException).code ?? '');
}

interface OpenOptions {
  readonly watched: Iterable<string>;
  readonly usePolling: boolean;
  readonly onFile: (path: string) => void;
  /** Hears what the system said about a path, before anybody has looked at it. */
  readonly onHint: (path: string) => void;
}

function openWatcher(project: Project, { watched, usePolling, onFile, onHint }: OpenOptions): FSWatcher {
  const watcher = watch([...watched], {
    usePolling,
    interval: POLL_INTERVAL_MS,
    ignoreInitial: true,
    ignored: (path) => isIgnored(relative(project.root, path)),
  });
  for (const event of ['add', 'change', 'unlink'] as const) watcher.on(event, (path) => onFile(resolve(path)));
  // Chokidar reads a whole folder before it tells of a file that took another's place: 20 ms with a thousand models.
  watcher.on('raw', (_event, name, options) => {
    if (name !== null) onHint(resolve((options as { readonly watchedPath: string }).watchedPath, name));
  });
  return watcher;
}

function ready(watcher: FSWatcher): Promise<void> {
  return new Promise((resolve) => {
    watcher.once('ready', resolve);
    // One turn later, so that whoever else hears of the error has acted on it.
    watcher.once('error', () => setImmediate(resolve));
  });
}

/** The folders above the first wildcard of each pattern, the migrations' folder and the settings file; none inside another. */
export function watchedPaths({ root, configFile, config }: Project): readonly string[] {
  const bases = [...config.models.map(baseOf), config.migrations].map((path) => resolve(root, path));
  const paths = [...new Set([...bases, configFile])].sort();
  return paths.filter((path) => !paths.some((other) => other !== path && path.startsWith(join(other, sep))));
}

function isWatched(path: string, watched: ReadonlySet<string>): boolean {
  for (let at = path; at !== dirname(at); at = dirname(at)) if (watched.has(at)) return true;
  return false;
}

/** The part of a pattern before its first wildcard; all of it when there is none. */
function baseOf(pattern: string): string {
  const parts = pattern.replace(/^!/, '').split('/');
  const wild = parts.findIndex((part) => /[*?{}[\]()!]/.test(part));
  return (wild < 0 ? parts : parts.slice(0, wild)).join('/') || '.';
}

/** Folders that hold no models, however wide a pattern is. */
function isIgnored(path: string): boolean {
  return path.split(sep).some((part) => part === 'node_modules' || part === '.git' || part === '.fastpy');
}
