/** Commands whose names are settled and whose work is still to come; each says so plainly. */
import { fail } from '../../src/errors.ts';
import type { Command } from '../command.ts';

export const lsp = unsupported('lsp', 'Serve editors over standard input and output', 'fastpy watch');

function unsupported(name: string, summary: string, instead: string): Command {
  return {
    name,
    summary: `${summary} (not available yet)`,
    examples: [
      [`fastpy ${name}`, 'not available yet'],
      [instead, 'what comes closest today'],
    ],
    async run() {
      throw fail('UNSUPPORTED', { what: `fastpy ${name}` });
    },
  };
}
