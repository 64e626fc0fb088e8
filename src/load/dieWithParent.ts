import { Worker } from 'node:worker_threads';

// A thread of its own, since the code that this process runs for a project may never give the main one back.
const WATCH = `
const { workerData: parent } = require('node:worker_threads');
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const isAlive = () => {
  if (process.ppid !== parent) return false;
  try { process.kill(parent, 0); return true; } catch { return false; }
};
while (isAlive()) Atomics.wait(sleeper, 0, 0, 500);
process.kill(process.pid, 'SIGKILL');
`;

/**
 * Ends this child process when its parent ends, however the parent ends and whatever the child is doing.
 * @param parentPid  said by the parent itself where possible: one that is dead already cannot be asked for
 */
export function dieWithParent(parentPid: number = process.ppid): void {
  process.on('disconnect', () => process.exit(0));
  new Worker(WATCH, { eval: true, execArgv: [], workerData: parentPid, stdout: false, stderr: false }).unref();
}
