import type { Command } from '../command.ts';

type Load = () => Promise<Command>;

/** Every command by group; a command's file is loaded only when it is asked for, so that starting stays fast. */
export const commandGroups: Readonly<Record<string, Readonly<Record<string, Load>>>> = {
  Migrations: {
    'db:migrate': async () => (await import('./dbMigrate.ts')).dbMigrate,
    'db:make': async () => (await import('./dbMake.ts')).dbMake,
    'db:rollback': async () => (await import('./dbRollback.ts')).dbRollback,
    'db:fresh': async () => (await import('./dbFresh.ts')).dbFresh,
    'db:status': async () => (await import('./dbStatus.ts')).dbStatus,
    'db:diff': async () => (await import('./dbDiff.ts')).dbDiff,
    'db:history': async () => (await import('./dbHistory.ts')).dbHistory,
    'db:url': async () => (await import('./dbUrl.ts')).dbUrl,
    'db:verify': async () => (await import('./dbVerify.ts')).dbVerify,
    'db:kept': async () => (await import('./dbKept.ts')).dbKept,
    'db:squash': async () => (await import('./dbSquash.ts')).dbSquash,
    'db:pull': async () => (await import('./dbPull.ts')).dbPull,
    'db:baseline': async () => (await import('./dbBaseline.ts')).dbBaseline,
  },
  'Data and files': {
    init: async () => (await import('./init.ts')).init,
    'db:seed': async () => (await import('./dbSeed.ts')).dbSeed,
    'make:seeder': async () => (await import('./makeSeeder.ts')).makeSeeder,
    'make:model': async () => (await import('./makeModel.ts')).makeModel,
  },
  'Daemon and tools': {
    watch: async () => (await import('./watch.ts')).watch,
    daemon: async () => (await import('./daemon.ts')).daemon,
    doctor: async () => (await import('./doctor.ts')).doctor,
    completions: async () => (await import('./completions.ts')).completions,
    lsp: async () => (await import('./unsupported.ts')).lsp,
  },
};

const commands: Readonly<Record<string, Load>> = Object.assign({}, ...Object.values(commandGroups));

export const commandNames: readonly string[] = Object.keys(commands);

/** The command of a name, or undefined when there is none. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(commands, name) ? commands[name]?.() : undefined;
}
