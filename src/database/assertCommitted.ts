/**
 * Throws when a COMMIT rolled back: PostgreSQL answers it with ROLLBACK, and no error, when a statement of the transaction had failed
 * and the work went on as if nothing had happened.
 */
export function assertCommitted(command: string): void {
  if (command === 'COMMIT') return;
  throw new Error('a statement in the transaction failed and was ignored, so that PostgreSQL rolled the whole transaction back');
}
