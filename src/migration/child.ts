/** The migration child: imports migration files and runs their function steps, away from the daemon. Started by migrationProcess.ts. */
import { pathToFileURL } from 'node:url';
import { dieWithParent } from '../load/dieWithParent.ts';
import { registerFastpydHooks } from '../load/hooks.ts';
import { bindModels } from '../model/runtime.ts';
import type { LoadedMigration, LoadedStep, MigrationReply, MigrationRequest } from './childMessages.ts';
import type { MigrationDefinition, StepContext, StepDefinition } from './index.ts';

// Kept from the migrations, which may replace what they find on `process`.
const send = process.send?.bind(process);
const reply = (message: MigrationReply): void => void send?.(message);

interface Waiting {
  readonly resolve: (rows: readonly unknown[]) => void;
  readonly reject: (error: Error) => void;
}
const queries = new Map<number, Waiting>();
let lastQuery = 0;

/** Runs one statement on the parent's session. */
function query(text: string, values: readonly unknown[] = []): Promise<readonly any[]> {
  const id = ++lastQuery;
  return new Promise((resolve, reject) => {
    queries.set(id, { resolve, reject });
    reply({ type: 'query', query: id, text, values });
  });
}

const context: StepContext = {
  query: (statement, values) => query(typeof statement === 'string' ? statement : statement.text, values),
};

async function definitionIn(file: string): Promise<MigrationDefinition> {
  const module: { readonly default?: MigrationDefinition } = await import(pathToFileURL(file).href);
  const definition = module.default;
  if (definition === undefined) throw new Error('it has no default export');
  if (!Array.isArray(definition.up)) throw new Error('its `up` is not a list of steps');
  if (definition.down != null && !Array.isArray(definition.down)) throw new Error('its `down` is not a list of steps');
  return definition;
}

function describeStep(step: StepDefinition, index: number): LoadedStep {
  if (typeof step === 'function') return { kind: 'function', index, source: step.toString() };
  if (typeof step === 'string') return { kind: 'sql', sql: step };
  if (typeof step?.text === 'string') return { kind: 'sql', sql: step.text };
  throw new Error(`step ${index + 1} is neither SQL nor a function`);
}

async function load(file: string): Promise<LoadedMigration> {
  reply({ type: 'loading', file });
  const { parent, message, baseline, transaction, up, down } = await definitionIn(file);
  return {
    parent: parent ?? null,
    message: message ?? null,
    baseline: baseline ?? false,
    transaction: transaction ?? true,
    up: up.map(describeStep),
    down: down?.map(describeStep) ?? null,
  };
}

async function loadAll(files: readonly string[]): Promise<MigrationReply> {
  const migrations: LoadedMigration[] = [];
  for (const file of files) migrations.push(await load(file));
  return { type: 'loaded', migrations };
}

async function run({ file, direction, index }: MigrationRequest & { readonly type: 'run' }): Promise<MigrationReply> {
  const step = (await definitionIn(file))[direction]?.[index];
  if (typeof step !== 'function') throw new Error(`step ${index + 1} is not a function any more`);
  bindModels((text, values) => query(text, values));
  await step(context);
  return { type: 'done' };
}

async function answer(work: Promise<MigrationReply>): Promise<void> {
  reply(
    await work.catch(
      (error: unknown): MigrationReply => ({ type: 'failed', reason: error instanceof Error ? error.message : String(error) }),
    ),
  );
}

function settle(id: number, act: (waiting: Waiting) => void): void {
  const waiting = queries.get(id);
  queries.delete(id);
  if (waiting !== undefined) act(waiting);
}

process.on('message', (request: MigrationRequest) => {
  if (request.type === 'load') void answer(loadAll(request.files));
  else if (request.type === 'run') void answer(run(request));
  else if (request.type === 'rows') settle(request.query, ({ resolve }) => resolve(request.rows));
  else settle(request.query, ({ reject }) => reject(new Error(request.message)));
});

dieWithParent();
registerFastpydHooks();
