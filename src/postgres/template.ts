import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { access, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fail } from '../errors.ts';
import { serverAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { stateFolder } from './state.ts';

/** The superuser of every private cluster. */
export const SUPERUSER = 'postgres';

const run = promisify(execFile);
const ABANDONED_AFTER_MS = 600_000;

// What the template holds; a change here needs a new number, so that templates of older releases are not copied.
const LAYOUT = 1;

/**
 * The folder of an initialised, never started cluster of this version, to be copied: made at first use (about a second),
 * then shared by all projects of the user. Two commands that make it at the same time each build one; the first to finish is kept.
 * @throws SERVER_NOT_STARTED
 */
export async function templateCluster(binaries: Binaries): Promise<string> {
  const { templates } = stateFolder();
  const template = join(templates, `${binaries.version}-${LAYOUT}`);
  if (await isCluster(template)) return template;
  await removeAbandonedDrafts(template);
  const draft = `${template}.${randomUUID()}`;
  await initialise(binaries, draft);
  await rename(draft, template).catch(() => rm(draft, { recursive: true, force: true }));
  return template;
}

/** Whether a finished cluster lies there. */
export const isCluster = (folder: string): Promise<boolean> =>
  access(join(folder, 'PG_VERSION')).then(
    () => true,
    () => false,
  );

async function initialise(binaries: Binaries, folder: string): Promise<void> {
  try {
    await initdb(binaries, folder, 'C.UTF-8').catch(() => initdb(binaries, folder, 'C'));
  } catch (cause) {
    const reason = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw fail('SERVER_NOT_STARTED', { what: `a private PostgreSQL ${binaries.major}`, reason }, { cause });
  }
}

function initdb(binaries: Binaries, folder: string, locale: string): Promise<unknown> {
  const settings = [
    '--username',
    SUPERUSER,
    '--auth',
    'trust',
    '--encoding',
    'UTF8',
    '--locale',
    locale,
    '--wal-segsize',
    '1',
    '--no-sync',
  ];
  return run(join(binaries.bindir, 'initdb'), ['-D', folder, ...settings], { env: binaries.env, cwd: '/', ...serverAccount() });
}

/**
 * Removes the half-made copies that killed commands left beside this folder. Young ones stay: a `cp` outlives the command that
 * started it, and a folder in which files still appear cannot be removed.
 */
export async function removeAbandonedDrafts(folder: string): Promise<void> {
  const isDraft = (name: string) => name.startsWith(`${basename(folder)}.`) && /\.[0-9a-f-]{36}$/.test(name);
  const drafts = (await readdir(dirname(folder))).filter(isDraft).map((name) => join(dirname(folder), name));
  for (const draft of drafts) {
    const made = await stat(draft).catch(() => undefined);
    if (made && Date.now() - made.ctimeMs > ABANDONED_AFTER_MS) await rm(draft, { recursive: true, force: true });
  }
}
