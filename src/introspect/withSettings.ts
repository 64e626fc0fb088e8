import type { Session } from '../database/session.ts';

/** Settings of a session by name. */
export type Settings = Readonly<Record<string, string>>;

/** Changes settings of the session while the work reads, and puts them back. */
export async function withSettings<T>(session: Session, settings: Settings, work: () => Promise<T>): Promise<T> {
  const names = Object.keys(settings);
  const change = names.map((name) => `current_setting('${name}') as ${name}, set_config('${name}', '${settings[name]}', false)`);
  const [before] = await session.query<Settings>(`select ${change.join(', ')}`);
  try {
    return await work();
  } finally {
    const back = names.map((name, index) => `set_config('${name}', $${index + 1}, false)`);
    const values = names.map((name) => before?.[name] ?? '');
    await session.query(`select ${back.join(', ')}`, values).catch(() => []);
  }
}
