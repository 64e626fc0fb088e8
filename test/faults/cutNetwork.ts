import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Account } from '../../src/postgres/account.ts';
import { atExit } from '../support/atExit.ts';

/** A cable between two computers, which only these two are at. */
export interface CutNetwork {
  /** The address of the server's end. */
  readonly address: string;
  /** What is written before a command that is to run at one end, under another account if need be. */
  at(end: 'server' | 'client', account?: Account): readonly string[];
  /** From now on every packet is lost, both ways, and nobody is told: no FIN, no RST, no ICMP, and both links stay up. */
  cut(): void;
  mend(): void;
  end(): void;
}

const ENDS = {
  server: { address: '192.0.2.1', mac: '02:00:00:00:00:01' },
  client: { address: '192.0.2.2', mac: '02:00:00:00:00:02' },
} as const;
type End = keyof typeof ENDS;

const NOBODY = '02:00:00:00:00:ff';

/** Null, and a line on standard output, where this process may not have network namespaces of its own. */
export async function cutNetwork(): Promise<CutNetwork | null> {
  const holders = { server: holder(), client: holder() };
  const end = (): void => {
    for (const { stdin } of Object.values(holders)) stdin?.destroy();
  };
  const at: CutNetwork['at'] = (place, account) => {
    const identity = account ? ['--setuid', String(account.uid), '--setgid', String(account.gid)] : [];
    return ['nsenter', `--net=/proc/${holders[place].pid}/ns/net`, ...identity, '--'];
  };
  const ip = (place: End, command: string): void => {
    const [program = '', ...args] = [...at(place), 'ip', ...command.split(' ')];
    execFileSync(program, args, { stdio: 'pipe' });
  };
  const address = (mac: { readonly [Each in End]: string }): void => {
    ip('server', `neighbour replace ${ENDS.client.address} lladdr ${mac.client} dev server nud permanent`);
    ip('client', `neighbour replace ${ENDS.server.address} lladdr ${mac.server} dev client nud permanent`);
  };
  // Packets that are for another computer are dropped where they arrive, as if they had never come.
  const cut = () => address({ server: NOBODY, client: NOBODY });
  const mend = () => address({ server: ENDS.server.mac, client: ENDS.client.mac });
  atExit(end);
  try {
    await Promise.all(Object.values(holders).map(isReady));
    const { server, client } = ENDS;
    ip('server', `link add server address ${server.mac} type veth peer name client address ${client.mac} netns ${holders.client.pid}`);
    for (const place of ['server', 'client'] as const) {
      ip(place, `address add ${ENDS[place].address}/24 dev ${place}`);
      ip(place, `link set ${place} up`);
    }
    mend();
  } catch (error) {
    end();
    console.log(`skipped: no network that can be cut on this machine (${String((error as Error).message).trim()})`);
    return null;
  }
  return { address: ENDS.server.address, at, cut, mend, end };
}

/** A namespace lasts as long as a process in it: this one ends with its input, and so with the tests, however they end. */
function holder(): ChildProcess {
  const child = spawn('unshare', ['--net', 'cat'], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', () => undefined);
  child.unref();
  return child;
}

/** It answers once it is in its namespace. */
async function isReady(child: ChildProcess): Promise<void> {
  child.stdin?.on('error', () => undefined).write('\n');
  const ended = once(child, 'close').then(() => Promise.reject(new Error('unshare --net is refused')));
  if (child.stdout) await Promise.race([once(child.stdout, 'data'), ended]);
}
