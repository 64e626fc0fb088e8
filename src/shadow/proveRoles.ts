import type { ScratchDatabase } from '../database/scratch.ts';
import type { SqlError } from '../database/sqlError.ts';
import { isAboutRoles } from '../diff/roles.ts';
import { fail } from '../errors.ts';
import type { SchemaObject } from '../kinds/kind.ts';
import { sameValue } from '../kinds/sameValue.ts';
import { type RoleStatement, roleStatement } from '../load/roleStatements.ts';
import type { ModelStatement } from '../model/statement.ts';
import type { PlannedStatement } from '../plan/plan.ts';
import type { ProvenPlan } from './provePlan.ts';
import { rejection } from './rejection.ts';
import { type RoleScript, roleStates } from './roleStates.ts';

/** What history and models say of roles. */
export interface RoleSources {
  readonly history: readonly string[];
  readonly models: readonly ModelStatement[];
}

/** The managed roles where history leads, and where the models are. */
export interface RoleEnds {
  readonly from: readonly SchemaObject[];
  readonly to: readonly SchemaObject[];
}

const NOTHING: RoleEnds = { from: [], to: [] };

/**
 * Makes the roles of history and of the models real, each for a moment.
 * @throws MODEL_REJECTED
 * @throws PLAN_NOT_PROVEN  for a history that cannot be followed
 */
export async function roleEnds(database: ScratchDatabase, { history, models }: RoleSources): Promise<RoleEnds> {
  if (history.length + models.length === 0) return NOTHING;
  const inOrder = models.toSorted((one, other) => rankOf(one) - rankOf(other));
  const script: RoleScript = {
    statements: inOrder.map(({ sql }) => sql),
    refused: (index, error) => {
      const statement = inOrder[index];
      return statement === undefined ? error : rejection({ statement, error });
    },
  };
  const [from = []] = await roleStates(database, [scriptOf(history, 'up')]);
  const [to = []] = await roleStates(database, [script]);
  return { from, to };
}

const ORDER: readonly RoleStatement['does'][] = ['create', 'alter', 'grant', 'comment', 'drop'];

/** Roles first, whatever the order of the files. */
const rankOf = ({ sql }: ModelStatement): number => ORDER.indexOf(roleStatement(sql)?.does ?? 'drop');

const scriptOf = (statements: readonly string[], direction: 'up' | 'down'): RoleScript => ({
  statements,
  refused: (index, error) => notProven(direction, `${error.message}, in: ${statements[index]}`, error),
});

const notProven = (direction: 'up' | 'down', reason: string, cause?: SqlError): Error =>
  fail('PLAN_NOT_PROVEN', { direction, reason }, { cause });

/**
 * Runs what a plan does with roles, up and down, from where history leads. On the way down the roles that the way up made stay, since others of
 * the server may use them by then.
 * @throws PLAN_NOT_PROVEN
 */
export async function proveRoles(database: ScratchDatabase, { up, down }: ProvenPlan, sources: RoleSources & RoleEnds): Promise<void> {
  const [ups, downs] = [roleStatementsOf(up.statements), roleStatementsOf(down.statements)];
  if (ups.length + downs.length === 0) return;
  const scripts = [scriptOf(sources.history, 'up'), scriptOf(ups, 'up'), scriptOf(downs, 'down')];
  const [, reached = [], back = []] = await roleStates(database, scripts);
  compare('up', reached, sources.to);
  compare('down', back, rolesLeft(sources));
}

const roleStatementsOf = (statements: readonly PlannedStatement[]): readonly string[] =>
  statements.flatMap(({ object, sql }) => (isAboutRoles(object) ? [sql] : []));

/** What the way down leads to: history's roles, and those that the way up made. */
export const rolesLeft = ({ from, to }: RoleEnds): readonly SchemaObject[] => [
  ...from,
  ...to.filter(({ kind, id }) => kind === 'role' && !from.some((role) => role.id === id)),
];

function compare(direction: 'up' | 'down', found: readonly SchemaObject[], wanted: readonly SchemaObject[]): void {
  const ids = new Set([...found, ...wanted].map(({ id }) => id));
  const at = (objects: readonly SchemaObject[], id: string) => objects.find((object) => object.id === id);
  const left = [...ids].filter((id) => !sameValue(at(found, id), at(wanted, id)));
  if (left.length > 0) throw notProven(direction, `it leaves differences in roles: ${left.join(', ')}`);
}
