import type { Replaces } from './replaces.ts';
import { slugOf } from './slug.ts';

/** What a new migration file shall say. */
export interface MigrationText {
  readonly message: string;
  readonly parent: string | null;
  readonly up: readonly string[];
  readonly down: readonly string[] | null;
  readonly baseline?: boolean | undefined;
  readonly transaction?: boolean | undefined;
  /** The migrations that it stands for. */
  readonly replaces?: Replaces | undefined;
  /** Comments above the migration, one line each: what was decided when it was made. */
  readonly remarks?: readonly string[] | undefined;
}

/** The source text of a migration file. Whatever the SQL contains, reading the file gives it back byte for byte. */
export function renderMigration(text: MigrationText): string {
  const { message, parent, up, down, baseline, transaction, replaces, remarks = [] } = text;
  const properties = [
    ...(message === slugOf(message).replaceAll('_', ' ') ? [] : [`message: ${stringLiteral(message)}`]),
    `parent: ${parent === null ? 'null' : stringLiteral(parent)}`,
    ...(baseline ? ['baseline: true'] : []),
    ...(transaction === false ? ['transaction: false'] : []),
    ...(replaces === undefined ? [] : [`replaces: ${replacesText(replaces, '  ')}`]),
    `up: ${stepList(up)}`,
    ...(down === null ? [] : [`down: ${stepList(down)}`]),
  ];
  const uses = up.length > 0 || (down?.length ?? 0) > 0 ? 'migration, sql' : 'migration';
  return `import { ${uses} } from 'fastpyd/migration';\n\n${remarks.map(comment).join('')}export default migration({\n${properties.map((property) => `  ${property},\n`).join('')}});\n`;
}

/** One line whatever the text contains. */
const comment = (text: string): string => `// ${text.replace(UNREADABLE, escaped).replaceAll('\n', '\\n')}\n`;

function replacesText(replaces: Replaces, indent: string): string {
  const entries = Object.entries(replaces).map(([id, replaced]) => {
    if (typeof replaced === 'string') return `${stringLiteral(id)}: ${stringLiteral(replaced)}`;
    const { checksum, replaces: inner } = replaced;
    return `${stringLiteral(id)}: { checksum: ${stringLiteral(checksum)}, replaces: ${replacesText(inner, `${indent}  `)} }`;
  });
  return `{\n${entries.map((entry) => `${indent}  ${entry},\n`).join('')}${indent}}`;
}

const stepList = (steps: readonly string[]): string =>
  steps.length === 0 ? '[]' : `[\n${steps.map((step) => `    sql\`${templateText(step)}\`,\n`).join('')}  ]`;

/** SQL as it stands between backticks. A template literal turns CR LF into LF, so a carriage return is written as an escape. */
export const templateText = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\r', '\\r').replace(UNREADABLE, escaped);

// Control characters but for tab and line feed; marks that are invisible or turn the direction of text, which would let it look like
// other code; and halves of a character, which UTF-8 cannot hold.
const UNREADABLE = /(?![\t\n])\p{Cc}|[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu;

const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

function stringLiteral(text: string): string {
  const literal = JSON.stringify(text).replace(UNREADABLE, escaped);
  return /['\\]/.test(literal) ? literal : `'${literal.slice(1, -1)}'`;
}
