import { chmodSync, chownSync, lstatSync, mkdirSync, rmdirSync, statfsSync, statSync } from 'node:fs';
import { totalmem, userInfo } from 'node:os';
import { join } from 'node:path';
import { fail } from '../errors.ts';
import { type Account, serverAccount } from './account.ts';

/** The folders outside a project in which private servers live; each exists and has its owner and mode. */
export interface StateFolder {
  /** Copies of binaries; readable by the account that servers run under. */
  readonly binaries: string;
  /** Initialised clusters to copy from. */
  readonly templates: string;
  /** One folder for each running shadow. */
  readonly shadows: string;
  /** One folder for each shadow that outlives its daemon. */
  readonly kept: string;
  /** Embedded databases whose project folder the server's account cannot enter. */
  readonly embedded: string;
  /** Socket folders of embedded databases; their own folders may have long names. */
  readonly sockets: string;
}

const ENOUGH_BYTES = 2 ** 30;
// A Unix socket path holds at most 103 bytes on macOS and 107 on Linux; what is added below the root stays under 45.
const LONGEST_ROOT = 55;

/**
 * The state folder of this user, made when it is missing: for root `/var/lib/fastpyd`, for others `~/.cache/fastpyd`,
 * and `/var/tmp/fastpyd-UID` where neither can be written.
 * @throws SERVER_NOT_STARTED  when no folder can be made, or another user made it first
 */
export function stateFolder(): StateFolder {
  const account = serverAccount();
  const root = usableRoot(account);
  const folder = (name: string) => makeFolder(join(root, name), account);
  return {
    binaries: makeFolder(join(root, 'binaries'), undefined, account ? 0o755 : 0o700),
    templates: folder('templates'),
    shadows: memoryFolder('shadows', account) ?? folder('shadows'),
    kept: memoryFolder('kept', account) ?? folder('kept'),
    embedded: folder('embedded'),
    sockets: folder('sockets'),
  };
}

/**
 * A folder in memory for shadows, where there is plenty: a cluster is a thousand files, and ext4 needs up to a third of a millisecond
 * for each new file while it steps over inodes deleted in the last half minute (measured: copying a cluster 40 ms, then 900 ms; a state
 * of a thousand tables 110 ms, then 4 s). A kept shadow loses nothing by it, since it is not used again after a restart of the machine.
 * Not for ordinary users, whose files in /dev/shm systemd removes at logout: RemoveIPC in logind.conf(5).
 */
function memoryFolder(name: string, account: Account | undefined): string | undefined {
  if (account === undefined || !hasPlentyOfMemory()) return undefined;
  const path = '/dev/shm/fastpyd-0';
  return isUsable(path, 0o755) ? makeFolder(join(path, name), account) : undefined;
}

function hasPlentyOfMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize >= ENOUGH_BYTES && Math.min(totalmem(), process.constrainedMemory() || Infinity) >= 4 * ENOUGH_BYTES;
  } catch {
    return false;
  }
}

function usableRoot(account: Account | undefined): string {
  const mode = account ? 0o755 : 0o700;
  const preferred = account ? '/var/lib/fastpyd' : join(homeFolder(), '.cache', 'fastpyd');
  if (Buffer.byteLength(preferred) <= LONGEST_ROOT && isUsable(preferred, mode)) return preferred;
  return makeFolder(`/var/tmp/fastpyd-${process.getuid?.() ?? 'user'}`, undefined, mode);
}

/** The home of the account, not of $HOME: sudo and containers leave another user's there. A user number without an account has none. */
function homeFolder(): string {
  try {
    return userInfo().homedir;
  } catch {
    return '/nonexistent';
  }
}

function isUsable(path: string, mode: number): boolean {
  try {
    makeFolder(path, undefined, mode);
    const probe = join(path, `.probe-${process.pid}`);
    mkdirSync(probe);
    rmdirSync(probe);
    return true;
  } catch {
    return false;
  }
}

/** Makes a folder with exactly this mode whatever the umask is, and refuses one that belongs to somebody else. */
export function makeFolder(path: string, owner?: Account | undefined, mode = 0o700): string {
  const uid = owner?.uid ?? process.getuid?.() ?? -1;
  try {
    mkdirSync(path, { recursive: true, mode });
    const found = lstatSync(path);
    if (owner && found.uid !== uid && found.uid === process.getuid?.()) chownSync(path, owner.uid, owner.gid);
    if ((found.mode & 0o777) !== mode && found.isDirectory()) chmodSync(path, mode);
  } catch (cause) {
    throw fail(
      'SERVER_NOT_STARTED',
      { what: 'a private PostgreSQL', reason: `${path} cannot be used: ${(cause as Error).message}` },
      { cause },
    );
  }
  if (lstatSync(path).isDirectory() && (uid === -1 || statSync(path).uid === uid)) return path;
  throw fail('SERVER_NOT_STARTED', { what: 'a private PostgreSQL', reason: `${path} belongs to another user` });
}
