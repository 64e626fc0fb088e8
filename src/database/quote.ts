/** The name as an SQL identifier, always in double quotes, so that no name is ever taken for a keyword or folded to lower case. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The text as an SQL literal. A backslash turns it into an E'' literal, so that it means the same whatever `standard_conforming_strings` is. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}
