import type { ObjectId, SchemaObject } from '../kinds/kind.ts';
import type { Action } from './plan.ts';

/** What a step does with its object; a replaced one has two steps, a swapped one three. What is altered may have to leave something before. */
export type StepType = 'drop' | 'leave' | 'alter' | 'create' | 'discard';

/** One node of the order: `drop column:public.posts.title`. Steps that are folded into another stand in its `folded`. */
export interface Step {
  readonly key: string;
  readonly type: StepType;
  readonly id: ObjectId;
  readonly object: SchemaObject;
  readonly action: Action;
}

/** A step together with those that are part of its statement, outermost first. */
export interface StepGroup {
  readonly step: Step;
  readonly folded: readonly Step[];
}

/** The key of a step. */
export const keyOf = (type: StepType, id: ObjectId): string => `${type} ${id}`;

/** Which step, by key, must come before which. */
export type Edges = readonly (readonly [before: string, after: string])[];

/** Is the object a foreign key? */
export const isForeignKey = (object: SchemaObject): boolean => (object as { readonly type?: string }).type === 'foreign key';
