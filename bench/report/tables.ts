import type { Result } from '../result.ts';
import { formatCount, formatMs, formatRatio } from './format.ts';
import { findSeries, medianOf, sizesOf } from './lookup.ts';

/** One line of a table: its title, and what stands under each size. */
interface Row {
  readonly title: string;
  readonly id: string;
  readonly cell: (result: Result, size: number) => string | undefined;
}

const NOTHING = '–';
const VERIFIED = 'save.verified';
/** Of fewer runs, the slowest twentieth is not even one. */
const FEWEST_FOR_P95 = 20;

/** What a reader asks first, as one Markdown table, and what has to be known to read it. */
export function renderSummary(result: Result): string {
  const rows = [
    time('fastpyd, save → suggestion', 'save.suggestion'),
    time('fastpyd, save → suggestion that was executed up and down', VERIFIED),
    ...peerRows(result),
    time('fastpyd, daemon started again → verified suggestion', 'start.warm'),
    ratio('CPU of `fastpy db:status` against `node -e 0`', 'status.cpu', 'status.nodeCpu'),
    memory('memory of the daemon, its loader and its servers', 'memory.total'),
  ];
  return [renderTable(result, { title: 'median (p95)', rows }), about(result)].join('\n\n');
}

/** Everything that was measured, as Markdown: tables, then what has to be known to read them. */
export function renderTables(result: Result): string {
  const debounce = `the same without the debounce of ${result.debounceMs} ms`;
  const edits = [
    time('fastpyd, save → suggestion', 'save.suggestion'),
    time(debounce, 'save.suggestion', result.debounceMs),
    time('fastpyd, save → suggestion that was executed up and down', VERIFIED),
    time(debounce, VERIFIED, result.debounceMs),
    time('fastpyd, save and `db:make`, to the migration file', 'make.afterSave'),
    ...peerRows(result),
  ];
  const tables = [
    renderTable(result, { title: 'one changed column: median (p95)', rows: edits }),
    renderTable(result, { title: 'the daemon and its commands: median (p95)', rows: DAEMON_ROWS }),
    renderTable(result, { title: 'applying migrations of one table each: median (p95)', rows: APPLY_ROWS, unit: 'pending' }),
  ];
  return [...tables, growth(result), about(result), incomplete(result)].filter((part) => part !== '').join('\n\n');
}

interface Table {
  readonly title: string;
  readonly rows: readonly Row[];
  /** What the sizes count. */
  readonly unit?: string | undefined;
}

function renderTable(result: Result, { title, rows, unit = 'tables' }: Table): string {
  const ids = rows.map(({ id }) => id);
  const sizes = sizesOf(result, ids);
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
    id,
    cell(result, size) {
      const summary = findSeries(result, id, size)?.summary;
      if (summary === undefined) return undefined;
      const median = formatMs(summary.median - lessMs);
      return summary.runs < FEWEST_FOR_P95 ? median : `${median} (${formatMs(summary.p95 - lessMs)})`;
    },
  };
}

function ratio(title: string, id: string, against: string): Row {
  return {
    title,
    id,
    cell: (result, size) => maybe(divide(medianOf(result, id, size), medianOf(result, against, size)), formatRatio),
  };
}

function memory(title: string, id: string): Row {
  return { title, id, cell: (result, size) => maybe(medianOf(result, id, size), (mebibytes) => `${Math.round(mebibytes)} MiB`) };
}

const DAEMON_ROWS: readonly Row[] = [
  time('first migration of all tables, made, proved and applied', 'init.wall'),
  time('first start in a fresh clone → verified suggestion', 'start.cold'),
  time('warm start → verified suggestion', 'start.warm'),
  time('CPU of daemon, loader and servers for one save', 'save.cpu'),
  time('`fastpy db:make`, whole process', 'make.wall'),
  time('`fastpy db:status`, whole process', 'status.wall'),
  ratio('its time against `node -e 0`', 'status.wall', 'status.nodeWall'),
  time('its CPU', 'status.cpu'),
  ratio('its CPU against `node -e 0`', 'status.cpu', 'status.nodeCpu'),
  memory('memory of daemon, loader and servers (proportional set size)', 'memory.total'),
  memory('of which the daemon', 'memory.daemon'),
  memory('of which the loader', 'memory.loader'),
  memory('of which the servers', 'memory.servers'),
];

const APPLY_ROWS: readonly Row[] = [
  time('`fastpy db:migrate`, whole process', 'apply.wall'),
  time('the same statements from a plain client', 'apply.plain'),
  ratio('`fastpy db:migrate` against the plain client', 'apply.wall', 'apply.plain'),
];

const PEERS = [
  { id: 'drizzle.generate', name: 'drizzle-kit', package: 'drizzle-kit', command: '`generate`' },
  { id: 'pgdelta.plan', name: 'pg-delta', package: '@supabase/pg-delta', command: '`plan` between two databases' },
  { id: 'alembic.autogenerate', name: 'Alembic', package: 'alembic', command: '`revision --autogenerate`' },
] as const;

/** Median, and how many times the verified save that is, its debounce included. */
function peerRows({ versions }: Result): readonly Row[] {
  return PEERS.map(({ id, name, command, package: from }) => ({
    title: `${name} ${versions[from] ?? ''}, ${command}, whole command`,
    id,
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
  const told = [{ id: VERIFIED, name: 'a verified save' }, ...PEERS].flatMap(({ id, name }) => {
    const times = divide(medianOf(result, id, most), medianOf(result, id, least));
    return times === undefined ? [] : [`${name} ${formatRatio(times)}`];
  });
  return `${formatCount(most)} tables cost, against ${formatCount(least)}: ${told.join('; ')}.`;
}

function about({ machine, versions, load, debounceMs, startedAt }: Result): string {
  const commit = versions.commit === undefined ? '' : ` (${versions.commit})`;
  return (
    `Measured on ${startedAt.slice(0, 10)}: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.platform}; ` +
    `Node ${machine.node}, PostgreSQL ${versions.PostgreSQL}, fastpyd ${versions.fastpyd}${commit}; load ${load.before[0]} before and ` +
    `${load.after[0]} after. Times from a save hold the ${debounceMs} ms for which the daemon waits for another save. ` +
    'Behind the time of another tool: how many times a verified save that is.'
  );
}

/** What was measured less often than asked for, or not at all. */
function incomplete({ series }: Result): string {
  const withNote = series.filter(({ note }) => note !== undefined);
  const groups = Map.groupBy(withNote, ({ size, note }) => `at ${formatCount(size)}: ${note}`);
  return [...groups].map(([note, those]) => `- ${those.map(({ id }) => id).join(', ')} ${note}`).join('\n');
}

const divide = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined || other === 0 ? undefined : one / other;

const maybe = <T, R>(value: T | undefined, show: (value: T) => R): R | undefined => (value === undefined ? undefined : show(value));
