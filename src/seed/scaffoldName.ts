import { fail } from '../errors.ts';
import { snakeCase } from './words.ts';

const LONGEST = 60;
const NAME = /^[\p{L}][\p{L}\p{N}_ -]*$/u;

/**
 * The name of something to be made, in snake case.
 * @throws USAGE  for what cannot be the name of a file and of a variable
 */
export function scaffoldName(name: string, what: 'seeder' | 'model'): string {
  if (NAME.test(name) && name.length <= LONGEST) return snakeCase(name);
  const help = `A name begins with a letter and has letters, digits, "_" and "-", at most ${LONGEST}: \`fastpy make:${what} Post\`.`;
  throw fail('USAGE', { problem: `"${name}" cannot be the name of a ${what}`, help });
}
