/** `node scripts/hazards.ts`: writes docs/hazards.md from the rules. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hazardsPage } from '../src/hazards/page.ts';

writeFileSync(join(import.meta.dirname, '..', 'docs', 'hazards.md'), hazardsPage());
