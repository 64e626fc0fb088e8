import type { Session } from '../database/session.ts';
import type { Migration } from './migrationFile.ts';
import type { Action, Direction } from './steps.ts';

/** One direction of a migration inside its transaction, before its first action. */
export interface Running {
  readonly session: Session;
  readonly migration: Migration;
  readonly direction: Direction;
  readonly actions: readonly Action[];
  readonly perform: (action: Action) => Promise<void>;
}

/** Performs the actions of a migration, and what belongs into the same transaction beside them. */
export type Around = (running: Running) => Promise<void>;

/** Performs the actions and nothing else. */
export const performAll: Around = async ({ actions, perform }) => {
  for (const action of actions) await perform(action);
};
