/**
 * How a value of a type arrives, by the type's name: what JavaScript cannot hold exactly stays PostgreSQL's text.
 * A parser is given null for an element of an array.
 */
export const valueParsers: readonly {
  readonly name: string;
  readonly oid: number;
  readonly arrayOid: number;
  readonly parse: (text: string | null) => unknown;
}[] = [
  { name: 'int8', oid: 20, arrayOid: 1016, parse: parseInteger },
  { name: 'date', oid: 1082, arrayOid: 1182, parse: keep },
  { name: 'timestamp', oid: 1114, arrayOid: 1115, parse: keep },
  { name: 'timestamptz', oid: 1184, arrayOid: 1185, parse: keep },
  { name: 'interval', oid: 1186, arrayOid: 1187, parse: keep },
];

function keep(text: string | null): string | null {
  return text;
}

function parseInteger(text: string | null): number | string | null {
  if (text === null) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}
