import { fail } from '../errors.ts';
import type { SchemaSnapshot } from '../kinds/snapshot.ts';
import { canMove, claimsOf, findRenamables, isIn, type NewName, type Renamable, withName } from './renamables.ts';
import { type Shaped, shapeLikeness } from './resemblance.ts';
import { shapeOf } from './shape.ts';

/** `public.posts.title` shall be called `headline`. */
export interface RenameRequest {
  /** How it was written, for messages. */
  readonly text: string;
  /** The present name, dotted and unquoted; undefined where only the new one is known whole. */
  readonly path?: string | undefined;
  /** The new name, alone or dotted like the present one. */
  readonly name: string;
  /** With `name` whole and dotted: the present one, alone or dotted. Stated in a model, where it stays after it was done, so that a name that is gone is no mistake. */
  readonly declaredFrom?: string | undefined;
}

/** One thing of the head, and the one of the models that takes its place. */
export interface Edge {
  readonly request: RenameRequest;
  readonly before: Renamable;
  readonly after: Renamable;
}

/**
 * One name to give: `before` is called `name` from then on, in another schema if one is said. A passing name, on the way of two that change
 * places, belongs to no edge.
 */
export interface RenameStep extends NewName {
  readonly before: Renamable;
  readonly edge: Edge | undefined;
}

/** Reads the value of `--rename`: `public.posts.title:headline`; names in it may be quoted as in SQL. @throws USAGE */
export function parseRename(flag: string): RenameRequest {
  const [, path = '', name = ''] = QUOTED_RENAME.exec(flag) ?? /^(.+):([^:]+)$/s.exec(flag) ?? [];
  if (path === '' || name === '' || QUOTED_PATH.test(flag)) {
    throw fail('USAGE', {
      problem: `--rename ${flag} does not say what becomes what`,
      help: 'Write it as --rename public.posts.title:headline; a name with a colon in quotes: \'public.posts."a:b":c\'.',
    });
  }
  return { text: `--rename ${flag}`, path: unquoted(path), name: unquoted(name) };
}

const PART = '(?:"(?:[^"]|"")+"|[^".:][^.:]*)';
const PATH = String.raw`${PART}(?:\.${PART})*`;
const QUOTED_RENAME = new RegExp(`^(${PATH}):(${PATH})$`, 's');
const QUOTED_PATH = new RegExp(`^${PATH}$`, 's');

/** A dotted name as messages have it, whose parts may be quoted as in SQL: `public."a.b"` is `public.a.b`. */
export const unquoted = (path: string): string =>
  QUOTED_PATH.test(path)
    ? path.replace(/(^|\.)"((?:[^"]|"")+)"(?=\.|$)/gs, (_, dot: string, name: string) => dot + name.replaceAll('""', '"'))
    : path;

