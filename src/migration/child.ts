/** The migration child: imports migration files and runs their function steps, away from the daemon. Started by migrationProcess.ts. */
import { pathToFileURL } from 'node:url';
import { isSqlReference, sql, writeSql } from '../model/sql.ts';
import type { MigrationDefinition, StepDefinition } from './index.ts';
import type { LoadedMigration, LoadedStep } from './loadedMigration.ts';
import { announce, runStatement, serveParent } from './parentLink.ts';

const KEYS = ['parent', 'message', 'up', 'down', 'transaction', 'baseline', 'replaces'];

const isText = (value: unknown): boolean => typeof value === 'string' || value == null;
const isFlag = (value: unknown): boolean => typeof value === 'boolean' || value === undefined;

/** What a file says is not checked by anybody else: types are only stripped. */
function problemOf(definition: MigrationDefinition | undefined): string | undefined {
  if (typeof definition !== 'object' || definition === null) return 'it has no default export made with migration({ … })';
  const unknown = Object.keys(definition).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return `it states "${unknown}", which a migration does not have; it has ${KEYS.join(', ')}`;
  if (!Array.isArray(definition.up)) return 'its `up` is not a list of steps';
  if (definition.down != null && !Array.isArray(definition.down)) return 'its `down` is not a list of steps';
  if (!isText(definition.parent)) return 'its `parent` is not the name of a migration';
  if (!isText(definition.message)) return 'its `message` is not a text';
  if (!isFlag(definition.transaction) || !isFlag(definition.baseline)) return 'its `transaction` or `baseline` is not true or false';
  if (typeof (definition.replaces ?? {}) !== 'object') return 'its `replaces` is not a list of migrations by name';
  return undefined;
}

async function definitionIn(file: string): Promise<MigrationDefinition> {
  const module: { readonly default?: MigrationDefinition } = await import(pathToFileURL(file).href);
  const problem = problemOf(module.default);
  if (problem !== undefined) throw new Error(problem);
  return module.default as MigrationDefinition;
}

function describeStep(step: StepDefinition, index: number): LoadedStep {
  if (typeof step === 'function') return { kind: 'function', index, source: step.toString() };
  if (typeof step === 'string') return { kind: 'sql', sql: step };
  if (isSqlReference(step)) return { kind: 'sql', sql: writeSql(step) };
  throw new Error(`step ${index + 1} is neither SQL nor a function`);
}

async function load(file: string): Promise<LoadedMigration> {
  announce(file);
  const { parent, message, baseline, transaction, replaces, up, down } = await definitionIn(file);
  return {
    parent: parent ?? null,
    message: message ?? null,
    baseline: baseline ?? false,
    transaction: transaction ?? true,
    replaces,
    up: up.map(describeStep),
    down: down?.map(describeStep) ?? null,
  };
}

serveParent({
  loadMigrations: async ({ files }) => {
    const loaded: LoadedMigration[] = [];
    for (const file of files) loaded.push(await load(file));
    return loaded;
  },
  runStep: async ({ file, direction, index }) => {
    const step = (await definitionIn(file))[direction]?.[index];
    if (typeof step !== 'function') throw new Error(`step ${index + 1} is not a function any more`);
    await step({ query: runStatement, sql });
    return undefined;
  },
});
