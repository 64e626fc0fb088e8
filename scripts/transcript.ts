/** Runs the session of `test/scripts/quickstart.txt` and writes what it printed into the README, between its two markers. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { perform } from '../test/support/transcript.ts';

const root = join(import.meta.dirname, '..');
const readme = join(root, 'README.md');

const transcript = perform(readFileSync(join(root, 'test/scripts/quickstart.txt'), 'utf8'));
const block = `<!-- transcript:start -->\n\`\`\`console\n${transcript}\`\`\`\n<!-- transcript:end -->`;
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(/<!-- transcript:start -->.*<!-- transcript:end -->/s, () => block),
);
