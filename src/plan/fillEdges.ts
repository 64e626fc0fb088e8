import type { Column } from '../kinds/columns.ts';
import { namesIn } from '../kinds/fill.ts';
import type { Edges, Step } from './step.ts';

/** A column that goes gives its values to the ones that come first. */
export function fillEdges(steps: ReadonlyMap<string, Step>, fill: ReadonlyMap<string, string> = new Map()): Edges {
  return [...steps.values()].flatMap((created): Edges => {
    const value = created.type === 'create' && created.object.kind === 'column' ? fill.get(created.object.name) : undefined;
    if (value === undefined) return [];
    const names = namesIn(value);
    const isUsed = ({ object, type }: Step): boolean =>
      type === 'drop' && object.kind === 'column' && object.owner === created.object.owner && names.includes((object as Column).column);
    return [...steps.values()].filter(isUsed).map((dropped) => [created.key, dropped.key] as const);
  });
}
