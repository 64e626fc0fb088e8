/** What a new migration file shall say. */
export interface MigrationText {
  readonly message: string;
  readonly parent: string | null;
  readonly up: readonly string[];
  readonly down: readonly string[] | null;
  readonly baseline?: boolean | undefined;
  readonly transaction?: boolean | undefined;
}

/** The source text of a migration file. Whatever the SQL contains, reading the file gives it back byte for byte. */
export function renderMigration({ message, parent, up, down, baseline, transaction }: MigrationText): string {
  const properties = [
    `message: ${stringLiteral(message)}`,
    `parent: ${parent === null ? 'null' : stringLiteral(parent)}`,
    ...(baseline ? ['baseline: true'] : []),
    ...(transaction === false ? ['transaction: false'] : []),
    `up: ${stepList(up)}`,
    ...(down === null ? [] : [`down: ${stepList(down)}`]),
  ];
  const uses = up.length > 0 || (down?.length ?? 0) > 0 ? 'migration, sql' : 'migration';
  return `import { ${uses} } from 'fastpyd/migration';\n\nexport default migration({\n${properties.map((property) => `  ${property},\n`).join('')}});\n`;
}

const stepList = (steps: readonly string[]): string =>
  steps.length === 0 ? '[]' : `[\n${steps.map((step) => `    sql\`${templateText(step)}\`,\n`).join('')}  ]`;

/** A template literal turns CR LF into LF, so a carriage return is written as an escape. */
const templateText = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\r', '\\r').replaceAll('\0', '\\0');

// Marks that turn the direction of text would let a message look like code.
const INVISIBLE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

function stringLiteral(text: string): string {
  const escaped = JSON.stringify(text).replace(INVISIBLE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return /['\\]/.test(escaped) ? escaped : `'${escaped.slice(1, -1)}'`;
}
