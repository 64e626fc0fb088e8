import type { ErrorData } from '../errors.ts';
import type { Naming } from '../model/naming.ts';
import type { ModelPart } from '../model/statement.ts';

/** What the loader child is asked to do. */
export interface LoadRequest {
  readonly id: number;
  readonly root: string;
  /** Absolute. */
  readonly files: readonly string[];
  readonly naming: Naming;
}

/** What the loader child says; anything else that arrives was sent by a model and is not for us. */
export type LoadReply =
  | { readonly fastpyd: 'evaluating'; readonly id: number; readonly file: string }
  | { readonly fastpyd: 'loaded'; readonly id: number; readonly parts: readonly ModelPart[]; readonly renewed: number }
  | { readonly fastpyd: 'failed'; readonly id: number; readonly error: ErrorData };
