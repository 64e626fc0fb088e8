/** The `fastpy` command: runs this process's arguments when it is imported, and ends the process. */
import { endQuietlyOnBrokenPipe } from './output.ts';
import { runCli } from './runCli.ts';

const LINGER_MS = 2000;

endQuietlyOnBrokenPipe();
process.exitCode = await runCli(process.argv.slice(2));
// Whatever still holds the event loop must not hold the shell; output written before has time to drain.
setTimeout(() => process.exit(), LINGER_MS).unref();
