/**
 * Where a project's daemon listens. Client and daemon each work it out from the project's real path and the user alone:
 * never from TMPDIR or another variable, by which two shells would miss each other's daemon.
 */
import { chmodSync, existsSync, lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { fail } from '../errors.ts';
import { fingerprint } from './fingerprint.ts';

/** Linux takes 107 bytes for a socket's path, macOS 103; the daemon also binds a temporary name beside it. */
const LONGEST_SOCKET_PATH = 95;

/** Files of a project's daemon, all absolute. */
export interface Endpoint {
  /** Unix socket, or named pipe on Windows. */
  readonly socket: string;
  readonly directory: string;
  readonly lock: string;
  readonly log: string;
  /** Who ran last: a hint only, the socket answering a handshake is the truth. */
  readonly discovery: string;
  /** Why the last start did not succeed. */
  readonly failure: string;
}

/** The daemon's files for a project; `root` must have its symbolic links resolved. Nothing is created. */
export function endpointOf(root: string): Endpoint {
  const directory = join(root, '.fastpy');
  return {
    socket: socketOf(root),
    directory,
    lock: join(directory, 'daemon.lock'),
    log: join(directory, 'daemon.log'),
    discovery: join(directory, 'daemon.json'),
    failure: join(directory, 'daemon.failure.json'),
  };
}

function socketOf(root: string): string {
  const name = fingerprint(`${root}\0${userId()}`);
  if (process.platform === 'win32') return `\\\\.\\pipe\\fastpyd-${name}`;
  return join(runtimeDirectory(), `${name}.sock`);
}

/**
 * The folder of this user's sockets, made if need be: private to the user, and checked to be so.
 * @throws DAEMON_UNREACHABLE  when no folder can be used, or somebody else made it first
 */
export function runtimeDirectory(): string {
  const usable = runtimeCandidates().find(isUsable);
  if (usable === undefined)
    throw fail('DAEMON_UNREACHABLE', { reason: `no private folder for sockets: ${runtimeCandidates().join(', ')}` });
  return usable;
}

function runtimeCandidates(): readonly string[] {
  const last = `/var/tmp/fastpyd-${userId()}/run`;
  if (userId() === 0) return ['/var/lib/fastpyd/run', last];
  return [join(homeDirectory(), '.cache/fastpyd/run'), last].filter((folder) => folder.length + 22 <= LONGEST_SOCKET_PATH);
}

function isUsable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOurs(folder, 0o022) || !isOurs(dirname(folder), 0o022)) return false;
    chmodSync(folder, 0o700);
    return true;
  } catch {
    return false;
  }
}

/** Not a link, ours, and without these permissions: /var/tmp is open to all, so somebody else may have been there first. */
function isOurs(folder: string, forbidden: number): boolean {
  const stats = lstatSync(folder);
  return stats.isDirectory() && stats.uid === userId() && (stats.mode & forbidden) === 0;
}

/**
 * Makes sure that the socket is this user's before anything is said to it.
 * @throws DAEMON_UNREACHABLE  when it belongs to somebody else
 */
export function checkSocketOwner(socket: string): void {
  if (process.platform === 'win32' || !existsSync(socket)) return;
  if (lstatSync(socket).uid !== userId()) throw fail('DAEMON_UNREACHABLE', { reason: `${socket} belongs to another user` });
}

/** Makes a project's `.fastpy/`: closed to others, and ignoring itself in git. */
export function prepareDirectory(root: string): Endpoint {
  const endpoint = endpointOf(root);
  try {
    mkdirSync(endpoint.directory, { recursive: true, mode: 0o700 });
    const ignore = join(endpoint.directory, '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
  } catch (error) {
    throw fail('FILE_NOT_WRITTEN', { file: endpoint.directory, reason: (error as Error).message }, { cause: error });
  }
  return endpoint;
}

function userId(): number {
  return process.getuid?.() ?? 0;
}

/** From the password database, not from HOME; a container's user may not be in it. */
function homeDirectory(): string {
  try {
    return userInfo().homedir;
  } catch {
    return `/var/tmp/fastpyd-${userId()}`;
  }
}
