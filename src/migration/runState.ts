import { FastpyError } from '../errors.ts';

/**
 * Runs the work; an error of it that says what state the database is in also says which migrations before it are done.
 */
export async function withState<T>(
  { done, verb }: { readonly done: readonly { readonly id: string }[]; readonly verb: 'applied' | 'rolled back' },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FastpyError) || done.length === 0 || !hasState(error.facts)) throw error;
    const before = `${listed(done.map(({ id }) => id))} before it ${done.length === 1 ? 'is' : 'are'} ${verb}.`;
    const details = { ...error.facts, state: `${error.facts.state} ${before}` };
    throw new FastpyError(error.code, details, { cause: error.cause, location: error.location });
  }
}

const hasState = (details: unknown): details is { readonly state: string } =>
  typeof details === 'object' && details !== null && 'state' in details && typeof details.state === 'string';

const listed = (names: readonly string[]): string =>
  names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
