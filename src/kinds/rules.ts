import { settled } from './deparsed.ts';
import { idOf, nameOf, qualify, quote } from './identifier.ts';
import { defineKind, type SchemaObject } from './kind.ts';
import { FIRING, relationId } from './relationKind.ts';

/** A rewrite rule of a table or a view, other than the one that makes a view a view. */
export interface Rule extends SchemaObject {
  readonly kind: 'rule';
  readonly schema: string;
  readonly table: string;
  readonly rule: string;
  /** What pg_get_ruledef prints, without its semicolon. */
  readonly definition: string;
  /** O (usual), D (disabled), R (replica) or A (always). */
  readonly enabled: string;
}

interface RuleRow {
  readonly oid: string;
  readonly relation: string;
  readonly relation_kind: string;
  readonly schema: string;
  readonly table: string;
  readonly rule: string;
  readonly definition: string;
  readonly enabled: string;
}

const target = (rule: Rule): string => `${quote(rule.rule)} ON ${qualify(rule.schema, rule.table)}`;

const enable = (before: string, rule: Rule): string[] =>
  before === rule.enabled ? [] : [`ALTER TABLE ${qualify(rule.schema, rule.table)} ${FIRING[rule.enabled]} RULE ${quote(rule.rule)}`];

export const rules = defineKind<Rule>({
  name: 'rule',
  order: 125,
  rarely: 'c.relhasrules',
  query: (within) => `
    select r.oid::text, c.oid::text as relation, c.relkind as relation_kind, n.nspname as schema, c.relname as "table", r.rulename as "rule",
      pg_get_ruledef(r.oid) as definition, r.ev_enabled as enabled
    from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
    where r.rulename <> '_RETURN' and c.relpersistence <> 't' and ${within.roots('r.ev_class', 'c.relnamespace')}`,
  *introspect(catalog, rows: readonly RuleRow[]) {
    for (const row of rows) {
      if (catalog.inExtension('pg_class', row.relation) || catalog.inExtension('pg_rewrite', row.oid)) continue;
      yield {
        object: {
          kind: 'rule',
          id: idOf('rule', row.schema, row.table, row.rule),
          name: nameOf(row.schema, row.table, row.rule),
          owner: relationId(row.relation_kind, row.schema, row.table),
          schema: row.schema,
          table: row.table,
          rule: row.rule,
          definition: settled(row.definition.trimEnd().replace(/;$/, '')),
          enabled: row.enabled,
        },
        addresses: [`pg_rewrite/${row.oid}/0`],
      };
    }
  },
  reference: (rule) => `RULE ${target(rule)}`,
  create: (rule) => [rule.definition, ...enable('O', rule)],
  drop: (rule) => [`DROP RULE ${target(rule)}`],
  alter: (before, after) =>
    before.definition === after.definition
      ? { statements: enable(before.enabled, after) }
      : { statements: [after.definition.replace(/^CREATE /, 'CREATE OR REPLACE '), ...enable(before.enabled, after)] },
  rename: (before, after) => [`ALTER RULE ${target(before)} RENAME TO ${quote(after.rule)}`],
});
