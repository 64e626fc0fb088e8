const LONGEST = 60;

/** Any message as the part of a file name: ASCII, lower case, words joined by `_`, never empty. */
export function slugOf(message: string): string {
  const ascii = message
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const words = ascii.replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  return words.slice(0, LONGEST).replace(/_+$/, '') || 'migration';
}

/** The time in a migration's name: UTC, `yyyymmddhhmmss`. */
export const stampOf = (time: Date): string => time.toISOString().replace(/[-:T]/g, '').slice(0, 14);

/** A time later than the parent's, whatever the clock says: two files of one second, or of a clock set back, stay in order. */
export function stampAfter(parent: string | null, now: Date): string {
  const stamp = stampOf(now);
  const before = /^\d{14}/.exec(parent ?? '')?.[0];
  return before === undefined || stamp > before ? stamp : stampOf(new Date(timeOf(before) + 1000));
}

const timeOf = (stamp: string): number => {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(stamp) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};

/** The time in a migration's name; undefined where it has none. */
export function stampedTime(id: string | undefined): Date | undefined {
  const stamp = /^\d{14}/.exec(id ?? '')?.[0];
  const time = stamp === undefined ? Number.NaN : timeOf(stamp);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** What a file's name says of its message; whoever wants it exactly states it in the file. */
export const messageIn = (id: string): string => id.replace(/^\d{14}_/, '').replaceAll('_', ' ');
