/** Writes a project of many tables: `node bench/generate.ts --tables 1000 --out DIR [--seed N]`. It has models and no migrations yet. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fastpydModels } from './schema/fastpydModels.ts';
import { describeTables } from './schema/tables.ts';
import { writeFiles } from './schema/writeFiles.ts';

const { values } = parseArgs({
  options: { tables: { type: 'string', default: '100' }, out: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
process.exitCode = generate();

function generate(): number {
  if (values.out === undefined) return refuse('--out DIR says where to write the project');
  const out = resolve(values.out);
  if (existsSync(out) && readdirSync(out).length > 0) return refuse(`${out} is not empty`);
  const tables = describeTables({ tables: Number(values.tables), seed: Number(values.seed) });
  writeFiles(out, { 'fastpyd.config.json': '{}\n', ...fastpydModels(tables) });
  console.log(`Wrote ${tables.length} tables to ${out}`);
  return 0;
}

function refuse(problem: string): number {
  console.error(problem);
  return 64;
}
