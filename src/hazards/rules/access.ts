import { anyOf, inAction, inStatement, type Place, pattern, type Rule, said } from '../rule.ts';

const POLICY = pattern('^create policy <any> on <name>');

const tablesWithPolicies = ({ migration }: Place): readonly string[] =>
  migration.statements.flatMap(({ text }) => POLICY.exec(text)?.[1] ?? []).map(said);

/** Row security is switched on for a table that gets no policy here: nobody but its owner sees a row. */
function withoutPolicy(place: Place): readonly string[] {
  const { table, actions } = place.statement;
  const isSwitchedOn = actions.some((action) => /^enable row level security$/.test(action));
  return isSwitchedOn && !tablesWithPolicies(place).includes(table) ? [table] : [];
}

const SECURITY_DEFINER = pattern('^create (?:or replace )?(?:function|procedure) <name>.*\\bsecurity definer\\b');

/** Who may see and do what. */
export const ACCESS_RULES: readonly Rule[] = [
  {
    name: 'RIGHTS_CHANGED',
    danger: 'access',
    reason: 'Who may read or write what is different from that moment on.',
    instead: 'Look at it as a change of its own.',
    find: anyOf(
      inStatement('^(?:grant|revoke) .*? on (?:table |sequence |schema |function |procedure |type |database )?<name>'),
      inStatement('^(?:create|alter|drop) policy .*? on <name>'),
      inAction('^(?:enable|disable|force|no force) row level security$'),
      inStatement('^alter default privileges\\b'),
    ),
  },
  {
    name: 'ROW_SECURITY_WITHOUT_POLICY',
    danger: 'access',
    reason: 'With row security on and no policy, nobody but the owner sees a single row.',
    instead: 'CREATE POLICY first, ENABLE after it, in one transaction.',
    find: withoutPolicy,
  },
  {
    name: 'POLICY_ALLOWS_ALL',
    danger: 'access',
    reason: 'A policy that is always true protects nothing.',
    instead: 'Say which rows.',
    find: inStatement('^create policy <any> on <name>.* (?:using|with check) \\( true \\)'),
  },
  {
    name: 'DEFINER_WITHOUT_SEARCH_PATH',
    danger: 'access',
    reason:
      'A SECURITY DEFINER function without a search_path of its own runs what the caller puts into theirs, with the rights of its owner.',
    instead: "SET search_path = '' on the function, and qualified names in it.",
    find: ({ statement: { text } }) => {
      const name = /\bset search_path\b/.test(text) ? undefined : SECURITY_DEFINER.exec(text)?.[1];
      return name === undefined ? [] : [said(name)];
    },
  },
  {
    name: 'NEEDS_SUPERUSER',
    danger: 'access',
    reason: 'Only a superuser may do this on many servers, and roles belong to the server, not to the database.',
    instead: 'Do it apart from migrations.',
    find: anyOf(
      inStatement('^(?:create|alter|drop) (?:role|user|group) (?!mapping\\b)(?:if exists )?<name>'),
      inStatement('^alter system\\b'),
      inStatement('^(?:create|drop) (?:tablespace|database|event trigger|access method|cast|subscription) (?:if exists )?(?:<name>)?'),
      inStatement('^copy <name> .*(?:from|to) program\\b'),
      inStatement('^create (?:or replace )?(?:function|procedure) <name>.* language (?:c|internal)\\b'),
    ),
  },
];
