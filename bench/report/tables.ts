import type { Result } from '../result.ts';
import { formatCount, formatMs, formatRatio } from './format.ts';
import { findSeries, medianOf, sizesOf } from './lookup.ts';

/** One line of a table: its title, and what stands under each size. */
interface Row {
  readonly title: string;
  readonly ids: readonly string[];
  readonly cell: (result: Result, size: number) => string | undefined;
}

const NOTHING = '–';
const VERIFIED = 'save.verified';

/** Everything that was measured, as Markdown: tables, then what has to be known to read them. */
export function renderTables(result: Result): string {
  const debounce = `without the debounce of ${result.debounceMs} ms`;
  const parts = [
    renderTable(result, 'one changed column: median (p95)', [
      time('fastpyd, save → suggestion', 'save.suggestion'),
      time(`the same ${debounce}`, 'save.suggestion', result.debounceMs),
      time('fastpyd, save → suggestion that was executed up and down', VERIFIED),
      time(`the same ${debounce}`, VERIFIED, result.debounceMs),
      time('fastpyd, save and `db:make`, to the migration file', 'make.afterSave'),
      ...peerRows(result),
    ]),
    renderTable(result, 'the daemon and its commands: median (p95)', [
      time('first migration of all tables, made, proved and applied', 'init.wall'),
      time('cold start → verified suggestion', 'start.cold'),
      time('warm start → verified suggestion', 'start.warm'),
      time('CPU of daemon, loader and servers for one save', 'save.cpu'),
      time('`fastpy db:make`, whole process', 'make.wall'),
      time('`fastpy db:status`, whole process', 'status.wall'),
      time('its CPU', 'status.cpu'),
      ratio('its CPU against `node -e 0`', 'status.cpu', 'status.nodeCpu'),
      ratio('its time against `node -e 0`', 'status.wall', 'status.nodeWall'),
      memory('memory of daemon, loader and servers (proportional set size)', 'memory.total'),
      memory('of which the daemon', 'memory.daemon'),
      memory('of which the loader', 'memory.loader'),
      memory('of which the servers', 'memory.servers'),
    ]),
    renderTable(
      result,
      'pending migrations of one table each: median (p95)',
      [time('`fastpy db:migrate`, whole process', 'apply.wall'), time('the same statements from a plain client', 'apply.plain')],
      'migrations',
    ),
    growth(result),
    ...notes(result),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function renderTable(result: Result, title: string, rows: readonly Row[], unit = 'tables'): string {
  const sizes = sizesOf(
    result,
    rows.flatMap(({ ids }) => ids),
  );
  const filled = rows.map((row) => ({ title: row.title, cells: sizes.map((size) => row.cell(result, size)) }));
  const kept = filled.filter(({ cells }) => cells.some((cell) => cell !== undefined));
  if (kept.length === 0) return '';
  return [
    `| ${title} | ${sizes.map((size) => `${formatCount(size)} ${unit}`).join(' | ')} |`,
    `|---|${sizes.map(() => '---:|').join('')}`,
    ...kept.map(({ title: name, cells }) => `| ${name} | ${cells.map((cell) => cell ?? NOTHING).join(' | ')} |`),
  ].join('\n');
}

function time(title: string, id: string, lessMs = 0): Row {
  return {
    title,
    ids: [id],
    cell(result, size) {
      const summary = findSeries(result, id, size)?.summary;
      if (summary === undefined) return undefined;
      const median = formatMs(summary.median - lessMs);
      return summary.runs === 1 ? median : `${median} (${formatMs(summary.p95 - lessMs)})`;
    },
  };
}

function ratio(title: string, id: string, against: string): Row {
  return {
    title,
    ids: [id],
    cell: (result, size) => maybe(divide(medianOf(result, id, size), medianOf(result, against, size)), formatRatio),
  };
}

function memory(title: string, id: string): Row {
  return { title, ids: [id], cell: (result, size) => maybe(medianOf(result, id, size), (megabytes) => `${Math.round(megabytes)} MB`) };
}

/** The quantities of other tools, each with the package whose version is told. */
export const PEERS = [
  { id: 'drizzle.generate', title: 'drizzle-kit `generate`', package: 'drizzle-kit' },
  { id: 'pgdelta.plan', title: 'pg-delta `plan`, between two databases', package: '@supabase/pg-delta' },
  { id: 'alembic.autogenerate', title: 'Alembic `revision --autogenerate`', package: 'alembic' },
] as const;

/** Median, and how many times the verified save that is, its debounce included. */
function peerRows({ versions }: Result): readonly Row[] {
  return PEERS.map(({ id, title, package: name }) => ({
    title: `${title} ${versions[name] ?? ''}, whole command`,
    ids: [id],
    cell(result, size) {
      const median = medianOf(result, id, size);
      const times = divide(median, medianOf(result, VERIFIED, size));
      return maybe(median, (ms) => `${formatMs(ms)}${maybe(times, (each) => `, ${formatRatio(each)}`) ?? ''}`);
    },
  }));
}

function growth(result: Result): string {
  const sizes = sizesOf(result, [VERIFIED]);
  const [least, most] = [sizes[0], sizes.at(-1)];
  if (least === undefined || most === undefined || least === most) return '';
  const told = [{ id: VERIFIED, title: 'fastpyd, save → verified' }, ...PEERS].flatMap(({ id, title }) => {
    const times = divide(medianOf(result, id, most), medianOf(result, id, least));
    return times === undefined ? [] : [`${title} ${formatRatio(times)}`];
  });
  return `${formatCount(most)} tables against ${formatCount(least)}: ${told.join('; ')}.`;
}

function notes({ machine, versions, load, debounceMs, startedAt, series }: Result): readonly string[] {
  const commit = versions.commit === undefined ? '' : ` (${versions.commit})`;
  const stopped = series.flatMap(({ id, size, note }) => (note === undefined ? [] : [`- ${id} at ${formatCount(size)}: ${note}`]));
  return [
    `Measured on ${startedAt.slice(0, 10)}: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.platform}; ` +
      `Node ${machine.node}, PostgreSQL ${versions.PostgreSQL}, fastpyd ${versions.fastpyd}${commit}; load ${load.before[0]} before and ` +
      `${load.after[0]} after. Times from a save hold the ${debounceMs} ms for which the daemon waits for another save. ` +
      'Behind the time of another tool: how many times a verified save that is.',
    stopped.join('\n'),
  ];
}

const divide = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined || other === 0 ? undefined : one / other;

const maybe = <T, R>(value: T | undefined, show: (value: T) => R): R | undefined => (value === undefined ? undefined : show(value));
