import type { SchemaObject } from '../kinds/kind.ts';
import type { ChangeInfo } from '../protocol/methods.ts';
import { type Action, afterOf, beforeOf, type Plan } from './plan.ts';

const VERBS: Readonly<Record<Action['type'], ChangeInfo['action']>> = {
  create: 'create',
  drop: 'drop',
  replace: 'replace',
  swap: 'alter',
  alter: 'alter',
};

const objectOf = (action: Action): SchemaObject | undefined => afterOf(action) ?? beforeOf(action);

/** What a plan changes, object by object, without what merely goes along with its owner; sorted as the plan runs. */
export function describeChanges(plan: Plan): readonly ChangeInfo[] {
  return [...plan.actions].flatMap(([id, action]) => {
    const object = objectOf(action);
    if (object === undefined || goesAlong(object, action, plan)) return [];
    const statements = plan.statements.filter((statement) => statement.object.id === id);
    // Privileges name the owner, and follow when it changes.
    if (action.type === 'alter' && statements.length === 0) return [];
    const hazards = new Set(statements.flatMap((statement) => (statement.hazards ?? []).map(({ name }) => name)));
    return [{ action: VERBS[action.type], kind: object.kind, name: object.name, hazards: [...hazards] }];
  });
}

/** A new table's columns are not news, nor is a rebuilt view's comment. */
function goesAlong(object: SchemaObject, action: Action, plan: Plan): boolean {
  const owner = object.owner === undefined ? undefined : plan.actions.get(object.owner);
  return owner !== undefined && owner.type !== 'alter' && (owner.type === action.type || owner.type === 'replace');
}

const shortName = (change: ChangeInfo): string => change.name.split('.').at(-1) ?? change.name;
const ownerName = (change: ChangeInfo): string => change.name.split('.').at(-2) ?? '';
const PARTS = ['column', 'constraint', 'default', 'trigger', 'policy', 'rule'];

/** A message for a migration that was not given one: `add slug to posts`. */
export function proposeMessage(changes: readonly ChangeInfo[]): string {
  const [first, ...rest] = [...changes].sort((one, other) => weight(one) - weight(other));
  if (first === undefined) return 'no changes';
  return rest.length === 0 ? phrase(first) : `${phrase(first)} and ${rest.length} more`;
}

const WEIGHTS = ['table', 'column', 'view', 'enum'];
const weight = (change: ChangeInfo): number => (WEIGHTS.includes(change.kind) ? WEIGHTS.indexOf(change.kind) : WEIGHTS.length);

function phrase(change: ChangeInfo): string {
  const isPart = PARTS.includes(change.kind);
  const what = change.kind === 'table' || change.kind === 'column' ? shortName(change) : `${change.kind} ${shortName(change)}`;
  const verb = { create: isPart ? 'add' : 'create', drop: 'drop', alter: 'change', replace: 'change', rename: 'rename' }[change.action];
  const where = { create: 'to', drop: 'from', alter: 'of', replace: 'of', rename: 'of' }[change.action];
  return isPart ? `${verb} ${what} ${where} ${ownerName(change)}` : `${verb} ${what}`;
}
