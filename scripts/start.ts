/** Runs the repository as its own example: the blog is migrated in the embedded database, then its daemon runs until Ctrl-C. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
// The embedded one whatever this shell's DATABASE_URL says: trying out the example must not touch a database that belongs to something else.
const env = { ...process.env, DATABASE_URL: 'embedded' };

const migrated = spawnSync(process.execPath, ['client/cli.ts', 'db:migrate', '--no-daemon'], { cwd: root, env, stdio: 'inherit' });
if (migrated.status === 0) serve();
else process.exitCode = migrated.status ?? 1;

function serve(): void {
  const daemon = spawn(process.execPath, ['src/main.ts'], { cwd: root, env, stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the daemon by itself; this process waits for it to end. Other signals are passed on.
  process.on('SIGINT', () => process.stdin.isTTY || daemon.kill('SIGINT'));
  process.on('SIGTERM', () => daemon.kill('SIGTERM'));
  daemon.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
