import type { Session } from '../../src/database/session.ts';
import { INTROSPECTION_QUERY } from '../../src/introspect/queries.ts';

/** A session that tells what was asked on it. */
export interface WatchedSession extends Session {
  /** How often everything was read. */
  readonly wholeReads: number;
  /** The names of the roots that were read alone, each reading sorted. */
  readonly partReads: readonly (readonly string[])[];
  /** Statements so far. */
  readonly queries: number;
}

/** Passes everything on to the session, and counts it. */
export function watchedSession(session: Session): WatchedSession {
  const seen = { wholeReads: 0, queries: 0, partReads: [] as (readonly string[])[] };
  const note = (text: string, values: readonly unknown[] = []): void => {
    seen.queries++;
    if (text === INTROSPECTION_QUERY) seen.wholeReads++;
    // A second query for the same roots asks for rare kinds.
    if (text.includes("'rare', ")) seen.partReads.push([...(values[2] as readonly string[])].sort());
  };
  return {
    query: (text, values) => {
      note(text, values);
      return session.query(text, values);
    },
    get wholeReads() {
      return seen.wholeReads;
    },
    get partReads() {
      return seen.partReads;
    },
    get queries() {
      return seen.queries;
    },
  };
}
