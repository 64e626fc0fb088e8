import { anyOf, inAction, inStatement, type Place, pattern, type Rule, said } from '../rule.ts';

const NOT_VALID = /\bnot valid$/;
const CONSTRAINT = /^add (?:constraint|unique|primary|foreign|check|exclude|not null|table_constraint)\b/;
const COLUMN = '^add (?:column )?(?:if not exists )?<name> ';

const VALIDATED = pattern('^validate constraint <name>$');
const ADDED = pattern('^add constraint <name> .*\\bnot valid$');

/** A constraint that is added NOT VALID and validated in one transaction: the strong lock of the first is held during the scan of the second. */
function validatedTooSoon({ statement, index, migration }: Place): readonly string[] {
  if (!migration.transaction) return [];
  const earlier = migration.statements.slice(0, index + 1).filter(({ table }) => table === statement.table);
  const added = new Set(earlier.flatMap(({ actions }) => actions.flatMap((action) => ADDED.exec(action)?.[1] ?? [])));
  return statement.actions.flatMap((action) => {
    const name = VALIDATED.exec(action)?.[1];
    return name !== undefined && added.has(name) ? [`${statement.table}.${said(name)}`] : [];
  });
}

const PRESENT = pattern('^add constraint <name> check \\( <name> is not null \\) not valid$');
const CHECKED = pattern('^add constraint <name> check .*\\bnot valid$');
const REQUIRED = '^alter (?:column )?<name> set not null$';

/** A check that says the same of the column was validated before: then PostgreSQL looks at no row. */
function isKnownPresent({ statement, index, migration }: Place, action: string): boolean {
  const column = pattern(REQUIRED).exec(action)?.[1];
  const before = migration.statements.slice(0, index).filter(({ table }) => table === statement.table);
  const actions = before.flatMap((one) => one.actions);
  return actions.some((added) => {
    const [, check, checked] = PRESENT.exec(added) ?? [];
    return check !== undefined && checked === column && actions.includes(`validate constraint ${check}`);
  });
}

/** Nulls are looked for under the strong lock, unless it is known already that there are none. */
function requiredAtOnce(place: Place): readonly string[] {
  const unknown = place.statement.actions.filter((action) => place.migration.transaction || !isKnownPresent(place, action));
  return inAction(REQUIRED)({ ...place, statement: { ...place.statement, actions: unknown } });
}

const ATTACHED = '^attach partition <name>';

/** Was a check of the partition validated before? The safe form gives it one that says what the bounds say. */
function isKnownToFit({ index, migration }: Place, action: string): boolean {
  const partition = said(pattern(ATTACHED).exec(action)?.[1] ?? '');
  const actions = migration.statements.slice(0, index).flatMap(({ table, actions }) => (table === partition ? actions : []));
  return actions.some((added) => {
    const name = CHECKED.exec(added)?.[1];
    return name !== undefined && actions.includes(`validate constraint ${name}`);
  });
}

/** Rows of a partition are looked at under the strong lock, unless it is known already that they fit. */
function attachedUnchecked(place: Place): readonly string[] {
  const unknown = place.statement.actions.filter((action) => place.migration.transaction || !isKnownToFit(place, action));
  return inAction(ATTACHED)({ ...place, statement: { ...place.statement, actions: unknown } });
}

/** Constraints that look at every row. */
export const SCAN_RULES: readonly Rule[] = [
  {
    name: 'FOREIGN_KEY_BLOCKS_WRITES',
    danger: 'locks',
    remedy: 'made',
    reason: 'Every row is looked up while nothing can be written to either table.',
    instead: 'ADD … NOT VALID, and VALIDATE CONSTRAINT in a later migration; index the column first.',
    find: inAction('^add (?:constraint <name> )?foreign key\\b', NOT_VALID),
  },
  {
    name: 'REFERENCES_BLOCKS_WRITES',
    danger: 'locks',
    remedy: 'planned',
    reason: 'A column that references another table locks both against writing until the migration ends.',
    instead: 'Add the column, index it CONCURRENTLY, add the foreign key NOT VALID, and validate it in a later migration.',
    find: inAction(`${COLUMN}.*\\breferences\\b`, CONSTRAINT),
  },
  {
    name: 'CHECK_BLOCKS_QUERIES',
    danger: 'locks',
    remedy: 'made',
    reason: 'Every row is checked while nobody can read or write the table.',
    instead: 'ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT in a later migration.',
    find: inAction('^add (?:constraint <name> )?check\\b', NOT_VALID),
  },
  {
    name: 'VALIDATED_IN_SAME_TRANSACTION',
    danger: 'locks',
    remedy: 'apart',
    reason: 'NOT VALID takes a strong lock that is held until the transaction ends, and so during the scan that it was to avoid.',
    instead: 'Validate in a later migration, or one with transaction: false.',
    find: validatedTooSoon,
  },
  {
    name: 'NOT_NULL_BLOCKS_QUERIES',
    danger: 'locks',
    remedy: 'made',
    reason: 'Every row is looked at while nobody can read or write the table.',
    instead: 'ADD CHECK (column IS NOT NULL) NOT VALID, validate it in a later migration, SET NOT NULL, drop the check.',
    find: requiredAtOnce,
  },
  {
    name: 'REQUIRED_COLUMN_WITHOUT_VALUE',
    danger: 'locks',
    reason: 'A table that has rows refuses a new column that must not be null and has no default.',
    instead: 'Add it nullable or with a constant default, fill it, then SET NOT NULL.',
    find: inAction(`${COLUMN}(?!.*\\b(?:default|generated|identity)\\b).*\\bnot null\\b`, CONSTRAINT),
  },
  {
    name: 'DOMAIN_CHECK_BLOCKS_QUERIES',
    danger: 'locks',
    remedy: 'made',
    reason: 'Every row of every table that uses the domain is checked, under one transaction.',
    instead: 'ADD CONSTRAINT … NOT VALID and VALIDATE CONSTRAINT later, or checks on the tables.',
    find: anyOf(inStatement('^alter domain <name> add\\b', NOT_VALID), inStatement('^alter domain <name> set not null$')),
  },
  {
    name: 'PARTITION_SCANNED',
    danger: 'locks',
    remedy: 'partly',
    reason: 'Every row of the new partition, and of the default partition, is checked while they are locked.',
    instead: 'Give the table a CHECK with the same bounds first, NOT VALID and validated, then attach and drop the check.',
    find: attachedUnchecked,
  },
];
