import type { Danger, Remedy, Rule } from './rule.ts';
import { RULES } from './rules/index.ts';

const HEADINGS: Readonly<Record<Danger, string>> = {
  locks: 'Others wait',
  data: 'Rows, or what keeps them right, are lost',
  application: 'An application that runs fails',
  access: 'Somebody may see or do what they could not',
  advice: 'Worth knowing',
};

const INTRODUCTION = `# Hazards

What a migration can do to those who use the database meanwhile, statement by statement. \`fastpy db:migrate --dry-run\` names what it finds, with the size
of the table. Where the database is not one for development (not on this machine, or \`protected\`), what makes others wait on a table with rows, and what
takes rows away, needs consent by its name: \`--allow NAME\`, or a comment with the reason in the migration, before the statement:

\`\`\`sql
-- @allow INDEX_BLOCKS_WRITES: the table has ten rows
CREATE INDEX by_name ON kinds (name)
\`\`\`

A comment that lets nothing pass is named. A table that the migration itself makes is in no danger.

## What fastpyd does about it

Outside of development, with \`"safe": true\` in the settings, or with \`--safe\`, a migration is made in its *safe form*: statements one by one, each a
transaction of its own, so that nobody waits for long. It was executed in a copy of the schema, up and down, and reached the very catalog that the plain form
reaches; what did not stays plain, with a warning. The last column of the tables says what becomes of a hazard:

| | |
|---|---|
| **made** | the plan has the safe form of what is in the column before |
| **partly** | the same for a column that has nothing but a default and NOT NULL: no index, key, check, view or the like; it stands last in its table then |
| **apart** | the statement stays, alone in its transaction, which is all that helps |
| **never planned** | plans do not have such a statement; it is found in what people write |
| advice | nothing is done: what is in the column before is for a person to do |
`;

/** Every rule as a page of Markdown, by what it endangers. */
export function hazardsPage(): string {
  const sections = Object.entries(HEADINGS).map(([danger, heading]) =>
    sectionOf(
      heading,
      RULES.filter((rule) => rule.danger === danger),
    ),
  );
  return [INTRODUCTION, ...sections].join('\n');
}

const sectionOf = (heading: string, rules: readonly Rule[]): string =>
  [`## ${heading}`, '', '| name | why | instead | fastpyd |', '|---|---|---|---|', ...rules.map(rowOf), ''].join('\n');

const REMEDIES: Readonly<Record<Remedy, string>> = {
  planned: '**never planned**',
  made: '**made**',
  partly: '**partly**',
  apart: '**apart**',
};

const rowOf = ({ name, reason, instead, remedy }: Rule): string =>
  `| \`${name}\` | ${reason} | ${instead.replaceAll('|', '\\|')} | ${remedy === undefined ? 'advice' : REMEDIES[remedy]} |`;
