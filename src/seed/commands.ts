/** What the commands use of this folder, behind one dynamic import. */
export { type RunSeedersOptions, runSeeders, type Seeding } from './runSeeders.ts';
export { scaffoldModel } from './scaffoldModel.ts';
export { scaffoldSeeder } from './scaffoldSeeder.ts';
export { type DatabaseSeeding, seedDatabase } from './seedDatabase.ts';
