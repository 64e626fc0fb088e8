import { FastpyError } from '../errors.ts';

/** Runs the work; to an error of it that says what state things are in, this is added, as it is when the error comes. */
export async function withState<T>(more: () => string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const added = more();
    if (added === undefined || !(error instanceof FastpyError) || !hasState(error.facts)) throw error;
    const details = { ...error.facts, state: `${error.facts.state} ${added}` };
    throw new FastpyError(error.code, details, { cause: error.cause, location: error.location });
  }
}

/** Which migrations are done when a later one fails; undefined where none is. */
export function doneBefore(done: readonly { readonly id: string }[], verb: 'applied' | 'rolled back'): string | undefined {
  return done.length === 0 ? undefined : `${listed(done.map(({ id }) => id))} before it ${done.length === 1 ? 'is' : 'are'} ${verb}.`;
}

const hasState = (details: unknown): details is { readonly state: string } =>
  typeof details === 'object' && details !== null && 'state' in details && typeof details.state === 'string';

const listed = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
