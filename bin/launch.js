// Plain JavaScript, and old JavaScript at that: a Node that is too old must still be able to read this file,
// find a newer one, or say what is missing. It is copied to dist/ as it stands.
// CommonJS, which starts faster: every command of a Node that is new enough begins here too.
const { existsSync } = require('node:fs');
const { dirname, join, resolve } = require('node:path');

const OLDEST_NODE = 24;
/** Set for a process that was started again under a newer Node: the pid of the one that waits for it. */
const LAUNCHED_BY = 'FASTPYD_LAUNCHED_BY';
/** As this process was started; the entry may change its own. */
const commandLine = process.argv.slice(1);

/** @param {string} version  with or without its leading `v` */
const major = (version) => Number(version.replace(/^v/, '').split('.')[0]);

/**
 * Runs a module under a Node that is new enough: in this process, or in one of `node_modules/.bin/node` that takes over
 * its arguments, its standard streams, its signals and its exit code.
 * @param {string} entry  the module's absolute path; it does its work when it is loaded
 */
function launch(entry) {
  if (major(process.versions.node) >= OLDEST_NODE) return run(entry);
  const node = findNode();
  if (node) return relaunch(node);
  console.error(`fastpyd needs Node ${OLDEST_NODE} or newer; this is ${process.versions.node}`);
  console.error('Run `npm i -D node@24` in the project; fastpy then uses that one by itself.');
  process.exitCode = 1;
}

/** @param {string} entry */
function run(entry) {
  endWithLauncher();
  if (entry.endsWith('.cjs')) require(entry);
  else import(require('node:url').pathToFileURL(entry).href);
}

/** The first Node that is new enough in a `node_modules` at or above the project's folder, or this package's. */
function findNode() {
  const folders = [...foldersFrom(projectFolder()), ...foldersFrom(__dirname)];
  const names = process.platform === 'win32' ? ['node/bin/node.exe'] : ['.bin/node', 'node/bin/node'];
  for (const folder of folders) {
    for (const name of names) {
      const node = join(folder, 'node_modules', name);
      if (existsSync(node) && isNewEnough(node)) return node;
    }
  }
}

/** The value of --project where it is given, else the current folder. */
function projectFolder() {
  const option = commandLine.findIndex((arg) => arg === '--project' || arg.startsWith('--project='));
  const [, value = commandLine[option + 1] || '.'] = (commandLine[option] || '').split('=');
  return option < 0 ? process.cwd() : resolve(value);
}

/** @param {string} folder */
function foldersFrom(folder) {
  const folders = [folder];
  for (let up = dirname(folder); up !== folder; up = dirname(folder)) {
    folder = up;
    folders.push(folder);
  }
  return folders;
}

/** @param {string} node */
function isNewEnough(node) {
  const { execFileSync } = require('node:child_process');
  try {
    return (
      major(execFileSync(node, ['--version'], { encoding: 'utf8', timeout: 10_000, stdio: ['ignore', 'pipe', 'ignore'] })) >= OLDEST_NODE
    );
  } catch {
    return false;
  }
}

/** @param {string} node */
function relaunch(node) {
  const child = require('node:child_process').spawn(node, [...process.execArgv, ...commandLine], {
    // The channel carries nothing: it closes when this process dies, however it dies. See endWithLauncher.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [LAUNCHED_BY]: String(process.pid) },
  });
  forwardSignals(child);
  child.on('error', (error) => {
    console.error(`${node} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', endLike);
}

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGTERM', 'SIGHUP', 'SIGQUIT'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl-C to both processes by itself; a second one from here would read as impatience.
  const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  process.on('SIGINT', () => hasTerminal || child.kill('SIGINT'));
}

/**
 * Ends this process the way the other one ended.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function endLike(code, signal) {
  if (!signal) process.exit(code === null ? 1 : code);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Ends this process when the one that launched it is gone, even where that was killed and could forward nothing. */
function endWithLauncher() {
  const launcher = process.env[LAUNCHED_BY];
  delete process.env[LAUNCHED_BY];
  if (launcher !== String(process.ppid) || !process.channel) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
}

exports.launch = launch;
