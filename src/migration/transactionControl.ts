import type { Session } from '../database/session.ts';
import { SqlError } from '../database/sqlError.ts';

const ENDING =
  /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*(?:begin|start\s+transaction|commit|end|abort|prepare\s+transaction|rollback(?!\s+(?:work\s+|transaction\s+)?to\b))\b/i;

/** What PostgreSQL answers to what does not belong into a transaction. */
const ACTIVE_TRANSACTION = '25001';

/** True for a statement that begins or ends a transaction; going back to a savepoint does neither. */
export const endsTransaction = (sql: string): boolean => ENDING.test(sql);

/** The session for code that must not end the transaction that it runs in. */
export const insideTransaction = (session: Session): Session => ({
  query: async (text, values) => {
    if (!endsTransaction(text)) return session.query(text, values);
    const message = 'this code runs inside a transaction that fastpyd itself begins and ends';
    throw new SqlError({ message, sqlState: ACTIVE_TRANSACTION, statement: text });
  },
});
