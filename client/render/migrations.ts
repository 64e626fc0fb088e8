import type {
  AppliedInfo,
  DryRunInfo,
  FreshResult,
  MakeResult,
  MigrateResult,
  RollbackResult,
  SeededInfo,
  StatusResult,
} from '../../src/protocol/methods.ts';
import type { Paint } from '../output.ts';
import { renderChanges, renderIgnored } from './changes.ts';
import { renderObserved } from './observed.ts';

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const lines = (...parts: readonly string[]) => parts.filter((part) => part !== '').join('\n');

/** What `db:make` did. */
export function renderMake(result: MakeResult, paint: Paint): string {
  const baseline = result.baseline === null ? '' : `Adopted the database as it is: ${result.baseline.file} (marked applied)`;
  if (result.migration === null) return lines(baseline, 'The models match the migrations; nothing to make.');
  const changes = result.suggestion === null ? '' : renderChanges(result.suggestion.changes, paint);
  return lines(baseline, `${paint('green', 'Made')} ${result.migration.file}`, changes);
}

/** What `db:make` would write. */
export function renderMakeDryRun({ suggestion }: MakeResult): string {
  const made = suggestion === null ? [] : [{ id: `(new) ${suggestion.message}`, statements: suggestion.up, observed: suggestion.observed }];
  return renderDryRun(made, 'make');
}

/** What `db:migrate` did, or would do. */
export function renderMigrate(result: MigrateResult, paint: Paint): string {
  if (result.dryRun !== null) return renderDryRun(result.dryRun, 'apply');
  const made = result.made === null ? '' : renderMake(result.made, paint);
  const elsewhere = result.appliedElsewhere.map(({ id }) => `${id} was applied by another run meanwhile`);
  const applied = renderApplied(result.applied, paint);
  const isNothing = applied === '' && elsewhere.length === 0 && result.made?.baseline == null;
  return lines(made, ...elsewhere, applied, isNothing ? 'Nothing to migrate: every migration is applied.' : '');
}

/** What `db:migrate --revert-drift` did, or would do. */
export function renderReversion({ reverted, dryRun }: MigrateResult, paint: Paint): string {
  if (dryRun !== null) return renderDryRun(dryRun, 'revert');
  if (reverted.length === 0) return 'Nothing to revert: the database is what its applied migrations produce.';
  return lines(`${paint('green', 'Reverted')} the drift:`, renderChanges(reverted, paint));
}

function renderApplied(applied: readonly AppliedInfo[], paint: Paint): string {
  return applied
    .map(({ id, durationMs }) => `${paint('green', 'Applied')} ${id} ${paint('dim', `(${Math.round(durationMs)} ms)`)}`)
    .join('\n');
}

function renderDryRun(migrations: readonly DryRunInfo[], verb: string): string {
  if (migrations.length === 0) return `-- nothing to ${verb}`;
  return migrations.map(({ id, ...watched }) => `-- ${id}\n${renderObserved(watched)}`).join('\n\n');
}

/** What `db:rollback` did, or would do. */
export function renderRollback(result: RollbackResult, paint: Paint): string {
  if (result.dryRun !== null) return renderDryRun(result.dryRun, 'roll back');
  if (result.rolledBack.length === 0) return 'Nothing to roll back.';
  return result.rolledBack.map(({ id }) => `${paint('yellow', 'Rolled back')} ${id}`).join('\n');
}

/** What `db:fresh` did. */
export function renderFresh(result: FreshResult, paint: Paint): string {
  return lines(`Dropped ${plural(result.dropped, 'object')}`, renderApplied(result.applied, paint), renderSeeded(result.seeded, paint));
}

/** What the seeders wrote. */
export function renderSeeded(seeded: readonly SeededInfo[], paint: Paint): string {
  return seeded
    .map(
      ({ seeder, rows, durationMs }) =>
        `${paint('green', 'Seeded')} ${seeder}: ${plural(rows, 'row')} ${paint('dim', `(${Math.round(durationMs)} ms)`)}`,
    )
    .join('\n');
}

/**
 * Applied, pending, drift and model changes, with what to do about each.
 * @param isKnown  false while the models say nothing
 */
export function renderStatus(result: Omit<StatusResult, 'failure'>, paint: Paint, { isKnown = true } = {}): string {
  const { database, applied, pending, drift, ignoredDrift, changes } = result;
  const heading = `${paint('bold', database.url)} ${paint('dim', `PostgreSQL ${database.serverVersion}${database.kind === 'embedded' ? ', embedded' : ''}`)}`;
  const isClean = pending.length + drift.length + changes.length === 0;
  return lines(
    heading,
    section(
      'Applied',
      applied.map(
        ({ id, appliedAt, baseline }) => `  ${paint('green', '✓')} ${id} ${paint('dim', `${appliedAt}${baseline ? ', baseline' : ''}`)}`,
      ),
    ),
    section(
      'Pending (fastpy db:migrate)',
      pending.map(({ id }) => `  ${paint('yellow', '○')} ${id}`),
    ),
    section('Drift (fastpy db:diff --drift)', drift.length === 0 ? [] : [renderChanges(drift, paint)]),
    section('Ignored drift ("ignoreDrift" in fastpyd.config.json)', ignoredDrift.length === 0 ? [] : [renderIgnored(ignoredDrift, paint)]),
    section('Model changes (fastpy db:migrate -m MSG)', changes.length === 0 ? [] : [renderChanges(changes, paint)]),
    isClean && isKnown ? 'Up to date: nothing pending, no drift, no model changes.' : '',
  );
}

function section(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : [`${title}:`, ...rows].join('\n');
}
