import { readFileSync } from 'node:fs';

/** A user and a group as numbers, in the shape that `child_process` takes. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Account = { uid: 65534, gid: 65534 };

/** The account that private servers run under, or undefined for the account of this process: PostgreSQL refuses to run as root. */
export function serverAccount(): Account | undefined {
  return process.getuid?.() === 0 ? (findAccount('postgres') ?? findAccount('nobody') ?? NOBODY) : undefined;
}

function findAccount(name: string): Account | undefined {
  const line = readPasswd().find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function readPasswd(): readonly string[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
}
