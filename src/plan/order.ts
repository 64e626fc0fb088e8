/** A directed graph over strings: each key must come before every member of its set. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Sorts topologically; among those that could come next, the one with the smallest rank does, so that equal input gives equal output.
 * Nodes on a cycle come last, smallest rank first.
 */
export function topologicalOrder(nodes: readonly string[], successors: Graph, rank: (node: string) => string): readonly string[] {
  const waitingFor = new Map(nodes.map((node) => [node, 0]));
  for (const targets of successors.values()) for (const target of targets) waitingFor.set(target, (waitingFor.get(target) ?? 0) + 1);
  const ready = new Heap(rank);
  for (const [node, count] of waitingFor) if (count === 0) ready.push(node);
  const ordered: string[] = [];
  const left = new Set(nodes);
  while (left.size > 0) {
    const node = ready.pop() ?? [...left].reduce((least, other) => (rank(other) < rank(least) ? other : least));
    if (!left.delete(node)) continue;
    ordered.push(node);
    for (const target of successors.get(node) ?? []) {
      const count = (waitingFor.get(target) ?? 0) - 1;
      waitingFor.set(target, count);
      if (count === 0) ready.push(target);
    }
  }
  return ordered;
}

/** The strongly connected components of more than one node, by Tarjan's algorithm, without recursion. */
export function cycles(nodes: readonly string[], successors: Graph): readonly (readonly string[])[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  for (const root of nodes) {
    if (index.has(root)) continue;
    const work: { node: string; rest: string[] }[] = [];
    const enter = (node: string): void => {
      index.set(node, index.size);
      low.set(node, index.get(node) ?? 0);
      stack.push(node);
      onStack.add(node);
      work.push({ node, rest: [...(successors.get(node) ?? [])] });
    };
    enter(root);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const next = top.rest.pop();
      if (next !== undefined) {
        if (!index.has(next)) enter(next);
        else if (onStack.has(next)) low.set(top.node, Math.min(low.get(top.node) ?? 0, index.get(next) ?? 0));
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) low.set(parent.node, Math.min(low.get(parent.node) ?? 0, low.get(top.node) ?? 0));
      if (low.get(top.node) !== index.get(top.node)) continue;
      const component = stack.splice(stack.lastIndexOf(top.node));
      for (const member of component) onStack.delete(member);
      if (component.length > 1) found.push(component);
    }
  }
  return found;
}

/** A binary heap of strings, the smallest rank on top. */
class Heap {
  readonly #items: { readonly node: string; readonly rank: string }[] = [];
  readonly #rank: (node: string) => string;

  constructor(rank: (node: string) => string) {
    this.#rank = rank;
  }

  push(node: string): void {
    const items = this.#items;
    items.push({ node, rank: this.#rank(node) });
    for (let child = items.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.#swapIfLess(child, parent)) return;
      child = parent;
    }
  }

  pop(): string | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (top === undefined || last === undefined) return undefined;
    if (items.length === 0) return top.node;
    items[0] = last;
    for (let parent = 0; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const least = (items[right]?.rank ?? '\uffff') < (items[left]?.rank ?? '\uffff') ? right : left;
      if (!this.#swapIfLess(least, parent)) return top.node;
      parent = least;
    }
  }

  #swapIfLess(child: number, parent: number): boolean {
    const [lower, upper] = [this.#items[child], this.#items[parent]];
    if (lower === undefined || upper === undefined || lower.rank >= upper.rank) return false;
    this.#items[child] = upper;
    this.#items[parent] = lower;
    return true;
  }
}
