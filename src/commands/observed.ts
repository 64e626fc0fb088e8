import { join } from 'node:path';
import type { Database, Session } from '../database/session.ts';
import { cachedSnapshot } from '../introspect/cachedSnapshot.ts';
import { SnapshotCache } from '../introspect/snapshotCache.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { revisionsIn } from '../migration/ledger.ts';
import type { Revision } from '../migration/migrationFile.ts';

/**
 * What a live database says of itself. Each answer is one of now: the database is asked every time whether anything was committed,
 * which takes a tenth of a millisecond, and is read again only where something was.
 */
export class Observed {
  readonly #live: Database;
  readonly #cache: SnapshotCache;
  #history: { readonly mark: string; readonly revisions: readonly Revision[] } | undefined;

  /**
   * @param root  the project's, whose `.fastpy/` has the cache
   * @param place  what tells its server from others
   */
  constructor(live: Database, { root, place }: { readonly root: string; readonly place: string }) {
    this.#live = live;
    this.#cache = new SnapshotCache(join(root, '.fastpy', 'cache'), place);
  }

  /** Its whole schema; the same object as long as the schema says the same. */
  snapshot(): Promise<SchemaSnapshot> {
    return this.#live.session((session) => cachedSnapshot(session, this.#cache));
  }

  /** What was applied to it, in order. @throws HISTORY_CONFLICT  for a newer ledger */
  revisions(): Promise<readonly Revision[]> {
    return this.#live.session(async (session) => {
      const mark = await this.#markOf(session);
      if (this.#history?.mark !== mark) this.#history = { mark, revisions: await revisionsIn(session) };
      return this.#history.revisions;
    });
  }

  /** A text that stays the same as long as nobody commits anything. */
  mark(): Promise<string> {
    return this.#live.session((session) => this.#markOf(session));
  }

  /** Writes what the next process is to know; the database may be closed meanwhile. */
  close(): Promise<void> {
    return this.#cache.flush();
  }

  async #markOf(session: Session): Promise<string> {
    const { identity, probe } = await this.#cache.identify(session);
    return `${identity} ${probe}`;
  }
}
