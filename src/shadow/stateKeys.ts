import { createHash } from 'node:crypto';

/** Names states by the content that leads to them. */
export class StateKeys {
  readonly #role: string;
  /** Of chains by their links, since the same history is asked for at every save. */
  readonly #chains = new WeakMap<readonly string[], readonly string[]>();

  /** @param role  whose the objects are: under another one the same content is another state */
  constructor(role: string) {
    this.#role = role;
  }

  of(content: readonly string[]): string {
    return this.#key('state', content);
  }

  /** The keys along a chain: of its origin, and then behind each of its links. */
  along(origin: string, links: readonly string[]): readonly string[] {
    const known = this.#chains.get(links);
    if (known !== undefined) return known;
    const keys = [this.#key('chain', [origin])];
    for (const link of links) keys.push(this.#key(keys.at(-1) ?? '', [link]));
    this.#chains.set(links, keys);
    return keys;
  }

  #key(before: string, content: readonly string[]): string {
    const text = JSON.stringify([this.#role, before, ...content]);
    return createHash('sha256').update(text).digest('hex').slice(0, 32);
  }
}
