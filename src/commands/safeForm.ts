import { managedView } from '../diff/managed.ts';
import type { SafetyChoice } from '../protocol/methods.ts';
import { proveSafe } from '../shadow/proveSafe.ts';
import type { State } from '../shadow/states.ts';
import type { Considered } from './suggestion.ts';
import type { Target } from './target.ts';
import type { Workspace } from './workspace.ts';

/** Is a migration to be made in its safe form? By flag, else by the settings, else wherever others may use the database. */
const isWanted = ({ config }: Workspace, { info }: Target, { safe }: SafetyChoice): boolean => safe ?? config.safe ?? !info.development;

/** A suggestion, and where it begins. */
interface Chosen {
  readonly head: State;
  readonly considered: Considered;
}

/**
 * A suggestion whose statements have their safe form, where that is wanted and there is one: proven like the plan that it stands for, and without a
 * transaction. It costs a copy of the schema, so it is for what is written or shown, not for saves.
 */
export async function inSafeForm(
  workspace: Workspace,
  target: Target,
  { head, considered }: Chosen,
  choice: SafetyChoice,
): Promise<Considered> {
  if (!isWanted(workspace, target, choice)) return considered;
  const { suggestion } = considered;
  const { proven, renames, desired } = suggestion;
  const view = managedView(workspace.config.schemas);
  const undone = suggestion.down.slice(proven.down.statements.length);
  const { statements, warnings } = await proveSafe({
    proven,
    from: view(head.snapshot),
    start: suggestion.head,
    to: desired,
    view,
    renames: { up: renames, down: undone },
    majorVersion: Math.min(target.shadow.server.major, Number.parseInt(target.info.serverVersion, 10)),
    copy: () => target.states.copyOf(head),
  });
  const told = { ...suggestion, warnings: [...suggestion.warnings, ...warnings] };
  if (statements === undefined) return { ...considered, suggestion: told };
  const [up, down] = [statements.up, statements.down].map((side) => side.map(({ sql }) => sql));
  const safe = { ...told, up: [...renames, ...(up ?? [])], down: [...(down ?? []), ...undone], transactional: false };
  return { ...considered, suggestion: safe };
}
