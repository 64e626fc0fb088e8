import type { ErrorData } from '../errors.ts';
import type { ModelPart } from '../model/statement.ts';

/** What the loader child is asked to do. */
export interface LoadRequest {
  readonly id: number;
  /** The TypeScript model files, relative to the project's root, sorted; not given where they are those of the request before. */
  readonly files?: readonly string[] | undefined;
  /** Which files may hold something else than they did, absolute; all others do not. */
  readonly changed: readonly string[];
}

/** What importing the models gave that the replies without an error before it did not. */
export interface Imported {
  readonly parts: readonly ModelPart[];
  /** Modules that were read, each with the hash of its content. */
  readonly modules: readonly (readonly [path: string, hash: string])[];
  /** How often this process has imported a module that it had imported before. */
  readonly renewals: number;
  /** Whether the same modules give the same parts in another process. */
  readonly isRepeatable: boolean;
  /** Why there are no parts; what was read by then is said all the same, since from now on its changes count. */
  readonly error?: ErrorData | undefined;
}

/** What the loader child says; anything else that arrives was sent by a model and is not for us. */
export type LoadReply =
  | { readonly fastpyd: 'evaluating'; readonly id: number; readonly file: string }
  | { readonly fastpyd: 'imported'; readonly id: number; readonly imported: Imported };
