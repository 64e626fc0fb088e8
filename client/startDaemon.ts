import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDirectory } from '../src/protocol/endpoint.ts';
import { identity } from '../src/protocol/identity.ts';

/** A daemon process that was started and may not answer yet. */
export interface Starting {
  readonly pid: number | undefined;
  /** Set when the process is over: code 0 = another daemon holds the project. */
  readonly ended: { readonly code: number; readonly at: number } | undefined;
  /** Lets this process end while the daemon lives on. */
  forget(): void;
}

/** Starts the project's daemon in the background, its output going to its log. */
export function startDaemon(root: string): Starting {
  const log = openSync(prepareDirectory(root).log, 'a', 0o600);
  const child = spawn(process.execPath, [daemonFile(), '--background', '--project', root], {
    cwd: root,
    detached: true,
    stdio: ['ignore', log, log],
    env: daemonEnvironment(process.env),
  });
  closeSync(log);
  let ended: Starting['ended'];
  child.once('error', () => (ended = { code: 1, at: Date.now() }));
  child.once('exit', (code) => (ended = { code: code ?? 1, at: Date.now() }));
  return {
    pid: child.pid,
    get ended() {
      return ended;
    },
    forget: () => child.unref(),
  };
}

/** The daemon's program: the compiled one beside the compiled client, the source beside the source. */
function daemonFile(): string {
  const file = import.meta.filename.endsWith('.ts') ? 'src/main.ts' : 'dist/fastpyd.js';
  return join(identity().packagePath, file);
}

const SECRET_NAME = /^PG[A-Z]|DATABASE|POSTGRES|PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|^NODE_OPTIONS$|^NODE_CHANNEL|^FASTPYD_/i;
const SECRET_VALUE = /^[a-z+]+:\/\/[^/\s]*@/i;

/** The environment without databases and secrets: a daemon serves later commands too, to which this shell's do not belong. */
export function daemonEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => !SECRET_NAME.test(name) && !SECRET_VALUE.test(value ?? '')));
}
