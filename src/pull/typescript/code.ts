import { stringLiteral } from '../../seed/code.ts';

/** SQL inside the `sql` tag. */
export const sqlTemplate = (text: string): string => {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${').replaceAll('\r', '\\r');
  return `sql\`${escaped}\``;
};

/** Strings as an array literal. */
export const stringList = (texts: readonly string[]): string => `[${texts.map(stringLiteral).join(', ')}]`;

/** Properties that were given, as an object literal; empty where none was. */
export function objectLiteral(properties: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return given.length === 0 ? '' : `{ ${given.join(', ')} }`;
}

/** How a declaration is told its name: bare in `public`, with its schema anywhere else. */
export const nameLiteral = (schema: string, name: string): string =>
  schema === 'public' ? stringLiteral(name) : `{ schema: ${stringLiteral(schema)}, name: ${stringLiteral(name)} }`;
