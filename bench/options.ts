import { parseArgs } from 'node:util';
import { MOST_TABLES } from './schema/tables.ts';

/** What `npm run bench` is asked for. */
export interface Options {
  readonly tables: readonly number[];
  readonly pending: readonly number[];
  readonly runs: number;
  readonly seed: number;
  readonly budgetMs: number;
  readonly only: readonly string[] | undefined;
  readonly skipPeers: boolean;
  readonly skipBuild: boolean;
  /** Where the result goes, instead of to its usual place. */
  readonly out: string | undefined;
}

export const HELP = `Measures fastpyd, and other tools beside it, on projects that it makes for that.

Usage: npm run bench -- [options]

  --tables 10,100,1000     how many tables the projects have, up to ${MOST_TABLES}
  --pending 1,10,100,500   how many migrations are applied at once
  --runs 40                how often what takes milliseconds is measured; what takes seconds is measured less often
  --budget 60              seconds for one quantity at one size; then it is what it is (three runs at least)
  --only save,status       of start, save, status, make, memory, apply, drizzle, pgdelta, alembic
  --skip-peers             without the other tools, which are otherwise installed into bench/.peers
  --skip-build             measure dist/ as it is
  --seed 1                 another schema of the same kind
  --out FILE               write the result there, not into bench/results`;

/**
 * Reads the command line.
 * @throws Error  with a sentence for whoever typed it
 */
export function readOptions(argv: readonly string[], known: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      tables: { type: 'string', default: '10,100,1000' },
      pending: { type: 'string', default: '1,10,100,500' },
      runs: { type: 'string', default: '40' },
      budget: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      out: { type: 'string' },
      'skip-peers': { type: 'boolean', default: false },
      'skip-build': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return 'help';
  return {
    tables: numbers('--tables', values.tables),
    pending: numbers('--pending', values.pending),
    runs: number('--runs', values.runs),
    budgetMs: number('--budget', values.budget) * 1_000,
    seed: number('--seed', values.seed),
    only: values.only === undefined ? undefined : names(values.only, known),
    skipPeers: values['skip-peers'],
    skipBuild: values['skip-build'],
    out: values.out,
  };
}

const numbers = (option: string, text: string): readonly number[] => text.split(',').map((part) => number(option, part));

function number(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option}: ${text} is not a whole number of at least 1`);
  return value;
}

function names(text: string, known: readonly string[]): readonly string[] {
  const given = text.split(',');
  const unknown = given.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`--only: there is no measurement ${unknown}, only ${known.join(', ')}`);
  return given;
}
