/** Stands in for src/daemon.ts in a copy of the package: the same interface, answers that need no database. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Project } from '../../src/config/project.ts';
import { fail } from '../../src/errors.ts';
import type { Handlers, NotificationName, Notifications } from '../../src/protocol/methods.ts';

type Listener = <N extends NotificationName>(name: N, params: Notifications[N]) => void;

export interface Daemon {
  readonly handlers: Handlers;
  on(listener: Listener): () => void;
  watch(): Promise<void>;
  close(): Promise<void>;
}

export async function createDaemon(project: Project, _: { inProcess: boolean }): Promise<Daemon> {
  const listeners = new Set<Listener>();
  const handlers = {
    'db.url': async ({ database }: { database: string }) => ({ schemaVersion: 1, url: database }),
    'db.status': async ({ database }: { database: string }) => ({
      schemaVersion: 1,
      database: { url: database, kind: 'url', serverVersion: '18.4', development: true },
      applied: [
        { id: '1_first', message: 'first', file: 'migrations/1_first.ts', appliedAt: '2026-01-01', durationMs: 1, baseline: false },
      ],
      pending: [{ id: '2_evil\u001b[31m', message: 'second', file: 'migrations/2.ts' }],
      drift: [],
      ignoredDrift: [],
      kept: [],
      changes: [{ action: 'create', kind: 'column', name: `${project.config.naming}.slug`, hazards: [] }],
      warnings: [],
    }),
    'db.make': async ({ message }: { message?: string }) => {
      for (const listener of listeners) listener('suggestion.changed', { database: 'embedded', suggestion: null });
      if (message === 'bug') throw new TypeError('a bug with postgres://me:hunter2@db/x in it');
      throw fail('ANSWERS_NEEDED', {
        questions: [{ kind: 'drop', message: 'column body has 812 rows', flags: ['--drop public.posts.body'] }],
      });
    },
    // Takes count * 10 ms, telling each step, and can be cancelled between two.
    'db.seed': async ({ count = 1 }: { count?: number }, { signal, progress }: { signal: AbortSignal; progress: (p: object) => void }) => {
      for (let done = 0; done < count; done++) {
        if (signal.aborted) throw fail('CANCELLED', { state: `cancelled after ${done} of ${count}` });
        progress({ message: 'seeding', done, total: count });
        await sleep(10);
      }
      return { schemaVersion: 1, seeded: [{ seeder: 'post', rows: count, durationMs: 1 }], randomSeed: 1, warnings: [] };
    },
    'suggestion.get': async () => ({ suggestion: null }),
  } as unknown as Handlers;
  return {
    handlers,
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch: async () => undefined,
    close: async () => undefined,
  };
}
