/** A word or a quoted name; what stands in single quotes is no name. */
const NAME = /'(?:[^']|'')*'|"((?:[^"]|"")*)"|([a-z_\u0080-\uffff][\w$\u0080-\uffff]*)/gi;

/** The names in an expression that fills a column, as PostgreSQL reads them; keywords and functions are among them. */
export const namesIn = (expression: string): readonly string[] =>
  [...expression.matchAll(NAME)].flatMap(([, quoted, word]) => quoted?.replaceAll('""', '"') ?? word?.toLowerCase() ?? []);

/**
 * True when a value that fills a new column differs from row to row, or is looked up: PostgreSQL takes neither for a default.
 * @param isColumn  does the table have a column of that name?
 * @see https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARMS-DEFAULT
 */
export const isMadeOfRows = (expression: string, isColumn: (name: string) => boolean): boolean =>
  namesIn(expression).some((name) => name === 'select' || isColumn(name));
