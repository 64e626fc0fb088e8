/** A key that an object of a JSON text has already. Lines count from 1. */
export interface RepeatedKey {
  readonly key: string;
  readonly line: number;
  readonly firstLine: number;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** The keys that stand twice in one object of a valid JSON text, in their order: `JSON.parse` takes the last in silence. */
export function repeatedKeys(text: string): readonly RepeatedKey[] {
  const tokens = [...text.matchAll(TOKEN)];
  const repeated: RepeatedKey[] = [];
  const open: Map<string, number>[] = [];
  for (const [place, { 0: token, index }] of tokens.entries()) {
    if (token === '{' || token === '[') open.push(new Map());
    if (token === '}' || token === ']') open.pop();
    if (tokens[place + 1]?.[0] !== ':' || !token.startsWith('"')) continue;
    const key = JSON.parse(token) as string;
    const line = text.slice(0, index).split('\n').length;
    const firstLine = open.at(-1)?.get(key);
    if (firstLine === undefined) open.at(-1)?.set(key, line);
    else repeated.push({ key, line, firstLine });
  }
  return repeated;
}
