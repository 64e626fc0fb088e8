import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { type Alteration, defineKind, type SchemaObject, SWAP } from './kind.ts';
import { renameAs, setAsideAs } from './setAside.ts';

/** A domain together with its checks, which have no life of their own. */
export interface Domain extends SchemaObject {
  readonly kind: 'domain';
  readonly schema: string;
  readonly domain: string;
  readonly type: string;
  /** Qualified and quoted; null where it is the base type's own. */
  readonly collation: string | null;
  readonly default: string | null;
  readonly notNull: boolean;
  readonly checks: readonly Check[];
}

interface Check {
  readonly name: string;
  readonly definition: string;
  readonly validated: boolean;
}

interface DomainRow {
  readonly oid: string;
  readonly array: string;
  readonly schema: string;
  readonly domain: string;
  readonly type: string;
  readonly collation: string | null;
  readonly default: string | null;
  readonly not_null: boolean;
  readonly checks: readonly (Check & { readonly oid: string })[] | null;
}

const nameOfDomain = (domain: Domain): string => qualify(domain.schema, domain.domain);

const checkClause = (check: Check): string => `CONSTRAINT ${quote(check.name)} ${check.definition}`;

const addCheck = (domain: Domain, check: Check): string =>
  `ALTER DOMAIN ${nameOfDomain(domain)} ADD ${checkClause(check)}${check.validated ? '' : ' NOT VALID'}`;

/** CREATE DOMAIN takes no NOT VALID, so such checks follow. */
function createDomain(domain: Domain): string[] {
  const parts = [
    `CREATE DOMAIN ${nameOfDomain(domain)} AS ${domain.type}`,
    domain.collation === null ? '' : `COLLATE ${domain.collation}`,
    domain.default === null ? '' : `DEFAULT ${domain.default}`,
    domain.notNull ? 'NOT NULL' : '',
    ...domain.checks.filter((check) => check.validated).map(checkClause),
  ];
  const later = domain.checks.filter((check) => !check.validated);
  return [parts.filter((part) => part !== '').join(' '), ...later.map((check) => addCheck(domain, check))];
}

const isSameCheck = (one: Check, other: Check): boolean =>
  one.name === other.name && one.definition === other.definition && (one.validated === other.validated || other.validated);

function alterDomain(before: Domain, after: Domain): Alteration | typeof SWAP {
  if (before.type !== after.type || before.collation !== after.collation) return SWAP;
  const alter = `ALTER DOMAIN ${nameOfDomain(after)}`;
  const statements: string[] = [];
  for (const check of before.checks) {
    const kept = after.checks.find((other) => isSameCheck(check, other));
    if (kept === undefined) statements.push(`${alter} DROP CONSTRAINT ${quote(check.name)}`);
    else if (kept.validated !== check.validated) statements.push(`${alter} VALIDATE CONSTRAINT ${quote(check.name)}`);
  }
  if (before.default !== after.default)
    statements.push(`${alter} ${after.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${after.default}`}`);
  if (before.notNull !== after.notNull) statements.push(`${alter} ${after.notNull ? 'SET' : 'DROP'} NOT NULL`);
  const added = after.checks.filter((check) => !before.checks.some((other) => isSameCheck(other, check)));
  return { statements: [...statements, ...added.map((check) => addCheck(after, check))] };
}

export const domains = defineKind<Domain>({
  name: 'domain',
  order: 24,
  query: (within) => `
    select t.oid::text, t.typarray::text as "array", n.nspname as schema, t.typname as domain, format_type(t.typbasetype, t.typtypmod) as type,
      case when t.typcollation <> b.typcollation then t.typcollation::regcollation::text end as collation,
      pg_get_expr(t.typdefaultbin, 0) as "default", t.typnotnull as not_null,
      (select json_agg(json_build_object('oid', o.oid::text, 'name', o.conname, 'definition', regexp_replace(pg_get_constraintdef(o.oid), ' NOT VALID$', ''), 'validated', o.convalidated) order by o.conname)
        from pg_constraint o where o.contypid = t.oid and o.contype = 'c') as checks
    from pg_type t join pg_namespace n on n.oid = t.typnamespace join pg_type b on b.oid = t.typbasetype
    where t.typtype = 'd' and ${within.roots('t.oid', 't.typnamespace')}`,
  *introspect(catalog, rows: readonly DomainRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_type', row.oid)) continue;
      const checks = row.checks ?? [];
      yield {
        object: {
          kind: 'domain',
          id: idOf('domain', row.schema, row.domain),
          name: nameOf(row.schema, row.domain),
          schema: row.schema,
          domain: row.domain,
          type: row.type,
          collation: row.collation,
          default: row.default === null ? null : settled(row.default),
          notNull: row.not_null,
          checks: checks.map(({ name, definition, validated }) => ({ name, definition: settled(definition), validated })),
        },
        addresses: [`pg_type/${row.oid}/0`, `pg_type/${row.array}/0`, ...checks.map((check) => `pg_constraint/${check.oid}/0`)],
      };
    }
  },
  reference: (domain) => `DOMAIN ${nameOfDomain(domain)}`,
  create: createDomain,
  drop: (domain) => [`DROP DOMAIN ${nameOfDomain(domain)}`],
  alter: alterDomain,
  moves: true,
  rename: (before, after) =>
    renameAs('DOMAIN', { schema: before.schema, name: before.domain }, { schema: after.schema, name: after.domain }),
  setAside: (domain) => setAsideAs('DOMAIN', domain.schema, domain.domain),
  claims: (domain) => [`type ${domain.name}`],
});
