/** The `fastpy` command: runs this process's arguments when it is imported, and ends the process. */
import { runCli } from './runCli.ts';

const LINGER_MS = 2000;

runCli(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  // Whatever still holds the event loop must not hold the shell; output written before has time to drain.
  setTimeout(() => process.exit(), LINGER_MS).unref();
});
