import type { Result } from '../result.ts';
import { formatCount, formatMs } from './format.ts';
import { medianOf, sizesOf } from './lookup.ts';

/** One line of the chart. */
interface Line {
  readonly id: string;
  readonly title: string;
  /** Of the style sheet. */
  readonly className: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly ms: number;
}

/** Positions of both logarithmic axes. */
interface Axes {
  readonly x: (tables: number) => number;
  readonly y: (ms: number) => number;
  readonly sizes: readonly number[];
  /** Powers of ten, in milliseconds. */
  readonly ticks: readonly number[];
}

const LINES: readonly Line[] = [
  { id: 'save.verified', title: 'fastpyd', className: 'own' },
  { id: 'drizzle.generate', title: 'drizzle-kit generate', className: 'one' },
  { id: 'pgdelta.plan', title: 'pg-delta plan', className: 'two' },
  { id: 'alembic.autogenerate', title: 'Alembic autogenerate', className: 'three' },
];
const WIDTH = 760;
const HEIGHT = 436;
const PLOT = { left: 64, right: 540, top: 84, bottom: 376 } as const;
const LABEL_HEIGHT = 18;

interface Palette {
  readonly text: string;
  readonly faint: string;
  readonly grid: string;
  readonly inks: Readonly<Record<string, string>>;
}

const LIGHT: Palette = {
  text: '#1f2328',
  faint: '#59636e',
  grid: '#d1d9e0',
  inks: { own: '#0969da', one: '#bc4c00', two: '#8250df', three: '#1a7f37' },
};
const DARK: Palette = {
  text: '#f0f6fc',
  faint: '#9198a1',
  grid: '#3d444d',
  inks: { own: '#4493f8', one: '#f0883e', two: '#ab7df8', three: '#3fb950' },
};

// The page that shows it may be light or dark, which an image is told by the query; its ground stays that of the page.
// Colours are written out, as viewers other than browsers know no variables.
const STYLE = `text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; }
.heading { font-size: 15px; font-weight: 600; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.own { stroke-width: 3.5; }
.label.own { font-weight: 600; }
${coloursOf(LIGHT)}
@media (prefers-color-scheme: dark) {
${coloursOf(DARK)}
}`;

function coloursOf({ text, faint, grid, inks }: Palette): string {
  const lines = Object.entries(inks).map(
    ([name, ink]) => `.line.${name} { stroke: ${ink}; } .dot.${name}, .label.${name} { fill: ${ink}; }`,
  );
  return [`text { fill: ${text}; }`, `.faint { fill: ${faint}; }`, `.grid { stroke: ${grid}; }`, ...lines].join('\n');
}

/** A chart of what one changed column costs at each size, fastpyd beside its peers, as SVG; undefined when no save was measured. */
export function renderChart(result: Result): string | undefined {
  const lines = LINES.map((line) => ({ line, medians: mediansOf(result, line.id) })).filter(({ medians }) => medians.length > 0);
  if (!lines.some(({ line }) => line.className === 'own')) return undefined;
  const axes = axesFor(lines.flatMap(({ medians }) => medians));
  const drawn = lines.map(({ line, medians }) => ({
    line,
    points: medians.map(({ size, ms }): Point => ({ x: axes.x(size), y: axes.y(ms), ms })),
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title">
<title id="title">${descriptionOf(lines)}</title>
<style>
${STYLE}
</style>
<text class="heading" x="${PLOT.left}" y="24">From one changed column to its migration</text>
<text class="faint" x="${PLOT.left}" y="44">fastpyd: save → suggestion, executed up and down; others: whole command</text>
<text class="faint" x="${PLOT.left}" y="62">medians, both axes logarithmic</text>
${[...drawGrid(axes), ...drawn.map(({ line, points }) => drawLine(line, points)), ...drawLabels(drawn)].join('\n')}
</svg>
`;
}

interface Median {
  readonly size: number;
  readonly ms: number;
}

function mediansOf(result: Result, id: string): readonly Median[] {
  return sizesOf(result, [id]).flatMap((size) => {
    const ms = medianOf(result, id, size);
    return ms === undefined ? [] : [{ size, ms }];
  });
}

/** The chart in words, for whoever does not see it. */
function descriptionOf(lines: readonly { readonly line: Line; readonly medians: readonly Median[] }[]): string {
  const told = lines.map(({ line, medians }) => {
    const times = medians.map(({ size, ms }) => `${formatMs(ms)} at ${formatCount(size)} tables`);
    return `${line.title} ${times.join(', ')}`;
  });
  return `From one changed column to its migration: ${told.join('; ')}`;
}

function axesFor(medians: readonly Median[]): Axes {
  const sizes = [...new Set(medians.map(({ size }) => size))].sort((one, other) => one - other);
  const decades = medians.map(({ ms }) => Math.log10(ms));
  const low = Math.floor(Math.min(...decades));
  const high = Math.max(low + 1, Math.ceil(Math.max(...decades)));
  const [least = 1, most = 1] = [sizes[0], sizes.at(-1)];
  const across = Math.max(Math.log(most / least), Number.EPSILON);
  return {
    sizes,
    ticks: Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)),
    x: (size) => PLOT.left + 24 + (Math.log(size / least) / across) * (PLOT.right - PLOT.left - 48),
    y: (ms) => PLOT.bottom - ((Math.log10(ms) - low) / (high - low)) * (PLOT.bottom - PLOT.top),
  };
}

function drawGrid({ x, y, sizes, ticks }: Axes): readonly string[] {
  return [
    ...ticks.map((ms) => `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${at(y(ms))}" y2="${at(y(ms))}"/>`),
    ...ticks.map((ms) => `<text class="faint" x="${PLOT.left - 8}" y="${at(y(ms) + 4)}" text-anchor="end">${tickLabel(ms)}</text>`),
    ...sizes.map(
      (size) => `<text class="faint" x="${at(x(size))}" y="${PLOT.bottom + 22}" text-anchor="middle">${formatCount(size)}</text>`,
    ),
    `<text class="faint" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 44}" text-anchor="middle">tables</text>`,
  ];
}

const tickLabel = (ms: number): string => (ms >= 1_000 ? `${formatCount(ms / 1_000)} s` : `${ms} ms`);

function drawLine({ className, title }: Line, points: readonly Point[]): string {
  const path = points.map(({ x, y }) => `${at(x)},${at(y)}`).join(' ');
  const dots = points.map(
    ({ x, y, ms }) =>
      `<circle class="dot ${className}" cx="${at(x)}" cy="${at(y)}" r="4"><title>${title}: ${formatMs(ms)}</title></circle>`,
  );
  return [`<polyline class="line ${className}" points="${path}"/>`, ...dots].join('\n');
}

/** Each line's name and last value at its end, moved apart where two would lie on each other. */
function drawLabels(lines: readonly { readonly line: Line; readonly points: readonly Point[] }[]): readonly string[] {
  const ends = lines.flatMap(({ line, points }) => points.slice(-1).map((end) => ({ line, end })));
  let free = PLOT.top - LABEL_HEIGHT;
  return ends
    .sort((one, other) => one.end.y - other.end.y)
    .map(({ line, end }) => {
      free = Math.max(free, end.y + 4);
      const label = `<text class="label ${line.className}" x="${PLOT.right + 8}" y="${at(free)}">${line.title}, ${formatMs(end.ms)}</text>`;
      free += LABEL_HEIGHT;
      return label;
    });
}

const at = (position: number): string => String(Math.round(position * 10) / 10);
