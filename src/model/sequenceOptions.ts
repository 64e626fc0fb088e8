/** How a sequence counts. */
export interface SequenceOptions {
  readonly start?: number | bigint | undefined;
  readonly increment?: number | bigint | undefined;
  readonly min?: number | bigint | undefined;
  readonly max?: number | bigint | undefined;
  readonly cache?: number | undefined;
  readonly cycle?: boolean | undefined;
}

/** The options as CREATE SEQUENCE and GENERATED AS IDENTITY take them. */
export function writeSequenceOptions({ start, increment, min, max, cache, cycle }: SequenceOptions): string {
  const numbered: readonly (readonly [string, number | bigint | undefined])[] = [
    ['INCREMENT BY', increment],
    ['MINVALUE', min],
    ['MAXVALUE', max],
    ['START WITH', start],
    ['CACHE', cache],
  ];
  const given = numbered.filter(([, value]) => value !== undefined).map(([words, value]) => `${words} ${value}`);
  return [...given, ...(cycle ? ['CYCLE'] : [])].join(' ');
}
