import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A text that is another one after each start of the machine; undefined where the machine does not tell. */
export async function bootId(): Promise<string | undefined> {
  const text = await (process.platform === 'linux' ? readFile('/proc/sys/kernel/random/boot_id', 'utf8') : askKernel()).catch(() => '');
  return text.trim() || undefined;
}

// macOS has a number for each start; other systems at least the time of it.
async function askKernel(): Promise<string> {
  const name = process.platform === 'darwin' ? 'kern.bootsessionuuid' : 'kern.boottime';
  return (await run('sysctl', ['-n', name])).stdout;
}
