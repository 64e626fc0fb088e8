/**
 * `npm run bench:readme`: makes, from the newest result (or the file that is named), the chart and the tables beside it, and writes the
 * part of the README that lies between its two markers.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { renderChart } from './report/chart.ts';
import { BLOCK, readmeBlock } from './report/readmeBlock.ts';
import { renderTables } from './report/tables.ts';
import { newestResult, readResult } from './result.ts';

const root = join(import.meta.dirname, '..');
const readme = join(root, 'README.md');

const [named] = process.argv.slice(2);
const file = named === undefined ? newestResult() : resolve(named);
if (file === undefined) {
  console.error('there is no result in bench/results: run `npm run bench` first');
  process.exitCode = 1;
} else publish(file);

function publish(source: string): void {
  const result = readResult(source);
  const beside = source.replace(/\.json$/, '');
  const chart = renderChart(result);
  if (chart !== undefined) writeFileSync(`${beside}.svg`, chart);
  writeFileSync(`${beside}.md`, `# ${result.startedAt.slice(0, 10)}\n\n${renderTables(result)}\n`);
  const block = readmeBlock(result, relative(root, beside).replaceAll('\\', '/'));
  writeFileSync(
    readme,
    readFileSync(readme, 'utf8').replace(BLOCK, () => block),
  );
  console.log(`Wrote README.md from ${relative(root, source)}`);
}
