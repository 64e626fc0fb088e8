/**
 * Sixteen hexadecimal digits that stand for a text, by FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/). Good for names that nobody
 * gains by forging: a client can work one out without loading node:crypto, which takes longer than connecting.
 */
export function fingerprint(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
