import type { DryRunInfo, ObservedInfo } from '../../src/protocol/methods.ts';
import { renderSql } from './changes.ts';

/** Statements as a script that psql would run, each behind a comment that says whom it makes wait. */
export function renderObserved({ statements, observed }: Pick<DryRunInfo, 'statements' | 'observed'>): string {
  return statements.map((statement, index) => [...remarkOn(observed?.[index]), renderSql([statement])].join('\n')).join('\n');
}

/** So many relations are named. */
const MOST = 4;
/** Nobody waits for those who only read. */
const HARMLESS = ['ACCESS SHARE'];

function remarkOn(observed: ObservedInfo | undefined): readonly string[] {
  if (observed === undefined) return [];
  if (observed.locks === null) return ['-- ends its transactions by itself; its locks were not seen'];
  const locks = observed.locks.filter(({ mode }) => !HARMLESS.includes(mode));
  const byMode = Map.groupBy(locks.slice(0, MOST), ({ mode }) => mode);
  const parts = [...byMode].map(([mode, held]) => `${mode} on ${held.map(({ relation }) => relation).join(', ')}`);
  const more = locks.length > MOST ? [`${locks.length - MOST} more`] : [];
  const rewrites = observed.rewritten.length === 0 ? [] : [`rewrites ${observed.rewritten.join(', ')}`];
  return parts.length + rewrites.length === 0 ? [] : [`-- ${[...parts, ...more, ...rewrites].join('; ')}`];
}