/** A name as a flag needs it. */
const flagName = (name: string): string => (/[":=]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);

/** The flag that states a rename: `--rename public.posts.title:headline`. */
export const renameFlag = (before: Renamable, after: Renamable): string => {
  const own = flagName(before.own);
  const path = own === before.own && !before.place.includes(':') ? before.name : pathText(before);
  return `--rename ${path}:${before.place === after.place ? flagName(after.own) : pathText(after)}`;
};

/** A dotted name whose parts are quoted where a flag needs it. */
export const pathText = ({ place, own }: Renamable): string =>
  [
    ...place
      .slice(0, -1)
      .split('.')
      .filter((part) => part !== ''),
    own,
  ]
    .map(flagName)
    .join('.');

/**
 * The renames among the requests that still have to be done, of the outermost things only: what lies in them is looked for when they have
 * their new names. In the order in which they can be done; where names change places, by way of a passing one.
 */
export function nextRenames(requests: readonly RenameRequest[], from: SchemaSnapshot, to: SchemaSnapshot): readonly RenameStep[] {
  const edges = pruned(
    requests.flatMap((request) => edgesOf(request, from, to)),
    from,
    to,
  );
  const isInside = (place: string, { name }: Renamable): boolean => place.startsWith(`${name}.`);
  const outermost = edges.filter(
    ({ before, after }) => !edges.some((other) => isInside(before.place, other.before) || isInside(after.place, other.after)),
  );
  return stepsOf(outermost, from, to);
}

/** All overloads of a routine that is named without its arguments; else one. */
function edgesOf(request: RenameRequest, from: SchemaSnapshot, to: SchemaSnapshot): readonly Edge[] {
  const edges = (request.declaredFrom === undefined ? statedEdges : declaredEdges)(request, from, to).filter(
    ({ before, after }) =>
      before.kind === after.kind && before.id !== after.id && (before.place === after.place || (canMove(before) && canMove(after))),
  );
  const [first] = edges;
  return edges.filter(
    (edge) => edge === first || (edge.before.id !== first?.before.id && argumentsOf(edge.before) !== '' && isOverload(edge)),
  );
}

const argumentsOf = ({ name, place, own }: Renamable): string => name.slice(place.length + own.length);
const isOverload = ({ before, after }: Edge): boolean => argumentsOf(before) === argumentsOf(after);

function statedEdges(request: RenameRequest, from: SchemaSnapshot, to: SchemaSnapshot): readonly Edge[] {
  return findRenamables(from, request.path ?? '').flatMap((before) =>
    [...findRenamables(to, before.place + request.name), ...findRenamables(to, request.name)].map((after) => ({ request, before, after })),
  );
}

function declaredEdges(request: RenameRequest, from: SchemaSnapshot, to: SchemaSnapshot): readonly Edge[] {
  const { name, declaredFrom = '' } = request;
  const own = declaredFrom.slice(declaredFrom.lastIndexOf('.') + 1);
  return findRenamables(to, name).flatMap((after) =>
    [after.place + declaredFrom, declaredFrom, after.place + own].flatMap((path) =>
      findRenamables(from, path).map((before) => ({ request, before, after })),
    ),
  );
}

/** Leaves what fits: the old name is gone or given to another, and the new one is new or given up by another. */
function pruned(edges: readonly Edge[], from: SchemaSnapshot, to: SchemaSnapshot): readonly Edge[] {
  const isFirst = (edge: Edge, index: number): boolean =>
    edges.findIndex(({ before, after }) => before.id === edge.before.id || after.id === edge.after.id) === index;
  let kept = edges.filter(isFirst);
  for (;;) {
    const fits = ({ before, after }: Edge): boolean =>
      (!isIn(to, before) || kept.some((other) => other.after.id === before.id)) &&
      (!isIn(from, after) || kept.some((other) => other.before.id === after.id));
    const fitting = kept.filter(fits);
    if (fitting.length === kept.length) return kept;
    kept = fitting;
  }
}

/** An edge on its way: what it starts from may stand aside under a passing name. */
interface Open {
  readonly edge: Edge;
  readonly present: Renamable;
  readonly isAside: boolean;
}

/** The order in which the names are free; where none is, one that holds a name steps aside. */
export function stepsOf(edges: readonly Edge[], from: SchemaSnapshot, to: SchemaSnapshot): readonly RenameStep[] {
  const steps: RenameStep[] = [];
  let left: readonly Open[] = edges.map((edge) => ({ edge, present: edge.before, isAside: false }));
  while (left.length > 0) {
    const next = left.find((open) => !left.some((other) => other !== open && isInTheWay(other, open.edge.after)));
    const [first, ...others] = left;
    if (first === undefined || (next === undefined && isDone(edgesIn(left), from, to))) return steps;
    if (next === undefined) {
      const aside = stepAside(first, steps.length);
      steps.push({ before: first.present, name: aside.present.own, edge: undefined });
      left = [...others, aside];
    } else {
      steps.push(...stepsTo(next, from));
      left = left.filter((open) => open !== next);
    }
  }
  return steps;
}

/** Another name in another schema is given in two steps, so that each can be taken back; the name first where nothing has it there. */
function stepsTo({ edge, present }: Open, from: SchemaSnapshot): readonly RenameStep[] {
  const { own: name, place, object } = edge.after;
  if (place === present.place) return [{ before: present, name, edge }];
  const schema = String(Reflect.get(object, 'schema'));
  if (name === present.own) return [{ before: present, name, schema, edge }];
  const first = findRenamables(from, present.place + name).length === 0 ? { name } : { name: present.own, schema };
  const between = called(present, first);
  return [
    { before: present, ...first, edge: undefined },
    { before: between, name, schema, edge },
  ];
}

/** The same thing under another name. */
function called(renamable: Renamable, { name, schema }: NewName): Renamable {
  const place = schema === undefined ? renamable.place : `${schema}.`;
  return { ...renamable, own: name, place, name: place + name, object: withName(renamable, { name, schema }) };
}

const edgesIn = (left: readonly Open[]): readonly Edge[] => left.map(({ edge }) => edge);

const isInTheWay = ({ present, isAside }: Open, wanted: Renamable): boolean =>
  !isAside && claimsOf(present).some((claim) => claimsOf(wanted).includes(claim));

function stepAside({ edge, present }: Open, number: number): Open {
  return { edge, present: called(present, { name: `fastpyd_aside_${number}` }), isAside: true };
}

/** Models go on saying that names changed places: it is still to be done where each resembles its counterpart more than its namesake. */
function isDone(edges: readonly Edge[], from: SchemaSnapshot, to: SchemaSnapshot): boolean {
  if (edges.some(({ request }) => request.declaredFrom === undefined)) return false;
  const shaped = (renamable: Renamable, snapshot: SchemaSnapshot): Shaped => ({ renamable, shape: shapeOf(renamable, snapshot, []) });
  const gains = edges.map(({ before, after }) => {
    const wanted = shaped(after, to);
    const namesake = findRenamables(from, after.name).find(({ id }) => id === after.id) ?? after;
    return shapeLikeness(shaped(before, from), wanted) - shapeLikeness(shaped(namesake, from), wanted);
  });
  return gains.some((gain) => gain < 0) || gains.every((gain) => gain === 0);
}

/** What is left of the requests behind some steps; where a table got its new name, paths that begin with the old one begin with that. */
export function rebased(requests: readonly RenameRequest[], steps: readonly RenameStep[]): readonly RenameRequest[] {
  const edges = steps.flatMap(({ edge }) => edge ?? []);
  return requests
    .filter((request) => !edges.some((edge) => edge.request === request))
    .map((request) => {
      const outer = edges.find(({ before }) => request.path?.startsWith(`${before.name}.`));
      return outer === undefined ? request : { ...request, path: outer.after.name + (request.path ?? '').slice(outer.before.name.length) };
    });
}
