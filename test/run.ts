/** The one command behind `npm test`: types, lint and every test file; words after it select files by their paths. */
import { addTallies, conclude, findTests, runCheck, runFiles } from './runner.ts';

const words = process.argv.slice(2);
const checks = [];
if (words.length === 0) {
  checks.push(await runCheck('build', ['scripts/build.ts']));
  checks.push(await runCheck('types', ['node_modules/typescript/bin/tsc', '-p', '.']));
  checks.push(await runCheck('lint and format', ['node_modules/@biomejs/biome/bin/biome', 'check', '--max-diagnostics=none']));
}
conclude(addTallies([...checks, await runFiles(await findTests('test/**/*.test.ts', words))]));
