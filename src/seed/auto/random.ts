/** Random numbers that are the same on every machine for the same seed. */
export class Random {
  #state: number;

  /** @param words  e.g. the number of `--random-seed` and the name of a table */
  constructor(...words: readonly (string | number)[]) {
    this.#state = hash(words.join('\n'));
  }

  /** From 0 to below 1. @see https://github.com/bryc/code/blob/master/jshash/PRNGs.md  splitmix32 */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let bits = this.#state ^ (this.#state >>> 16);
    bits = Math.imul(bits, 0x21f0aaad);
    bits ^= bits >>> 15;
    bits = Math.imul(bits, 0x735a2d97);
    return ((bits ^ (bits >>> 15)) >>> 0) / 4294967296;
  }

  /** A whole number, both ends included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.next() * items.length)] as Item;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits;
}
