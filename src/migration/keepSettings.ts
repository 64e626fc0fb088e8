import type { Session } from '../database/session.ts';
import type { Action } from './steps.ts';

const mayChangeSettings = ({ run }: Action): boolean => run.kind === 'function' || /\b(?:set|set_config|reset)\b/i.test(run.sql);

/** `role` and `session_authorization` are not among them. */
const SETTINGS = `select name, setting from pg_catalog.pg_settings where context in ('user', 'superuser')`;

const RESTORE = `select set_config(before.name, before.setting, false) from json_to_recordset($1) as before(name text, setting text)
  join pg_catalog.pg_settings now on now.name = before.name where now.setting is distinct from before.setting`;

/**
 * Runs actions and puts the settings of the session back to what they were: one migration's SET must not change what the next one means,
 * as it cannot in a scratch database either.
 */
export async function keepSettings(session: Session, actions: readonly Action[], work: () => Promise<void>): Promise<void> {
  if (!actions.some(mayChangeSettings)) return work();
  const before = await session.query(SETTINGS);
  try {
    await work();
  } catch (error) {
    // A transaction that failed takes its settings back itself, and refuses to be asked.
    await restore(session, before).catch(() => undefined);
    throw error;
  }
  await restore(session, before);
}

async function restore(session: Session, before: readonly unknown[]): Promise<void> {
  await session.query('RESET SESSION AUTHORIZATION');
  await session.query('RESET ROLE');
  await session.query(RESTORE, [JSON.stringify(before)]);
}
