/** What makes a column an identity column: its sequence. */
export interface Identity {
  readonly always: boolean;
  /** The sequence's name, where it is not the one that PostgreSQL would choose. */
  readonly sequence: string | null;
  readonly unlogged: boolean | null;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
}

/** The largest and smallest values of the types that an identity column can have. */
const BOUNDS: Readonly<Record<string, readonly [min: string, max: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

/** What stands in the parentheses behind AS IDENTITY, with them; nothing where all is as usual. */
export function identityOptions(identity: Identity, type: string): string {
  const [lowest, highest] = BOUNDS[type] ?? BOUNDS.bigint ?? ['', ''];
  const descending = identity.increment.startsWith('-');
  const min = descending ? lowest : '1';
  const max = descending ? '-1' : highest;
  const options = [
    identity.sequence === null ? '' : `SEQUENCE NAME ${identity.sequence}`,
    identity.unlogged === null ? '' : identity.unlogged ? 'UNLOGGED' : 'LOGGED',
    identity.start === (descending ? max : min) && identity.start === (descending ? identity.max : identity.min)
      ? ''
      : `START WITH ${identity.start}`,
    identity.increment === '1' ? '' : `INCREMENT BY ${identity.increment}`,
    identity.min === min ? '' : `MINVALUE ${identity.min}`,
    identity.max === max ? '' : `MAXVALUE ${identity.max}`,
    identity.cache === '1' ? '' : `CACHE ${identity.cache}`,
    identity.cycle ? 'CYCLE' : '',
  ].filter((option) => option !== '');
  return options.length > 0 ? ` (${options.join(' ')})` : '';
}
