const ENDING = /^(?:begin|start\s+transaction|commit|end|abort|prepare\s+transaction|rollback(?!\s+(?:work\s+|transaction\s+)?to\b))\b/i;

/** True for a statement that begins or ends a transaction; going back to a savepoint does neither. */
export const endsTransaction = (sql: string): boolean => ENDING.test(sql);
