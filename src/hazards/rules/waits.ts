import { inAction, inStatement, type Place, type Rule } from '../rule.ts';

/** What takes ACCESS EXCLUSIVE, for which every query on the table waits. */
const EXCLUSIVE =
  /^(?!(?:validate|attach partition|set \(|reset \(|alter (?:column )?\S+ set statistics|cluster on|enable|disable|add foreign key|add constraint \S+ foreign key)\b)/;

const lockedBy = (place: Place): string | undefined =>
  place.statement.table !== '' && !place.isNew(place.statement.table) && place.statement.actions.some((action) => EXCLUSIVE.test(action))
    ? place.statement.table
    : undefined;

/** A table is locked while an earlier one still is. */
function severalLocked(place: Place): readonly string[] {
  const { migration, index } = place;
  const table = migration.transaction ? lockedBy(place) : undefined;
  if (table === undefined) return [];
  const earlier = migration.statements.slice(0, index).flatMap((statement, at) => lockedBy({ ...place, statement, index: at }) ?? []);
  return earlier.length > 0 && !earlier.includes(table) ? [table] : [];
}

/** Could be an action of the statement right before. */
function severalAlters({ statement, index, migration, isNew }: Place): readonly string[] {
  const before = migration.statements[index - 1];
  return statement.table !== '' && before?.table === statement.table && !isNew(statement.table) ? [statement.table] : [];
}

const DATA = /^(?:update|delete|insert|merge|copy|truncate)\b/;

/** Rows are changed while the lock of an earlier statement is held. */
function dataUnderLock(place: Place): readonly string[] {
  const { statement, migration, index } = place;
  if (!migration.transaction || !DATA.test(statement.text)) return [];
  const locked = migration.statements.slice(0, index).flatMap((one, at) => lockedBy({ ...place, statement: one, index: at }) ?? []);
  return [...new Set(locked)];
}

/** Locks that are short, and what makes them long. */
export const WAIT_RULES: readonly Rule[] = [
  {
    name: 'TRIGGER_WAITS_FOR_WRITES',
    danger: 'locks',
    remedy: 'apart',
    reason: 'The trigger waits for every transaction that writes to the table, and all that follow wait behind it.',
    instead: 'Alone in its migration, with a short lock timeout.',
    find: inStatement('^(?:create (?:or replace )?(?:constraint )?trigger|drop trigger) .* on <name>'),
  },
  {
    name: 'TRIGGERS_SWITCHED',
    danger: 'locks',
    reason: 'Triggers are switched for everybody, and the table waits for every transaction that writes to it.',
    instead: 'session_replication_role for one session, or a condition in the trigger.',
    find: inAction('^(?:enable|disable)(?: replica| always)? trigger\\b'),
  },
  {
    name: 'DETACH_BLOCKS_QUERIES',
    danger: 'locks',
    remedy: 'partly',
    reason: 'Nobody can read or write the partitioned table while a partition is detached.',
    instead: 'DETACH PARTITION … CONCURRENTLY, in a migration with transaction: false.',
    find: inAction('^detach partition <name>', /\b(?:concurrently|finalize)$/),
  },
  {
    name: 'TABLE_LOCKED',
    danger: 'locks',
    remedy: 'planned',
    reason: 'An explicit lock is held until the transaction ends.',
    instead: 'Leave it out: each statement takes the lock that it needs, and fastpyd tries again when it is not free.',
    find: inStatement('^lock (?:table )?(?:only )?<name>'),
  },
  {
    name: 'SEVERAL_TABLES_LOCKED',
    danger: 'locks',
    remedy: 'apart',
    reason:
      'The lock of the first table is held while the second one is waited for, and two migrations that lock in another order deadlock.',
    instead: 'One strongly locked table a migration.',
    find: severalLocked,
  },
  {
    name: 'SEVERAL_ALTERS',
    danger: 'advice',
    reason: 'Each ALTER TABLE passes over the table by itself.',
    instead: 'One ALTER TABLE with several actions.',
    find: severalAlters,
  },
  {
    name: 'TIMEOUT_SWITCHED_OFF',
    danger: 'locks',
    remedy: 'planned',
    reason: 'A statement that waits for a lock without limit makes everybody behind it wait too.',
    instead: 'Leave it out: fastpyd sets a short lock timeout and tries again.',
    find: inStatement('^set (?:session |local )?(lock_timeout|statement_timeout) (?:=|to) (?:0|default)$'),
  },
  {
    name: 'ROWS_CHANGED_UNDER_LOCK',
    danger: 'locks',
    remedy: 'apart',
    reason: 'The strong lock of an earlier statement is held for as long as the rows take.',
    instead: 'Change the rows in a migration of their own, in batches.',
    find: dataUnderLock,
  },
];
