import type { ModelStatement } from '../model/statement.ts';

const UNMODELLED = /^(?:(?:create|alter|drop|comment\s+on)\s+(subscription)|security\s+label)\b/i;

/**
 * What a statement of a model is about that is not modelled and must not be made in a scratch database either: a subscription would copy from the
 * publisher there, and a security label needs a provider that is loaded. Undefined for all others.
 */
export function unmodelledIn({ sql }: Pick<ModelStatement, 'sql'>): 'subscription' | 'security label' | undefined {
  const [found, subscription] = UNMODELLED.exec(sql) ?? [];
  if (found === undefined) return undefined;
  return subscription === undefined ? 'security label' : 'subscription';
}
