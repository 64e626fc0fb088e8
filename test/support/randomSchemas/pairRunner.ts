import type { Operation } from '../../../src/diff/diffSnapshots.ts';
import type { Shadow } from '../../../src/shadow/shadow.ts';
import { minimise } from './minimise.ts';
import { assertPairHolds, NoSchema } from './pairHolds.ts';
import { ReusedDatabase } from './reusedDatabase.ts';
import type { Pair } from './schemas.ts';

/** What came of a pair: it holds, is none, or fails for a reason. */
export type Verdict = { readonly outcome: 'holds' } | { readonly outcome: 'none' | 'fails'; readonly reason: string };

/** Looks at one pair after the other on a server. */
export class PairRunner {
  readonly #shadow: Shadow;
  readonly #see: (operations: readonly Operation[]) => void;
  readonly #databases: readonly [ReusedDatabase, ReusedDatabase];

  /** @param see  is told what each way up changes */
  constructor(shadow: Shadow, see: (operations: readonly Operation[]) => void) {
    this.#shadow = shadow;
    this.#see = see;
    this.#databases = [new ReusedDatabase(shadow), new ReusedDatabase(shadow)];
  }

  /** What fails in databases that were used before must fail in new ones too. */
  async run(pair: Pair): Promise<Verdict> {
    const verdict = await this.#inUsed(pair);
    return verdict.outcome === 'fails' ? this.#inNew(pair) : verdict;
  }

  /** A smaller pair that fails, for whatever reason. */
  smallest(pair: Pair, deadline: number): Promise<Pair> {
    return minimise(pair, async (simpler) => (await this.#inUsed(simpler)).outcome === 'fails', deadline);
  }

  async close(): Promise<void> {
    await Promise.all(this.#databases.map((database) => database.throwAway()));
  }

  async #inUsed(pair: Pair): Promise<Verdict> {
    const [first, second] = this.#databases;
    const verdict = await verdictOf(async () => {
      const { plans, before, after } = await assertPairHolds(pair, {
        major: this.#shadow.server.major,
        one: await first.get(),
        other: await second.get(),
      });
      this.#see(plans.up.operations);
      await Promise.all([first.giveBack(before), second.giveBack(after)]);
    });
    if (verdict.outcome !== 'holds') await Promise.all(this.#databases.map((database) => database.throwAway()));
    return verdict;
  }

  #inNew(pair: Pair): Promise<Verdict> {
    const shadow = this.#shadow;
    return verdictOf(() =>
      shadow.scratch((one) => shadow.scratch((other) => assertPairHolds(pair, { major: shadow.server.major, one, other }))),
    );
  }
}

async function verdictOf(work: () => Promise<unknown>): Promise<Verdict> {
  try {
    await work();
    return { outcome: 'holds' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: error instanceof NoSchema ? 'none' : 'fails', reason };
  }
}
