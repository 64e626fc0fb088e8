import type { Operation } from '../../../src/diff/diffSnapshots.ts';
import { registry } from '../../../src/kinds/registry.ts';

type Sort = 'created' | 'altered' | 'dropped';

const sortOf = ({ before, after }: Operation): Sort => (before === null ? 'created' : after === null ? 'dropped' : 'altered');

/** How often objects of each kind were created, altered and dropped by the plans of a campaign. */
export class OperationCounts {
  readonly #counts = new Map<string, number>();

  add(operations: readonly Operation[]): void {
    for (const operation of operations) {
      const key = `${(operation.after ?? operation.before)?.kind} ${sortOf(operation)}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
  }

  /** One line for each kind, those that never occurred included. */
  toString(): string {
    const count = (kind: string, sort: Sort): string => String(this.#counts.get(`${kind} ${sort}`) ?? 0).padStart(7);
    const lines = [...registry.keys()]
      .sort()
      .map((kind) => `${kind.padEnd(26)}${count(kind, 'created')}${count(kind, 'altered')}${count(kind, 'dropped')}`);
    return [`${'kind'.padEnd(26)}created altered dropped`, ...lines].join('\n');
  }
}
