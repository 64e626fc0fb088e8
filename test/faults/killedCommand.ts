import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CliProject } from '../e2e/cliProject.ts';
import { faultyProxy } from '../support/faultyProxy.ts';

/** Runs a command without a daemon, and kills it when it comes to this request to the database; gives how many it made. */
export async function killedCommand(project: CliProject, args: readonly string[], request: number): Promise<number> {
  const proxy = await faultyProxy(project.url, { request, moment: 'before', act: () => void child.kill('SIGKILL') });
  const cli = new URL('../../client/cli.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [cli, ...args, '--no-daemon'], {
    cwd: project.root,
    env: { ...process.env, DATABASE_URL: proxy.url },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  await proxy.close();
  return proxy.requests;
}
