import type { ObjectId } from '../../kinds/kind.ts';
import type { PlannedStatement } from '../plan.ts';
import { columnForm, defaultForm } from './columnForms.ts';
import { constraintForm } from './constraintForms.ts';
import { domainForm } from './domainForms.ts';
import { indexForm } from './indexForms.ts';
import { partitionForm } from './partitionForm.ts';
import type { SafeForm, SafePlace } from './safeForm.ts';

const FORMS: Readonly<Record<string, SafeForm>> = {
  index: indexForm,
  constraint: constraintForm,
  column: columnForm,
  default: defaultForm,
  domain: domainForm,
  partition: partitionForm,
};

/** One statement of a plan in its safe form. */
export interface SafeStatement {
  readonly sql: string;
  /** The statement of the plan that it does, or a part of it. */
  readonly planned: PlannedStatement;
  /** False where it is that statement itself. */
  readonly isForm: boolean;
}

/**
 * The statements of a plan, each replaced by its safe form where there is one. They are for a migration whose steps are transactions of their own.
 * @param except  objects whose statements stay as they are planned
 */
export function makeSafe(place: SafePlace, except: ReadonlySet<ObjectId> = new Set()): readonly SafeStatement[] {
  return place.plan.statements.flatMap((planned): readonly SafeStatement[] => {
    const form = except.has(planned.object.id) ? undefined : FORMS[planned.object.kind]?.(planned, place);
    return form?.map((sql) => ({ sql, planned, isForm: true })) ?? [{ sql: planned.sql, planned, isForm: false }];
  });
}
