import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastpyClient } from '../../client/index.ts';
import { closing, goOn } from './ending.ts';
import { environment } from './environment.ts';
import { connectTo, FASTPYD } from './installed.ts';
import { withLimit } from './limit.ts';
import type { Folder } from './project.ts';

/** The compiled daemon of a project, and a client of it. */
export interface Daemon extends AsyncDisposable {
  readonly pid: number;
  readonly client: FastpyClient;
}

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 60_000;
const POLL_MS = 2;

/** Starts a project's daemon and connects to it as any program would. It ends, with its servers, where the block that holds it ends. */
export async function startDaemon({ root }: Folder): Promise<Daemon> {
  await goOn();
  const [node, program] = FASTPYD;
  const child = spawn(node, [program, '--background', '--project', root], { cwd: root, env: environment, stdio: 'ignore', detached: true });
  const ending = closing(() => endDaemon(child));
  try {
    const client = await withLimit(connected(root, child), { limitMs: START_LIMIT_MS, what: 'starting the daemon' });
    return { pid: child.pid ?? 0, client, ...ending };
  } catch (error) {
    await ending[Symbol.asyncDispose]();
    throw error;
  }
}

async function connected(root: string, child: ChildProcess): Promise<FastpyClient> {
  while (child.exitCode === null) {
    const client = await connectTo(root);
    if (client) return client;
    await delay(POLL_MS);
  }
  throw new Error(`the daemon ended with ${child.exitCode}`);
}

/** The servers are the daemon's to end, which it does before it ends. */
async function endDaemon(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await withLimit(ended, { limitMs: STOP_LIMIT_MS, what: 'ending the daemon' }).catch(() => child.kill('SIGKILL'));
}
