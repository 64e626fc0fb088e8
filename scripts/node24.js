// Runs a script of this repository under Node 24, whichever Node npm itself runs on: `node scripts/node24.js FILE ARGS…`
import { resolve } from 'node:path';
import { launch } from '../bin/launch.js';

// The script finds itself and its arguments where they would be without this file.
process.argv.splice(1, 2, resolve(process.argv[2] ?? ''));
launch(process.argv[1] ?? '');
if (process.exitCode) console.error('In this repository `npm rebuild node` does, where install scripts were left out.');
