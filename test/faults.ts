/**
 * The one command behind `npm run test:faults`: faults given to real servers, processes and connections, row by row; words after it
 * select files by their paths. FAULT_SCALE multiplies the runs of every row, FAULT_SEED chooses other places, FAULT_SERVERS (`15,18`)
 * chooses servers, FAULT_RECORD=FILE appends what came of it.
 */
import { conclude, findTests, runFiles } from './runner.ts';

conclude(await runFiles(await findTests('test/faults/*.faults.ts', process.argv.slice(2))));
