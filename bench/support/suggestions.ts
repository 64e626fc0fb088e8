import { setTimeout as delay } from 'node:timers/promises';
import type { FastpyClient, SuggestionInfo } from '../../client/index.ts';
import type { Edit } from '../schema/edits.ts';
import { withLimit } from './limit.ts';

/** The name under which requests know a project's embedded database. */
export const DATABASE = 'embedded';

/** When a client heard of an edit, on the clock of `performance.now()`. */
export interface Heard {
  /** The first suggestion that names the edit. */
  readonly suggestedAt: number;
  /** The first of them that was executed up and down. */
  readonly verifiedAt: number;
}

const LIMIT_MS = 60_000;
const PAUSE_MS = 100;

/** Waits until the daemon tells of an edit by itself. Call it before the edit is saved. */
export function hearEdit(client: FastpyClient, edit: Edit): Promise<Heard> {
  let suggestedAt: number | undefined;
  return hear(client, `a suggestion for ${edit.object}`, (suggestion) => {
    if (!namesEdit(suggestion, edit)) return undefined;
    const now = performance.now();
    suggestedAt ??= now;
    return isVerified(suggestion) ? { suggestedAt, verifiedAt: now } : undefined;
  });
}

/** Waits until the daemon tells that models and history agree. */
export async function hearNothingToDo(client: FastpyClient): Promise<void> {
  await hear(client, 'the end of the suggestion', (suggestion) => (suggestion === null ? true : undefined));
}

/** Asks until the suggestion is as expected: where more than one thing is changed, it is not certain what is told in between. */
export async function untilSuggestion(client: FastpyClient, isExpected: (suggestion: SuggestionInfo | null) => boolean): Promise<void> {
  const endAt = performance.now() + LIMIT_MS;
  while (performance.now() < endAt) {
    if (isExpected((await client.request('suggestion.get', { database: DATABASE })).suggestion)) return delay(PAUSE_MS);
    await delay(PAUSE_MS);
  }
  throw new Error(`the suggestion did not become what it should be within ${LIMIT_MS / 1_000} s`);
}

async function hear<T>(client: FastpyClient, what: string, answer: (suggestion: SuggestionInfo | null) => T | undefined): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const stops = [
    client.on('suggestion.changed', ({ suggestion }) => {
      const answered = answer(suggestion);
      if (answered !== undefined) resolve(answered);
    }),
    client.on('model.failed', ({ message }) => reject(new Error(message))),
  ];
  try {
    return await withLimit(promise, { limitMs: LIMIT_MS, what });
  } finally {
    for (const stop of stops) stop();
  }
}

/** Whether this very edit, and nothing else, is what a suggestion is about. */
export function namesEdit(suggestion: SuggestionInfo | null, edit: Edit): suggestion is SuggestionInfo {
  const [change, ...others] = suggestion?.changes ?? [];
  return change !== undefined && others.length === 0 && change.name === edit.object && change.action === edit.action;
}

/** A daemon that tells of suggestions before they are proved says so; of one that does not, every suggestion is proved. */
export const isVerified = (suggestion: SuggestionInfo): boolean => (suggestion as { verified?: boolean }).verified !== false;
