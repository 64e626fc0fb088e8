import { quoteIdentifier } from '../database/quote.ts';

// These stand for roles and are words, not names.
const WORDS = ['public', 'current_user', 'session_user', 'current_role'];

/** A role's name as SQL; `public` and `current_user` stay the words that they are. */
export const writeRole = (name: string): string => (WORDS.includes(name.toLowerCase()) ? name.toUpperCase() : quoteIdentifier(name));
